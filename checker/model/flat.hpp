#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>

namespace everyway {

/// A value whose bytes are all there is to it: copying it copies the bytes, and two values are
/// equal exactly if their bytes are. States, actions and messages are flat, so that hashing,
/// comparing and storing them never needs the author's help - and can never disagree with their
/// equality.
template <class T>
concept Flat = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;

/// Whether two flat values are the same, byte by byte.
template <Flat T>
[[nodiscard]] bool same_bytes(const T& left, const T& right) noexcept {
  return std::memcmp(&left, &right, sizeof(T)) == 0;
}

/// A total order over flat values. It has no meaning beyond being the same in every run, which is
/// what sorted containers and deterministic choices among equals need.
template <Flat T>
[[nodiscard]] bool bytes_less(const T& left, const T& right) noexcept {
  return std::memcmp(&left, &right, sizeof(T)) < 0;
}

namespace detail {

void copy_memory(void* to, const void* from, std::size_t size) noexcept;

}  // namespace detail

/// `to = from`, for whole states in hot loops: where GCC knows a size of some hundred bytes it
/// emits a string instruction, which takes three times as long to copy them as the C library's
/// memcpy.
template <Flat T>
void copy_bytes(const T& from, T& to) noexcept {
  constexpr std::size_t small = 64;
  if constexpr (sizeof(T) <= small) {
    to = from;
  } else {
    detail::copy_memory(&to, &from, sizeof(T));
  }
}

}  // namespace everyway
