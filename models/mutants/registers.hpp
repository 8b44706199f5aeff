#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::primary_copy_register {

/// What can be wrong with a primary copy. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t { none, read_backup, answer_before_record, apply_again };
BOOST_DESCRIBE_ENUM(Mutation, none, read_backup, answer_before_record, apply_again)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"read-backup", "a backup answers reads from its own copy", "Linearizability",
       "--replicas 2 --operations 2 --crashes 0 --restarts 0", 2},
      {"answer-before-record", "the primary answers a write before it has recorded it",
       "Linearizability", "--replicas 2 --operations 2 --duplicates 0", 7},
      {"apply-again", "the primary applies a write again that the network has doubled",
       "Linearizability", "--replicas 2 --crashes 0 --restarts 0", 7},
  };
}

}  // namespace everyway::primary_copy_register

namespace everyway::causal_register {

/// What can be wrong with causal memory. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t { none, apply_at_once, sender_order_only };
BOOST_DESCRIBE_ENUM(Mutation, none, apply_at_once, sender_order_only)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"apply-at-once", "a write of another replica is applied whatever came before it",
       "Causal Memory", "--replicas 2 --operations 4", 5},
      {"sender-order-only",
       "a write waits for those of its own replica, but not for those that its writer had seen",
       "Causal Memory", "--replicas 3 --operations 5", 7},
  };
}

}  // namespace everyway::causal_register

namespace everyway::gossip_register {

/// What can be wrong with gossip. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t { none, no_tie_break, take_what_comes, write_waits };
BOOST_DESCRIBE_ENUM(Mutation, none, no_tie_break, take_what_comes, write_waits)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"no-tie-break", "of two writes with the same count, each replica keeps the one that it has",
       "Convergence", "--replicas 2 --operations 2 --partitions 0", 2},
      {"take-what-comes", "a replica takes an older write over a newer one", "Last Writer Wins",
       "--replicas 2 --operations 2 --partitions 0", 4},
      {"write-waits", "a write returns only when another replica has told something",
       "Availability", "--replicas 2 --operations 1 --partitions 0", 1},
  };
}

}  // namespace everyway::gossip_register

namespace everyway::quorum_register {

/// What can be wrong with quorums. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  no_write_back,
  half_quorum,
  not_recorded,
  take_what_comes,
  read_alone,
};
BOOST_DESCRIBE_ENUM(Mutation, none, no_write_back, half_quorum, not_recorded, take_what_comes,
                    read_alone)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"no-write-back", "a read returns what it has found without writing it back",
       "Linearizability", "--replicas 3 --operations 3 --partitions 0", 7},
      {"half-quorum", "half of the replicas is taken for a majority", "Linearizability",
       "--replicas 2 --operations 2 --partitions 0", 2},
      {"not-recorded", "a replica acknowledges a write without recording it", "Linearizability",
       "--replicas 3 --operations 2 --partitions 0 --crashes 1 --restarts 1", 10},
      {"take-what-comes", "a replica takes an older write over a newer one", "Linearizability",
       "--replicas 3 --operations 3 --partitions 0", 11},
      {"read-alone", "a read returns the replica's own copy and asks nobody", "Majority Answers",
       "--replicas 2 --operations 1", 2},
  };
}

}  // namespace everyway::quorum_register
