#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "checker/model/flat.hpp"

namespace everyway {

namespace detail {

/// Bytes of `data` up to the last that is not zero, rounded up to whole words of 8. States put
/// their growing parts last, so this is how much of a state is live.
[[nodiscard]] inline std::size_t live_bytes(const std::byte* data, std::size_t size) noexcept {
  while (size >= 64) {
    std::uint64_t words[8];
    std::memcpy(words, data + size - 64, 64);
    const std::uint64_t any =
        words[0] | words[1] | words[2] | words[3] | words[4] | words[5] | words[6] | words[7];
    if (any != 0) break;
    size -= 64;
  }
  return size;
}

}  // namespace detail

/// 64 bits that stand for a state: XXH3 over its live bytes. Trailing zeros of a state of more than
/// 240 bytes are left out in steps of 64; since all states of a model have one size and XXH3 mixes
/// in the length it was given, no two states are confused by that. The upper 31 bits are never all
/// zero, so that they can name a parent and zero can mean "none".
template <Flat State>
[[nodiscard]] std::uint64_t fingerprint(const State& state) noexcept {
  // Looking for zeros costs more than hashing them.
  constexpr std::size_t small = 240;
  std::uint64_t hash = 0;
  if constexpr (sizeof(State) <= small) {
    hash = XXH3_64bits(&state, sizeof(State));
  } else {
    const auto* bytes = reinterpret_cast<const std::byte*>(&state);
    hash = XXH3_64bits(bytes, detail::live_bytes(bytes, sizeof(State)));
  }
  return (hash >> 33U) != 0 ? hash : hash | (std::uint64_t{1} << 33U);
}

/// `fingerprint` scaled to 0..count-1, in the order of the fingerprints: where it belongs in a
/// table of `count` places.
[[nodiscard]] inline std::uint64_t scaled_to(std::uint64_t fingerprint,
                                             std::uint64_t count) noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(fingerprint) * count) >> 64U);
}

}  // namespace everyway
