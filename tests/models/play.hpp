#pragma once

#include <deque>
#include <stdexcept>
#include <string>
#include <unordered_set>
#include <vector>

#include "checker/cluster/cluster.hpp"
#include "checker/model/flat.hpp"

namespace everyway::testing {

/// A run of a cluster that a test writes down event by event. An event that is not enabled throws
/// `std::logic_error`.
template <class M>
class Play {
 public:
  using State = typename M::State;
  using Action = typename M::Action;
  using Kind = cluster::ActionKind;

  explicit Play(const M& model) : model_(model) {
    model_.init([this](const State& initial) { state_ = initial; });
  }

  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const auto& disk(unsigned node) const { return state_.processes[node - 1].disk; }

  /// The oldest by bytes of the messages of this type from one node to another arrives. The
  /// receiver crashes after `effects` effects, unless that is negative; of a broadcast, the first
  /// part that so many effects leave.
  template <class Type>
  Play& deliver(unsigned from, unsigned to, Type type, int effects = -1) {
    return take("delivery", [&](const Action& action) {
      return action.kind == Kind::deliver && action.peer.number() == from &&
             action.node.number() == to && action.message.type == type &&
             action.crash_after + static_cast<int>(action.sent.size()) == effects + 1;
    });
  }
  /// The same for a message of any type.
  Play& deliver_any(unsigned from, unsigned to) {
    return take("delivery", [&](const Action& action) {
      return action.kind == Kind::deliver && action.peer.number() == from &&
             action.node.number() == to && action.crash_after == 0;
    });
  }
  template <class Timer>
  Play& time_out(unsigned node, Timer timer) {
    return take("timeout", [&](const Action& action) {
      return action.kind == Kind::time_out && action.node.number() == node &&
             action.timer == timer && action.crash_after == 0;
    });
  }
  Play& request(unsigned node) { return by(Kind::request, node); }
  Play& crash(unsigned node) { return by(Kind::crash, node); }
  Play& restart(unsigned node) { return by(Kind::restart, node); }

  /// How many messages of this type are on their way to the node.
  template <class Type>
  [[nodiscard]] std::size_t in_flight(unsigned to, Type type) const {
    std::size_t found = 0;
    for (const auto& envelope : state_.network.messages) {
      found += envelope.to.number() == to && envelope.message.type == type ? 1 : 0;
    }
    return found;
  }

 private:
  Play& by(Kind kind, unsigned node) {
    return take(std::string(enum_name(kind)), [&](const Action& action) {
      return action.kind == kind && action.node.number() == node && action.crash_after == 0;
    });
  }

  template <class Wanted>
  Play& take(const std::string& what, Wanted wanted) {
    bool taken = false;
    State after = state_;
    model_.next(state_, [&](const Action& action, auto&& effect) {
      if (taken || !wanted(action)) return;
      taken = true;
      effect(after);
    });
    if (!taken) throw std::logic_error("this " + what + " is not enabled");
    state_ = after;
    return *this;
  }

  M model_;
  State state_{};
};

/// The dumbest search there is: visits every step (before, action, after) from states reachable
/// from `start` by actions that are `allowed`, and returns the states.
template <class M, class Allowed, class Visit>
std::vector<typename M::State> explore(const M& model, std::vector<typename M::State> start,
                                       Allowed allowed, Visit visit) {
  using State = typename M::State;
  std::unordered_set<std::string> seen;
  std::vector<State> states;
  const auto meet = [&](const State& state) {
    const auto* bytes = reinterpret_cast<const char*>(&state);
    if (seen.insert(std::string(bytes, sizeof(State))).second) states.push_back(state);
  };
  for (const State& state : start) meet(state);
  for (std::size_t next = 0; next < states.size(); ++next) {
    const State before = states[next];
    model.next(before, [&](const typename M::Action& action, auto&& effect) {
      if (!allowed(action)) return;
      State after = before;
      effect(after);
      visit(before, action, after);
      meet(after);
    });
  }
  return states;
}

/// All initial states of a model.
template <class M>
[[nodiscard]] std::vector<typename M::State> initial_states(const M& model) {
  std::vector<typename M::State> states;
  model.init([&](const typename M::State& state) { states.push_back(state); });
  return states;
}

/// Visits every reachable step, and returns the reachable states.
template <class M, class Visit>
std::vector<typename M::State> every_step(const M& model, Visit visit) {
  return explore(
      model, initial_states(model), [](const auto&) { return true; }, visit);
}

}  // namespace everyway::testing
