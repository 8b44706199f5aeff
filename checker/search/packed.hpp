#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "checker/model/flat.hpp"

namespace everyway {

/// A flat state without its zero words: a bit mask of the words that are not zero, then those
/// words. Unused room in inline containers is zero, so that it takes one bit in 64. A state of a
/// few words is kept as it stands. Equal states pack to equal words.
template <Flat State>
struct Packed {
  static constexpr std::size_t state_words = (sizeof(State) + 7) / 8;
  static constexpr bool as_it_stands = state_words <= 4;
  static constexpr std::size_t mask_words = as_it_stands ? 0 : (state_words + 63) / 64;
  /// Most words that a packed state takes.
  static constexpr std::size_t max_words = mask_words + state_words;

  /// Writes `state` to `out` (room for max_words) and returns the number of words written.
  static std::size_t pack(const State& state, std::uint64_t* out) noexcept {
    if constexpr (as_it_stands) {
      out[state_words - 1] = 0;
      std::memcpy(out, &state, sizeof(State));
      return state_words;
    }
    const auto* bytes = reinterpret_cast<const std::byte*>(&state);
    std::uint64_t* next = out + mask_words;
    for (std::size_t group = 0; group < mask_words; ++group) {
      std::uint64_t mask = 0;
      const std::size_t first = group * 64;
      const std::size_t count = state_words - first < 64 ? state_words - first : 64;
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t word = load(bytes, first + i);
        *next = word;
        const bool live = word != 0;
        next += live ? 1 : 0;
        mask |= std::uint64_t{live} << i;
      }
      out[group] = mask;
    }
    return static_cast<std::size_t>(next - out);
  }

  /// Restores what `pack` wrote and returns the number of words read.
  static std::size_t unpack(const std::uint64_t* in, State& state) noexcept {
    if constexpr (as_it_stands) {
      std::memcpy(reinterpret_cast<std::byte*>(&state), in, sizeof(State));
      return state_words;
    }
    auto* bytes = reinterpret_cast<std::byte*>(&state);
    static constexpr State zero{};
    copy_flat(state, zero);
    const std::uint64_t* next = in + mask_words;
    for (std::size_t group = 0; group < mask_words; ++group) {
      for (std::uint64_t mask = in[group]; mask != 0; mask &= mask - 1) {
        store(bytes, group * 64 + static_cast<std::size_t>(std::countr_zero(mask)), *next++);
      }
    }
    return static_cast<std::size_t>(next - in);
  }

 private:
  static constexpr std::size_t tail_bytes = sizeof(State) % 8;

  // Sizes are constants in every branch, so that each copy is one instruction or two.
  static std::uint64_t load(const std::byte* bytes, std::size_t index) noexcept {
    std::uint64_t word = 0;
    if constexpr (state_words == 1) {
      std::memcpy(&word, bytes, sizeof(State));
    } else if (tail_bytes != 0 && index == state_words - 1) {
      std::memcpy(&word, bytes + index * 8, tail_bytes);
    } else {
      std::memcpy(&word, bytes + index * 8, 8);
    }
    return word;
  }
  static void store(std::byte* bytes, std::size_t index, std::uint64_t word) noexcept {
    if constexpr (state_words == 1) {
      std::memcpy(bytes, &word, sizeof(State));
    } else if (tail_bytes != 0 && index == state_words - 1) {
      std::memcpy(bytes + index * 8, &word, tail_bytes);
    } else {
      std::memcpy(bytes + index * 8, &word, 8);
    }
  }
};

}  // namespace everyway
