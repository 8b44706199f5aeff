#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "checker/model/node_id.hpp"
#include "checker/model/per_node.hpp"
#include "structures/clocks/count.hpp"

namespace everyway::crdt {

/// Grow-only counter, state-based: each replica counts its own increments, merging takes the
/// greater count of each, and the value is their sum.
///
/// Source: Shapiro et al. 2011, Specification 6; as a delta CRDT: Almeida, Shoker and Baquero,
/// "Delta State Replicated Data Types" (2018), section 4.
template <std::size_t Replicas, std::unsigned_integral Count = std::uint8_t>
struct GCounter {
  PerNode<Count, Replicas> counts{};
  BOOST_DESCRIBE_CLASS(GCounter, (), (counts), (), ())

  /// Throws `ModelBoundError` if the count of `self` is at its highest.
  void increment(NodeId self) { clocks::count_up(counts[self]); }
  /// What `increment` would change, to be merged by others instead of the whole state. It stands
  /// for the earlier increments of `self` as well.
  [[nodiscard]] GCounter increment_delta(NodeId self) const {
    GCounter delta;
    delta.counts[self] = counts[self];
    delta.increment(self);
    return delta;
  }
  [[nodiscard]] std::uint64_t value() const noexcept {
    std::uint64_t total = 0;
    for (const Count count : counts) total += count;
    return total;
  }
  void merge(const GCounter& other) noexcept {
    for (std::size_t index = 0; index < Replicas; ++index) {
      counts[index] = std::max(counts[index], other.counts[index]);
    }
  }

  friend bool operator==(const GCounter& left, const GCounter& right) = default;
};

}  // namespace everyway::crdt
