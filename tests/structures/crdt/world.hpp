#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "models/mutants/crdt_state.hpp"
#include "structures/crdt/lattice.hpp"

namespace everyway::crdt::testing {

using crdt_state::Mutation;

/// Some replicas of a state-based type, and every state that any of them ever had. States of one
/// world belong together: two worlds may give one timestamp to different updates, and a state of
/// one then cannot be merged with a state of the other.
template <class State>
class World {
 public:
  World(std::size_t replicas, Item keys, Mutation mutation)
      : replicas_(replicas), keys_(keys), mutation_(mutation), states_(replicas), past_{State{}} {}

  struct Step {
    std::size_t replica = 0;
    bool is_update = false;
    Operation operation{};  ///< updates
    Item key = 0;           ///< updates
    std::size_t from = 0;   ///< merges: a state of the past
  };

  /// Every update, and every merge with a state that some replica had.
  [[nodiscard]] std::vector<Step> steps() const {
    std::vector<Step> all;
    for (std::size_t replica = 0; replica < replicas_; ++replica) {
      for_each_operation(states_[replica], keys_, [&](Operation operation, Item key) {
        all.push_back({replica, true, operation, key, 0});
      });
      for (std::size_t from = 0; from < past_.size(); ++from) {
        all.push_back({replica, false, {}, 0, from});
      }
    }
    return all;
  }
  void take(const Step& step) {
    State& state = states_[step.replica];
    if (step.is_update) {
      apply(state, request_of(step), mutation_);
      ++updates_;
    } else {
      merge(state, past_[step.from], mutation_);
    }
    for (const State& known : past_) {
      if (same_bytes(known, state)) return;
    }
    past_.push_back(state);
  }

  [[nodiscard]] const std::vector<State>& past() const noexcept { return past_; }
  [[nodiscard]] std::size_t updates() const noexcept { return updates_; }
  [[nodiscard]] const State& state(std::size_t replica) const { return states_[replica]; }
  [[nodiscard]] Request request_of(const Step& step) const {
    return {step.operation, step.key, static_cast<Item>(updates_ + 1), NodeId::at(step.replica)};
  }

 private:
  std::size_t replicas_;
  Item keys_;
  Mutation mutation_;
  std::vector<State> states_;
  std::vector<State> past_;
  std::size_t updates_ = 0;
};

/// The laws of a join semilattice, by name; none, if all hold among these states.
template <class State>
class Laws {
 public:
  explicit Laws(Mutation mutation) : mutation_(mutation) {}

  /// Adds to `broken` each law that one of the states, a pair or a triple of them breaks.
  void check(const std::vector<State>& states, std::set<std::string>& broken) const {
    for (const State& a : states) {
      if (!same_bytes(join(a, a), a)) broken.insert("idempotent");
      for (const State& b : states) {
        if (!same_bytes(join(a, b), join(b, a))) broken.insert("commutative");
        for (const State& c : states) check(a, b, c, broken);
      }
    }
  }
  /// Adds to `broken` each law of updates that this one breaks. They are inflationary: the state
  /// after is at least the state before. And where a type tells what an update would change, its
  /// delta, merging that is the update.
  void check_update(const State& before, const Request& request,
                    std::set<std::string>& broken) const {
    State after = before;
    apply(after, request, mutation_);
    if (!same_bytes(join(before, after), after)) broken.insert("inflationary");
    const auto delta = delta_of(before, request, mutation_);
    if (delta && !same_bytes(join(before, *delta), after)) broken.insert("delta");
  }

 private:
  [[nodiscard]] State join(State left, const State& right) const {
    merge(left, right, mutation_);
    return left;
  }

  void check(const State& a, const State& b, const State& c, std::set<std::string>& broken) const {
    if (!same_bytes(join(join(a, b), c), join(a, join(b, c)))) broken.insert("associative");
    if (!same_bytes(join(a, b), b)) return;
    const State with_b = join(b, c);
    if (!same_bytes(join(join(a, c), with_b), with_b)) broken.insert("monotone");
  }

  Mutation mutation_;
};

}  // namespace everyway::crdt::testing
