#pragma once

#include <boost/describe.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "structures/crdt/g_counter.hpp"

namespace everyway::crdt {

/// Counter with increments and decrements, state-based: a grow-only counter of each.
///
/// Source: Shapiro et al. 2011, Specification 7.
template <std::size_t Replicas, std::unsigned_integral Count = std::uint8_t>
struct PNCounter {
  GCounter<Replicas, Count> increments;  ///< P of the paper
  GCounter<Replicas, Count> decrements;  ///< N
  BOOST_DESCRIBE_CLASS(PNCounter, (), (increments, decrements), (), ())

  /// Both throw `ModelBoundError` if the count of `self` is at its highest.
  void increment(NodeId self) { increments.increment(self); }
  void decrement(NodeId self) { decrements.increment(self); }
  /// What they would change. A delta stands for the earlier ones of `self` of the same sort.
  [[nodiscard]] PNCounter increment_delta(NodeId self) const {
    PNCounter delta;
    delta.increments = increments.increment_delta(self);
    return delta;
  }
  [[nodiscard]] PNCounter decrement_delta(NodeId self) const {
    PNCounter delta;
    delta.decrements = decrements.increment_delta(self);
    return delta;
  }
  [[nodiscard]] std::int64_t value() const noexcept {
    return static_cast<std::int64_t>(increments.value() - decrements.value());
  }
  void merge(const PNCounter& other) noexcept {
    increments.merge(other.increments);
    decrements.merge(other.decrements);
  }

  friend bool operator==(const PNCounter& left, const PNCounter& right) = default;
};

}  // namespace everyway::crdt
