#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::clocks_model {

/// What can be wrong with a logical clock. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  forget_max_on_receive,
  forget_tick_on_receive,
  forget_tick_on_send,
  tick_sender_too,
  lamport_forgets_max,
  hybrid_forgets_message,
  hybrid_counts_in_time,
  hybrid_keeps_counter,
};
BOOST_DESCRIBE_ENUM(Mutation, none, forget_max_on_receive, forget_tick_on_receive,
                    forget_tick_on_send, tick_sender_too, lamport_forgets_max,
                    hybrid_forgets_message, hybrid_counts_in_time, hybrid_keeps_counter)

[[nodiscard]] inline Mutants mutants() {
  constexpr const char* two = "--processes 2 --events 3";
  return {
      {"forget-max-on-receive",
       "who receives counts on, and does not take the sender's vector over",
       "Strong Clock Condition", two, 2},
      {"forget-tick-on-receive", "receiving does not count as an event of the vector clock",
       "Strong Clock Condition", two, 2},
      {"forget-tick-on-send", "sending does not count as an event of the vector clock",
       "Strong Clock Condition", two, 2},
      {"tick-sender-too", "who receives counts the sender's entry up, too",
       "Strong Clock Condition", two, 3},
      {"lamport-forgets-max", "a Lamport clock ignores the time that a message carries",
       "Clock Condition", two, 2},
      {"hybrid-forgets-message", "a hybrid clock ignores the time that a message carries",
       "Hybrid Clock Condition", two, 2},
      {"hybrid-counts-in-time",
       "the naive algorithm of the paper: each event adds one to the logical time itself",
       "Hybrid Drift Bound", two, 3},
      {"hybrid-keeps-counter", "the counter of a hybrid clock is never set back to 0",
       "Hybrid Counter Bound", "--processes 2 --events 3 --max-time 2", 4},
  };
}

}  // namespace everyway::clocks_model
