#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "checker/model/node_id.hpp"
#include "checker/model/per_node.hpp"
#include "structures/clocks/count.hpp"

namespace everyway::clocks {

/// A vector clock: for each process, how many of its events are known. Event a happened before
/// event b exactly if a's clock is less than b's.
///
/// Source: Colin J. Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial
/// Ordering" (1988); Friedemann Mattern, "Virtual Time and Global States of Distributed Systems"
/// (1989).
template <std::size_t Processes, std::unsigned_integral Count = std::uint8_t>
struct VectorClock {
  PerNode<Count, Processes> counts{};
  BOOST_DESCRIBE_CLASS(VectorClock, (), (counts), (), ())

  /// An event of `self`: something local, or the sending of a message, which then carries this
  /// clock. Throws `ModelBoundError` if the count is at its highest.
  void tick(NodeId self) { count_up(counts[self]); }
  /// The least clock that is at least both. Linear.
  void merge(const VectorClock& other) noexcept {
    for (std::size_t index = 0; index < Processes; ++index) {
      counts[index] = std::max(counts[index], other.counts[index]);
    }
  }
  /// The event of receiving, at `self`, a message that carries `sent`.
  void receive(NodeId self, const VectorClock& sent) {
    merge(sent);
    tick(self);
  }

  /// Whether no entry is greater than the other's. Linear.
  [[nodiscard]] bool at_most(const VectorClock& other) const noexcept {
    for (std::size_t index = 0; index < Processes; ++index) {
      if (counts[index] > other.counts[index]) return false;
    }
    return true;
  }
  /// Whether the event of this clock happened before that of the other one: no entry is greater,
  /// and one is less.
  [[nodiscard]] bool happens_before(const VectorClock& other) const noexcept {
    return at_most(other) && !(*this == other);
  }
  [[nodiscard]] bool concurrent_with(const VectorClock& other) const noexcept {
    return !at_most(other) && !other.at_most(*this);
  }

  friend bool operator==(const VectorClock& left, const VectorClock& right) = default;
};

}  // namespace everyway::clocks
