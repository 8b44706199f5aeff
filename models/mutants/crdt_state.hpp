#pragma once

#include <algorithm>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>

#include "checker/model/mutant.hpp"
#include "models/crdt_types.hpp"

namespace everyway::crdt_state {

/// What can be wrong with a state-based data type. On the command line, dashes stand for the
/// underscores.
enum class Mutation : std::uint8_t {
  none,
  merge_by_sum,
  merge_by_overwrite,
  tie_without_tie_break,
  tombstone_dropped,
  clock_stands_still,
  concurrent_value_dropped,
  insert_without_skipping,
  delta_counts_one,
};
BOOST_DESCRIBE_ENUM(Mutation, none, merge_by_sum, merge_by_overwrite, tie_without_tie_break,
                    tombstone_dropped, clock_stands_still, concurrent_value_dropped,
                    insert_without_skipping, delta_counts_one)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"merge-by-sum", "counters are merged by adding them up: not idempotent", "Specification",
       "--replicas 2 --updates 2 --g-counter", 2},
      {"merge-by-overwrite", "what is received replaces what was there: not commutative",
       "Monotonic Semilattice", "--replicas 2 --updates 2 --g-counter", 3},
      {"tie-without-tie-break",
       "of two assignments at the same time, each replica keeps its own: not commutative",
       "Strong Convergence", "--replicas 2 --updates 2 --lww-register", 4},
      {"tombstone-dropped",
       "a removal leaves no trace, so that an old state brings back what it took", "Specification",
       "--replicas 2 --updates 2 --or-set", 3},
      {"clock-stands-still", "an assignment is no later than the one it replaces: not inflationary",
       "Monotonic Semilattice", "--replicas 2 --updates 2 --lww-register", 2},
      {"concurrent-value-dropped", "of values assigned concurrently, one is kept", "Specification",
       "--replicas 2 --updates 2 --mv-register", 3},
      {"insert-without-skipping",
       "an element goes right behind the one it names, whatever was inserted there later",
       "Strong Convergence", "--replicas 2 --updates 2 --rga", 4},
      {"delta-counts-one", "the delta of a counter is the one increment, not the count so far",
       "Specification", "--replicas 2 --updates 2 --delta --g-counter", 3},
  };
}

using crdt::Item;

/// Applying an update, with the mistake if it concerns the type.
template <class State>
void apply(State& state, const crdt::Request& request, Mutation mutation) {
  if constexpr (requires { state.tombstones; }) {
    if (mutation == Mutation::tombstone_dropped && request.operation == crdt::Operation::remove) {
      const auto before = state.additions;
      state.additions.clear();
      for (const auto& tagged : before) {
        if (tagged.element != request.key) state.additions.insert(tagged);
      }
      return;
    }
  }
  if constexpr (requires { state.removed; }) {
    if (mutation == Mutation::tombstone_dropped && request.operation == crdt::Operation::remove) {
      return state.added.elements.erase(request.key);
    }
  }
  crdt::apply(state, request);
  if constexpr (requires { state.at.time; }) {
    if (mutation == Mutation::clock_stands_still) state.at.time = 1;
  }
}

/// What an update would change, with the mistake if it concerns the type.
template <class State>
[[nodiscard]] std::optional<State> delta_of(const State& before, const crdt::Request& request,
                                            Mutation mutation) {
  constexpr bool is_counter = requires { before.counts; };
  constexpr bool is_pair_of_counters = requires { before.decrements; };
  if ((is_counter || is_pair_of_counters) && mutation == Mutation::delta_counts_one) {
    return crdt::delta_of(State{}, request);
  }
  return crdt::delta_of(before, request);
}

/// Sums stop at the highest count.
template <std::size_t R>
void merge_by_sum(crdt::GCounter<R>& into, const crdt::GCounter<R>& from) {
  for (std::size_t index = 0; index < R; ++index) {
    const int sum = into.counts[index] + from.counts[index];
    into.counts[index] = static_cast<std::uint8_t>(std::min(sum, 100));
  }
}

/// The version whose bytes are the greater.
template <std::size_t R>
void keep_one_version(crdt::MVRegister<Item, R>& cell) {
  while (cell.versions.size() > 1) cell.versions.erase_at(0);
}

template <std::size_t C>
void merge_without_skipping(crdt::RGA<Item, C>& into, const crdt::RGA<Item, C>& from) {
  auto missing = from.elements;
  std::sort(missing.begin(), missing.end(),
            [](const auto& left, const auto& right) { return left.id < right.id; });
  for (const auto& element : missing) {
    if (into.position_of(element.id) == into.elements.size()) {
      crdt::insert_without_skipping(into, element);
    }
    if (element.removed) (void)into.apply_remove(element.id);
  }
}

/// Merging, with the mistake if it concerns the type.
template <class State>
void merge(State& into, const State& from, Mutation mutation) {
  if (mutation == Mutation::merge_by_overwrite) {
    into = from;
    return;
  }
  if constexpr (requires { into.counts; }) {
    if (mutation == Mutation::merge_by_sum) return merge_by_sum(into, from);
  }
  if constexpr (requires { into.decrements; }) {
    if (mutation == Mutation::merge_by_sum) {
      merge_by_sum(into.increments, from.increments);
      return merge_by_sum(into.decrements, from.decrements);
    }
  }
  if constexpr (requires { into.at.time; }) {
    if (mutation == Mutation::tie_without_tie_break && into.at.time == from.at.time) return;
  }
  if constexpr (requires { into.elements[0].behind; }) {
    if (mutation == Mutation::insert_without_skipping) return merge_without_skipping(into, from);
  }
  into.merge(from);
  if constexpr (requires { into.versions; }) {
    if (mutation == Mutation::concurrent_value_dropped) keep_one_version(into);
  }
}

}  // namespace everyway::crdt_state
