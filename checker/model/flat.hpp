#pragma once

#include <algorithm>
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

/// `Count` bytes, 8 at most, as a number; the bytes beyond are zero. Loads what a copy of `Count`
/// bytes stores, piece by piece: what was just copied is had from the processor's store buffer, and
/// nothing waits for it.
template <std::size_t Count>
[[nodiscard, gnu::always_inline]] inline std::uint64_t load_bytes(const std::byte* from) noexcept {
  static_assert(Count >= 1 && Count <= 8);
  constexpr bool in_one_piece = std::has_single_bit(Count);
  if constexpr (!in_one_piece && std::endian::native == std::endian::little) {
    constexpr std::size_t piece = std::bit_floor(Count);
    return load_bytes<piece>(from) | load_bytes<Count - piece>(from + piece) << (piece * 8);
  } else {
    std::uint64_t word = 0;
    std::memcpy(&word, from, Count);
    return word;
  }
}
/// Stores the first `Count` bytes of what `load_bytes` gave, in the same pieces.
template <std::size_t Count>
[[gnu::always_inline]] inline void store_bytes(std::byte* to, std::uint64_t word) noexcept {
  constexpr bool in_one_piece = std::has_single_bit(Count);
  if constexpr (!in_one_piece && std::endian::native == std::endian::little) {
    constexpr std::size_t piece = std::bit_floor(Count);
    store_bytes<piece>(to, word);
    store_bytes<Count - piece>(to + piece, word >> (piece * 8));
  } else {
    std::memcpy(to, &word, Count);
  }
}

/// The 8 bytes of a value from `Offset` on, or as many as there are, as a number. Loads whole words
/// of the value and no others, whatever the offset: for a value that was just written by words.
template <std::size_t Offset, Flat T>
[[nodiscard, gnu::always_inline]] inline std::uint64_t word_at(const T& value) noexcept {
  constexpr std::size_t word = sizeof(std::uint64_t);
  constexpr std::size_t first = Offset / word * word;
  constexpr std::size_t inside = Offset % word;
  static_assert(Offset < sizeof(T));
  const auto* bytes = reinterpret_cast<const std::byte*>(&value);
  std::uint64_t result = load_bytes<std::min(word, sizeof(T) - first)>(bytes + first);
  if constexpr (inside != 0) {
    result >>= inside * 8;
    constexpr std::size_t second = first + word;
    if constexpr (second < sizeof(T)) {
      result |= load_bytes<std::min(word, sizeof(T) - second)>(bytes + second)
                << ((word - inside) * 8);
    }
  }
  return result;
}

/// Calls visit(word, word) for the bytes of two values in words of 8, from the first on; the last
/// word, if it is not whole, is filled up with zeros. Ends early when `visit` returns false.
template <Flat T, class Visit>
[[gnu::always_inline]] inline void for_each_word_pair(const T& left, const T& right,
                                                      const Visit& visit) noexcept {
  constexpr std::size_t word = sizeof(std::uint64_t);
  constexpr std::size_t whole = sizeof(T) / word * word;
  const auto* a = reinterpret_cast<const std::byte*>(&left);
  const auto* b = reinterpret_cast<const std::byte*>(&right);
  for (std::size_t at = 0; at < whole; at += word) {
    if (!visit(load_bytes<word>(a + at), load_bytes<word>(b + at))) return;
  }
  if constexpr (whole < sizeof(T)) {
    constexpr std::size_t rest = sizeof(T) - whole;
    visit(load_bytes<rest>(a + whole), load_bytes<rest>(b + whole));
  }
}

/// Values up to this size are compared in place: calling memcmp costs more than they do.
inline constexpr std::size_t compared_in_place = 64;

}  // namespace detail

/// Whether two flat values are the same, byte by byte.
template <Flat T>
[[nodiscard, gnu::always_inline]] inline bool same_bytes(const T& left, const T& right) noexcept {
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

namespace detail {

/// Copies word by word: of a value that was written so, no word waits to be read back.
template <Flat T>
[[gnu::always_inline]] inline void copy_words(T& to, const T& from) noexcept {
  constexpr std::size_t word = sizeof(std::uint64_t);
  auto* target = reinterpret_cast<std::byte*>(&to);
  const auto* source = reinterpret_cast<const std::byte*>(&from);
  constexpr std::size_t whole = sizeof(T) / word * word;
#pragma GCC unroll 8
  for (std::size_t at = 0; at < whole; at += word) {
    std::uint64_t held = load_bytes<word>(source + at);
    asm("" : "+r"(held));  // in a general register: a vector would span two words just written
    store_bytes<word>(target + at, held);
  }
  if constexpr (whole < sizeof(T)) {
    constexpr std::size_t rest = sizeof(T) - whole;
    store_bytes<rest>(target + whole, load_bytes<rest>(source + whole));
  }
}

}  // namespace detail

/// Copies a flat value. For one of some hundred bytes, compilers choose a string instruction that
/// takes longer to start than the copy takes; fixed blocks are plain vector moves.
template <Flat T>
[[gnu::always_inline]] inline void copy_flat(T& to, const T& from) noexcept {
  constexpr std::size_t block = 64;
  if constexpr (sizeof(T) < block) return detail::copy_words(to, from);
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
[[nodiscard, gnu::always_inline]] inline bool bytes_less(const T& left, const T& right) noexcept {
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
