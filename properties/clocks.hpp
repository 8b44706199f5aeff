// What logical clocks must tell of the events of an execution. Which event happened before which is
// worked out from the events alone, without any clock.
//
// Source: Leslie Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System"
// (1978).
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/model/node_id.hpp"
#include "checker/model/property.hpp"

namespace everyway::clocks {

/// Which events happened before which. Events are numbered from 0, in an order in which they may
/// have happened; at most 64.
///
///   process(i)   of which process event i is
///   sending(i)   for the receipt of a message, the event of its sending; i itself for other events
class HappensBefore {
 public:
  template <class Process, class Sending>
  HappensBefore(std::size_t events, const Process& process, const Sending& sending) {
    past_.reserve(events);
    for (std::size_t event = 0; event < events; ++event) {
      std::uint64_t past = 0;
      for (std::size_t earlier = 0; earlier < event; ++earlier) {
        const bool is_cause = process(earlier) == process(event) || earlier == sending(event);
        if (is_cause) past |= past_[earlier] | std::uint64_t{1} << earlier;
      }
      past_.push_back(past);
    }
  }

  [[nodiscard]] bool operator()(std::size_t left, std::size_t right) const noexcept {
    return (past_[right] >> left & 1) != 0;
  }
  [[nodiscard]] bool concurrent(std::size_t left, std::size_t right) const noexcept {
    return left != right && !(*this)(left, right) && !(*this)(right, left);
  }
  [[nodiscard]] std::size_t events() const noexcept { return past_.size(); }

 private:
  std::vector<std::uint64_t> past_;  ///< of each event: bit i is set if event i happened before
};

/// Two events for which `holds(left, right, whether left happened before right)` is false, in the
/// words that `words(left, right)` puts behind their names.
template <class Holds, class Words>
[[nodiscard]] Refutation refuted_pair(const HappensBefore& before, const Holds& holds,
                                      const Words& words) {
  for (std::size_t left = 0; left < before.events(); ++left) {
    for (std::size_t right = 0; right < before.events(); ++right) {
      if (left == right || holds(left, right, before(left, right))) continue;
      return because([&] {
        return fmt::format("event {} {} event {}, {}", left + 1,
                           before(left, right) ? "happened before" : "did not happen before",
                           right + 1, words(left, right));
      });
    }
  }
  return std::nullopt;
}

}  // namespace everyway::clocks
