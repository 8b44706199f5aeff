#pragma once

#include <boost/describe.hpp>

#include "structures/clocks/count.hpp"
#include "structures/clocks/lamport_clock.hpp"

namespace everyway::crdt {

using clocks::Timestamp;

/// Last-writer-wins register, state-based: of two assignments, the one with the later timestamp is
/// kept. Timestamps are Lamport's, made total by the name of the replica.
///
/// Source: Shapiro et al. 2011, Specification 8.
template <class Value>
struct LWWRegister {
  Value value{};
  Timestamp at;
  BOOST_DESCRIBE_CLASS(LWWRegister, (), (value, at), (), ())

  /// Throws `ModelBoundError` if the time is at its highest.
  void assign(NodeId self, const Value& new_value) {
    clocks::count_up(at.time);
    at.process = self;
    value = new_value;
  }
  void merge(const LWWRegister& other) noexcept {
    if (other.at > at) *this = other;
  }

  friend bool operator==(const LWWRegister& left, const LWWRegister& right) = default;
};

}  // namespace everyway::crdt
