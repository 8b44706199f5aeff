#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "checker/model/live_bits.hpp"
#include "checker/model/model_bound_error.hpp"
#include "checker/model/text.hpp"
#include "checker/search/bit_gather.hpp"

namespace everyway {

namespace detail {

/// A flat value as words of 64 bits; the last is filled up with zeros. Sizes are constants in every
/// branch, so that each copy is one instruction or two.
template <Flat State>
struct WordsOf {
  static constexpr std::size_t count = (sizeof(State) + 7) / 8;

  [[nodiscard]] static std::uint64_t load(const State& state, std::size_t index) noexcept {
    const auto* bytes = reinterpret_cast<const std::byte*>(&state);
    std::uint64_t word = 0;
    if constexpr (count == 1) {
      std::memcpy(&word, bytes, sizeof(State));
    } else if (tail_bytes != 0 && index == count - 1) {
      std::memcpy(&word, bytes + index * 8, tail_bytes);
    } else {
      std::memcpy(&word, bytes + index * 8, 8);
    }
    return word;
  }
  static void store(State& state, std::size_t index, std::uint64_t word) noexcept {
    auto* bytes = reinterpret_cast<std::byte*>(&state);
    if constexpr (count == 1) {
      std::memcpy(bytes, &word, sizeof(State));
    } else if (tail_bytes != 0 && index == count - 1) {
      std::memcpy(bytes + index * 8, &word, tail_bytes);
    } else {
      std::memcpy(bytes + index * 8, &word, 8);
    }
  }

 private:
  static constexpr std::size_t tail_bytes = sizeof(State) % 8;
};

/// What `live_bits` says of the words of a state.
template <Flat State>
[[nodiscard]] constexpr auto live_words() {
  std::array<std::uint8_t, WordsOf<State>::count * 8> bytes{};
  put_bytes(bytes, 0, live_bits<State>());
  std::array<BitGather, WordsOf<State>::count> words;
  const auto masks = std::bit_cast<std::array<std::uint64_t, WordsOf<State>::count>>(bytes);
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = BitGather(masks[i]);
  return words;
}

template <Flat State>
[[nodiscard]] constexpr std::size_t count_live_bits() {
  std::size_t count = 0;
  for (const std::uint8_t byte : live_bits<State>()) {
    count += static_cast<std::size_t>(std::popcount(byte));
  }
  return count;
}

/// The state has a bit that no value of the type of its field has.
template <Flat State>
[[noreturn, gnu::cold, gnu::noinline]] void throw_undescribed(const State& state) {
  throw ModelBoundError("a state has a value that the description of its fields does not name: " +
                        text_of(state));
}

}  // namespace detail

/// A small state without the bits that are never set: those that are left, one behind the other.
template <Flat State>
struct LiveBitsOnly {
  static constexpr std::size_t state_words = detail::WordsOf<State>::count;
  /// At least one: what waits must take some room to be seen.
  static constexpr std::size_t max_words =
      std::max<std::size_t>(1, (detail::count_live_bits<State>() + 63) / 64);

  /// Writes `max_words`. Throws `ModelBoundError` if a bit is set that would be lost.
  static void pack(const State& state, std::uint64_t* out) {
    if (has_fast_bit_gather) {
      pack_by<FastBitGather>(state, out);
    } else {
      pack_by<PortableBitGather>(state, out);
    }
  }
  /// Reads `max_words`.
  static void unpack(const std::uint64_t* in, State& state) noexcept {
    if (has_fast_bit_gather) {
      unpack_by<FastBitGather>(in, state);
    } else {
      unpack_by<PortableBitGather>(in, state);
    }
  }

  /// The same with the bits moved in one way.
  template <class Gather>
  static void pack_by(const State& state, std::uint64_t* out) {
    std::uint64_t lost = 0;
    std::uint64_t filling = 0;
    unsigned filled = 0;  // known when compiling, once the loop is unrolled
#pragma GCC unroll 16
    for (std::size_t i = 0; i < state_words; ++i) {
      const std::uint64_t word = detail::WordsOf<State>::load(state, i);
      lost |= word & ~live[i].mask();
      const std::uint64_t bits = Gather::gathered(live[i], word);
      filling |= bits << filled;
      filled += live[i].count();
      if (filled < 64) continue;
      *out++ = filling;
      filled -= 64;
      filling = filled == 0 ? 0 : bits >> (live[i].count() - filled);
    }
    if (filled != 0 || detail::count_live_bits<State>() == 0) *out = filling;
    if (lost != 0) [[unlikely]] {
      detail::throw_undescribed(state);
    }
  }

