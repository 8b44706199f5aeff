#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::rebalancing {

/// What can be wrong with a handover. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  serve_until_received,
  send_before_record,
  take_back,
  redirect,
  no_epochs,
  forget_once_sent,
  receive_before_record,
  any_answer,
  acknowledge_before_record,
  receive_again,
};
BOOST_DESCRIBE_ENUM(Mutation, none, serve_until_received, send_before_record, take_back, redirect,
                    no_epochs, forget_once_sent, receive_before_record, any_answer,
                    acknowledge_before_record, receive_again)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"serve-until-received",
       "the old owner serves the range until it hears that the new one has it", "One Owner",
       "--nodes 2 --writes 0 --crashes 0 --restarts 0 --drops 0", 2},
      {"send-before-record", "the old owner sends the range before it records that it is no owner",
       "One Owner", "--nodes 2 --writes 0 --drops 0", 2},
      {"take-back", "a node that hears nothing serves the range again", "One Owner",
       "--nodes 2 --writes 0 --crashes 0 --restarts 0", 3},
      {"redirect", "a node that hears nothing sends the range to another one", "One Owner",
       "--nodes 3 --writes 0 --crashes 0 --restarts 0", 4},
      {"no-epochs", "a node takes over the range from any copy of a handover, however old",
       "One Owner", "--nodes 2 --writes 0 --crashes 0 --restarts 0 --drops 0", 6},
      {"forget-once-sent", "the old owner deletes the range when it has sent it", "No Key Lost",
       "--nodes 2 --writes 0 --crashes 0 --restarts 0", 1},
      {"receive-before-record", "the new owner says that it has the range before it records it",
       "No Key Lost", "--nodes 2 --writes 0 --drops 0", 3},
      {"any-answer", "a node deletes the range when any handover of it was received", "No Key Lost",
       "--nodes 2 --moves 3 --writes 0 --crashes 0 --restarts 0 --drops 0", 7},
      {"acknowledge-before-record", "the owner tells a client that its write is done before it is",
       "No Key Lost", "--nodes 2 --moves 0 --writes 1 --drops 0", 1},
      {"receive-again", "a node takes over the range again from the second copy of a handover",
       "No Key Missed", "--nodes 2 --writes 1 --crashes 0 --restarts 0 --drops 0", 5},
  };
}

}  // namespace everyway::rebalancing
