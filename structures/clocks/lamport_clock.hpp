#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <compare>
#include <concepts>
#include <cstdint>

#include "checker/model/node_id.hpp"
#include "structures/clocks/count.hpp"

namespace everyway::clocks {

/// A logical clock of one number: if event a happened before event b, a's time is less than b's. A
/// lesser time does not say that it happened before.
///
/// Source: Leslie Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System"
/// (1978), rules IR1 and IR2.
template <std::unsigned_integral Count = std::uint8_t>
struct LamportClock {
  Count time = 0;
  BOOST_DESCRIBE_CLASS(LamportClock, (), (time), (), ())

  /// IR1: an event, local or the sending of a message, which then carries this time. Throws
  /// `ModelBoundError` if the time is at its highest.
  void tick() { count_up(time); }
  /// IR2: receiving a message that carries `sent` is later than its sending.
  void receive(LamportClock sent) {
    time = std::max(time, sent.time);
    tick();
  }

  friend auto operator<=>(const LamportClock&, const LamportClock&) = default;
};

/// A Lamport time with the name of its process, so that no two events have the same: the total
/// order
/// "=>" of the paper.
struct Timestamp {
  std::uint8_t time = 0;  ///< from 1; 0 is before all events
  NodeId process;

  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};
BOOST_DESCRIBE_STRUCT(Timestamp, (), (time, process))

}  // namespace everyway::clocks
