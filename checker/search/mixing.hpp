#pragma once

#include <cstdint>

namespace everyway {

namespace detail {

inline constexpr std::uint64_t first_factor = 0xbf58476d1ce4e5b9;
inline constexpr std::uint64_t second_factor = 0x94d049bb133111eb;

/// The number whose product with the odd `factor` is 1 modulo 2^64, by Newton's iteration: each
/// round doubles the number of right bits, of which an odd number has three to begin with.
[[nodiscard]] constexpr std::uint64_t inverse_of(std::uint64_t factor) noexcept {
  std::uint64_t inverse = factor;
  for (int round = 0; round < 5; ++round) inverse *= 2 - factor * inverse;
  return inverse;
}

/// Undoes `x ^= x >> shift`, for shifts of 22 and more.
[[nodiscard]] constexpr std::uint64_t undo_shift(std::uint64_t x, unsigned shift) noexcept {
  return x ^ (x >> shift) ^ (x >> (2 * shift));
}

}  // namespace detail

/// A permutation of the 64-bit numbers that spreads them evenly: the finaliser of SplitMix64
/// (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, Figure 16;
/// constants of Stafford's Mix13). No two numbers are mixed to one, so nothing is lost by keeping
/// the result only. 0 stays 0.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30U)) * detail::first_factor;
  x = (x ^ (x >> 27U)) * detail::second_factor;
  return x ^ (x >> 31U);
}

/// The number that `mixed` turns into `x`.
[[nodiscard]] constexpr std::uint64_t unmixed(std::uint64_t x) noexcept {
  x = detail::undo_shift(x, 31) * detail::inverse_of(detail::second_factor);
  x = detail::undo_shift(x, 27) * detail::inverse_of(detail::first_factor);
  return detail::undo_shift(x, 30);
}

static_assert(unmixed(mixed(1)) == 1 &&
              mixed(unmixed(0x0123'4567'89ab'cdef)) == 0x0123456789abcdef);

}  // namespace everyway
