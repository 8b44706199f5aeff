#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::crdt_operation {

/// What can be wrong with operations, or with their delivery. On the command line, dashes stand for
/// the underscores.
enum class Mutation : std::uint8_t {
  none,
  no_causal_delivery,
  duplicate_not_discarded,
  remove_all_tags,
  insert_without_skipping,
};
BOOST_DESCRIBE_ENUM(Mutation, none, no_causal_delivery, duplicate_not_discarded, remove_all_tags,
                    insert_without_skipping)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"no-causal-delivery",
       "operations are delivered as they come, so that a removal may come before the addition that "
       "it has observed",
       "Causal Delivery", "--replicas 2 --updates 2 --or-set", 3},
      {"duplicate-not-discarded", "an operation that comes again is applied again", "Specification",
       "--replicas 2 --updates 2 --counter", 3},
      {"remove-all-tags",
       "a removal takes every tag that it finds, not those that its replica had observed",
       "Specification", "--replicas 2 --updates 2 --or-set", 3},
      {"insert-without-skipping",
       "an element goes right behind the one it names, whatever was inserted there later",
       "Strong Convergence", "--replicas 2 --updates 2 --rga", 4},
  };
}

}  // namespace everyway::crdt_operation
