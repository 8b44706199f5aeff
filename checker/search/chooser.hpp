#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>

namespace everyway {

/// The only source of nondeterminism of a walk. `choose(n)` returns a number from 0 to n - 1, for
/// n >= 2: it is asked only where there is a choice. First comes the choice among the initial
/// states, then one among the enabled actions at each step, in the order in which the model names
/// them; so the same answers make the same walk.
///
/// A chooser may draw at random (`RandomChooser`), read the bytes of a fuzzer, follow a script, or
/// count through all sequences of choices.
template <class C>
concept Chooser = requires(C chooser, std::uint64_t count) {
  { chooser.choose(count) } -> std::same_as<std::uint64_t>;
};

/// Chooses uniformly at random, from the numbers of one walk of one seed: the same on every machine
/// and in every thread. The generator is xoshiro256++ (Blackman and Vigna, Scrambled Linear
/// Pseudorandom Number Generators, 2021), set up by SplitMix64 as its authors advise.
class RandomChooser {
 public:
  /// Every pair of a seed and a walk has numbers of its own.
  RandomChooser(std::uint64_t seed, std::uint64_t walk) noexcept {
    // Hashing the seed first keeps walk 2 of seed 1 apart from walk 1 of seed 2.
    std::uint64_t counter = seed;
    counter = split_mix(counter) ^ walk;
    counter = split_mix(counter);
    for (std::uint64_t& word : words_) word = split_mix(counter);
  }

  /// Without bias and without division, but for one call in 2^64 / `count` (Lemire, Fast Random
  /// Integer Generation in an Interval, 2019).
  [[nodiscard]] std::uint64_t choose(std::uint64_t count) noexcept {
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(draw()) * count;
    if (static_cast<std::uint64_t>(product) < count) [[unlikely]] {
      const std::uint64_t threshold = (0 - count) % count;
      while (static_cast<std::uint64_t>(product) < threshold) {
        product = static_cast<Wide>(draw()) * count;
      }
    }
    return static_cast<std::uint64_t>(product >> 64U);
  }

 private:
  /// Advances `counter` and returns the hash of where it came to.
  static std::uint64_t split_mix(std::uint64_t& counter) noexcept {
    counter += 0x9e3779b97f4a7c15;
    std::uint64_t hash = counter;
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31U);
  }

  std::uint64_t draw() noexcept {
    const std::uint64_t drawn = std::rotl(words_[0] + words_[3], 23) + words_[0];
    const std::uint64_t shifted = words_[1] << 17U;
    words_[2] ^= words_[0];
    words_[3] ^= words_[1];
    words_[1] ^= words_[2];
    words_[0] ^= words_[3];
    words_[2] ^= shifted;
    words_[3] = std::rotl(words_[3], 45);
    return drawn;
  }

  std::array<std::uint64_t, 4> words_{};
};

}  // namespace everyway