  template <class Gather>
  static void unpack_by(const std::uint64_t* in, State& state) noexcept {
    unsigned used = 0;
#pragma GCC unroll 16
    for (std::size_t i = 0; i < state_words; ++i) {
      const unsigned count = live[i].count();
      std::uint64_t bits = count == 0 ? 0 : *in >> used;
      if (used + count > 64) bits |= in[1] << (64 - used);
      detail::WordsOf<State>::store(state, i, Gather::spread(live[i], bits));
      used += count;
      if (used < 64) continue;
      used -= 64;
      ++in;
    }
  }

 private:
  static constexpr auto live = detail::live_words<State>();
};

/// A large state without its zero words: a bit mask of the words that are not zero, then those
/// words. Unused room in inline containers is zero, so that it takes one bit in 64.
template <Flat State>
struct NonzeroWordsOnly {
  static constexpr std::size_t state_words = detail::WordsOf<State>::count;
  static constexpr std::size_t mask_words = (state_words + 63) / 64;
  static constexpr std::size_t max_words = mask_words + state_words;

  static std::size_t pack(const State& state, std::uint64_t* out) noexcept {
    std::uint64_t* next = out + mask_words;
    for (std::size_t group = 0; group < mask_words; ++group) {
      std::uint64_t mask = 0;
      const std::size_t first = group * 64;
      const std::size_t count = state_words - first < 64 ? state_words - first : 64;
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t word = detail::WordsOf<State>::load(state, first + i);
        *next = word;
        const bool live = word != 0;
        next += live ? 1 : 0;
        mask |= std::uint64_t{live} << i;
      }
      out[group] = mask;
    }
    return static_cast<std::size_t>(next - out);
  }

  static std::size_t unpack(const std::uint64_t* in, State& state) noexcept {
    static constexpr State zero{};
    copy_flat(state, zero);
    const std::uint64_t* next = in + mask_words;
    for (std::size_t group = 0; group < mask_words; ++group) {
      for (std::uint64_t mask = in[group]; mask != 0; mask &= mask - 1) {
        const std::size_t index = group * 64 + static_cast<std::size_t>(std::countr_zero(mask));
        detail::WordsOf<State>::store(state, index, *next++);
      }
    }
    return static_cast<std::size_t>(next - in);
  }
};

/// A state in few words: without the bits that are never set (`LiveBitsOnly`), then without the
/// words that are zero (`NonzeroWordsOnly`). The second is left out where at most four words are
/// left, the first where the state is so large that moving its bits takes longer than it saves.
/// Equal states pack to equal words.
template <Flat State>
struct Packed {
 private:
  using Live = LiveBitsOnly<State>;
  static constexpr std::size_t most_moved = 16;
  static constexpr bool moves_bits = Live::state_words <= most_moved;
  using Words = std::array<std::uint64_t, Live::max_words>;
  using Rest = NonzeroWordsOnly<std::conditional_t<moves_bits, Words, State>>;

 public:
  /// Whether all states take `max_words`.
  static constexpr bool has_fixed_size = Live::max_words <= 4;
  /// Most words that a packed state takes.
  static constexpr std::size_t max_words = has_fixed_size ? Live::max_words : Rest::max_words;

  /// Writes `state` to `out` (room for max_words) and returns the number of words written. Throws
  /// `ModelBoundError` if a field has a value that its description does not name, such as an
  /// enumerator without a name, and `unpack` would not give it back.
  static std::size_t pack(const State& state, std::uint64_t* out) {
    if constexpr (has_fixed_size) {
      Live::pack(state, out);
      return max_words;
    } else if constexpr (moves_bits) {
      Words words;
      Live::pack(state, words.data());
      return Rest::pack(words, out);
    } else {
      return Rest::pack(state, out);
    }
  }

  /// Restores what `pack` wrote and returns the number of words read.
  static std::size_t unpack(const std::uint64_t* in, State& state) noexcept {
    if constexpr (has_fixed_size) {
      Live::unpack(in, state);
      return max_words;
    } else if constexpr (moves_bits) {
      Words words;
      const std::size_t read = Rest::unpack(in, words);
      Live::unpack(words.data(), state);
      return read;
    } else {
      return Rest::unpack(in, state);
    }
  }
};

}  // namespace everyway
