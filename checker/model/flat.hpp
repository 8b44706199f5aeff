#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace everyway {

/// A value whose bytes are all there is to it: copying it copies the bytes, and two values are
/// equal exactly if their bytes are. States, actions and messages are flat, so that hashing,
/// comparing and storing them never needs the author's help - and can never disagree with their
/// equality.
template <class T>
concept Flat = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;

namespace detail {

/// Calls visit(word, word) for the bytes of two values in words of 8, from the first on; the last
/// word, if it is not whole, is filled up with zeros. Ends early when `visit` returns false.
template <Flat T, class Visit>
void for_each_word_pair(const T& left, const T& right, const Visit& visit) noexcept {
  constexpr std::size_t word = sizeof(std::uint64_t);
  const auto* a = reinterpret_cast<const std::byte*>(&left);
  const auto* b = reinterpret_cast<const std::byte*>(&right);
  for (std::size_t at = 0; at < sizeof(T); at += word) {
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    if (at + word <= sizeof(T)) {
      std::memcpy(&x, a + at, word);
      std::memcpy(&y, b + at, word);
    } else {
      std::memcpy(&x, a + at, sizeof(T) % word);
      std::memcpy(&y, b + at, sizeof(T) % word);
    }
    if (!visit(x, y)) return;
  }
}

/// Values up to this size are compared in place: calling memcmp costs more than they do.
inline constexpr std::size_t compared_in_place = 64;

}  // namespace detail

/// Whether two flat values are the same, byte by byte.
template <Flat T>
[[nodiscard]] bool same_bytes(const T& left, const T& right) noexcept {
  if constexpr (sizeof(T) > detail::compared_in_place) {
    return std::memcmp(&left, &right, sizeof(T)) == 0;
  } else {
    std::uint64_t difference = 0;
    detail::for_each_word_pair(left, right, [&](std::uint64_t x, std::uint64_t y) {
      difference |= x ^ y;
      return true;
    });
    return difference == 0;
  }
}

/// Copies a flat value. For one of some hundred bytes, compilers choose a string instruction that
/// takes longer to start than the copy takes; fixed blocks are plain vector moves.
template <Flat T>
void copy_flat(T& to, const T& from) noexcept {
  constexpr std::size_t block = 64;
  constexpr std::size_t whole = sizeof(T) / block * block;
  auto* target = reinterpret_cast<std::byte*>(&to);
  const auto* source = reinterpret_cast<const std::byte*>(&from);
#pragma GCC unroll 8
  for (std::size_t at = 0; at < whole; at += block) std::memcpy(target + at, source + at, block);
  if constexpr (whole < sizeof(T)) std::memcpy(target + whole, source + whole, sizeof(T) - whole);
}

/// A total order over flat values. It has no meaning beyond being the same in every run, which is
/// what sorted containers and deterministic choices among equals need.
template <Flat T>
[[nodiscard]] bool bytes_less(const T& left, const T& right) noexcept {
  if constexpr (sizeof(T) > detail::compared_in_place) {
    return std::memcmp(&left, &right, sizeof(T)) < 0;
  } else {
    bool less = false;
    detail::for_each_word_pair(left, right, [&](std::uint64_t x, std::uint64_t y) {
      // As memcmp orders them: the first byte in memory counts most.
      if constexpr (std::endian::native == std::endian::little) {
        less = __builtin_bswap64(x) < __builtin_bswap64(y);
      } else {
        less = x < y;
      }
      return x == y;
    });
    return less;
  }
}

}  // namespace everyway
