#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "checker/search/expander.hpp"
#include "checker/search/fingerprint.hpp"
#include "checker/search/mixing.hpp"

namespace everyway::bench {

/// The number'th of a sequence of random fingerprints: steps of the golden ratio, mixed, which
/// makes no two alike. One in 2^31 then gets the bit that every fingerprint has, and would have to
/// meet its only possible double.
[[nodiscard]] inline std::uint64_t random_fingerprint(std::uint64_t number) noexcept {
  const std::uint64_t print = mixed(number * 0x9e3779b97f4a7c15U);
  return (print >> 33U) != 0 ? print : print | (std::uint64_t{1} << 33U);
}

/// Random numbers at two or three instructions each (Marsaglia, "Xorshift RNGs", 2003).
class Xorshift {
 public:
  explicit Xorshift(std::uint64_t seed) : state_(seed | 1U) {}
  [[nodiscard]] std::uint64_t below(std::uint64_t count) noexcept {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 7U;
    state_ ^= state_ << 17U;
    return scaled_to(state_, count);
  }

 private:
  std::uint64_t state_;
};

/// For sets that keep whole states: 24 bytes, all but 8 of them the same in every state.
struct NumberedState {
  std::uint64_t number = 0;
  std::array<std::uint64_t, 2> same{1, 1};
};

/// Lookups on their way at once: the most that an Expander has.
inline constexpr std::size_t most_in_batch = 256;

/// Inserts the states with these numbers, at most `most_in_batch`, as an Expander does: the lines
/// of all are on their way before the first is looked at. Returns how many were fresh. The set has
/// room.
template <class VisitedSet>
std::uint64_t insert_batch(VisitedSet& set, typename VisitedSet::Writer& writer,
                           std::span<const std::uint64_t> numbers) {
  const StateId parent = random_fingerprint(numbers.front());
  std::uint64_t fresh = 0;
  if constexpr (ProbedSet<VisitedSet>) {
    std::array<typename VisitedSet::Probe, most_in_batch> probes;
    std::size_t count = 0;
    for (const std::uint64_t number : numbers) {
      probes[count++] = set.probe(random_fingerprint(number));
    }
    while (count != 0) {
      std::size_t left = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const auto outcome = set.advance(probes[i], parent);
        fresh += outcome == VisitedSet::Outcome::fresh ? 1 : 0;
        if (outcome == VisitedSet::Outcome::go_on) probes[left++] = probes[i];
      }
      count = left;
    }
  } else {
    for (const std::uint64_t number : numbers) set.prefetch(random_fingerprint(number));
    for (const std::uint64_t number : numbers) {
      const NumberedState state{number};
      fresh += set.insert(writer, state, random_fingerprint(number), parent).fresh ? 1 : 0;
    }
  }
  return fresh;
}

}  // namespace everyway::bench
