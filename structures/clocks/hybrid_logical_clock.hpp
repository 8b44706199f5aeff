#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <compare>
#include <concepts>
#include <cstdint>

#include "structures/clocks/count.hpp"

namespace everyway::clocks {

/// A hybrid logical clock: as Lamport's, it is less for what happened before, and it stays close to
/// the physical clock. `logical` is the greatest physical time that is known of, so that it is
/// ahead of the process's own by no more than clocks differ; `counter` tells apart the events in
/// which it stands still. Compared in this order.
///
/// Source: Sandeep Kulkarni, Murat Demirbas, Deepak Madappa, Bharadwaj Avva and Marcelo Leone,
/// "Logical Physical Clocks" (2014), Figure 5.
template <std::unsigned_integral Time = std::uint8_t>
struct HybridLogicalClock {
  Time logical = 0;  ///< l of the paper
  Time counter = 0;  ///< c
  BOOST_DESCRIBE_CLASS(HybridLogicalClock, (), (logical, counter), (), ())

  /// An event, local or the sending of a message, at that time of the physical clock, which does
  /// not fall. Throws `ModelBoundError` if the counter is at its highest.
  void tick(Time physical) {
    const Time before = logical;
    logical = std::max(before, physical);
    if (logical != before) {
      counter = 0;
    } else {
      count_up(counter);
    }
  }
  /// The event of receiving a message that carries `sent`.
  void receive(HybridLogicalClock sent, Time physical) {
    const Time before = logical;
    logical = std::max({before, sent.logical, physical});
    if (logical == before && logical == sent.logical) {
      counter = std::max(counter, sent.counter);
    } else if (logical == sent.logical) {
      counter = sent.counter;
    } else if (logical != before) {
      counter = 0;
      return;
    }
    count_up(counter);
  }

  friend auto operator<=>(const HybridLogicalClock&, const HybridLogicalClock&) = default;
};

}  // namespace everyway::clocks
