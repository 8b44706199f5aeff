#pragma once

#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "checker/model/model.hpp"

namespace everyway::testing {

/// Calls visit(before, action, after) for every step from a reachable state within the model's
/// bound, and returns these states. As plain as can be, for models that are small.
template <Model M, class Visit>
std::vector<StateOf<M>> visit_steps(const M& model, Visit&& visit) {
  using State = StateOf<M>;
  std::set<std::string> seen;
  std::vector<State> states;
  const auto meet = [&](const State& state) {
    if (!is_within(model, state)) return;
    std::string bytes(sizeof(State), '\0');
    std::memcpy(bytes.data(), &state, sizeof(State));
    if (seen.insert(std::move(bytes)).second) states.push_back(state);
  };
  model.init(meet);
  for (std::size_t next = 0; next < states.size(); ++next) {
    const State before = states[next];
    model.next(before, [&](const ActionOf<M>& action, auto&& effect) {
      State after = before;
      effect(after);
      visit(before, action, after);
      meet(after);
    });
  }
  return states;
}

template <Model M>
[[nodiscard]] std::vector<StateOf<M>> reachable_states(const M& model) {
  return visit_steps(model, [](const auto&, const auto&, const auto&) {});
}

/// What a step of a cluster puts in flight: of what is in flight after it, all that was not before.
template <class State, class Action>
[[nodiscard]] auto sent_in_step(const State& before, const Action& action, const State& after) {
  auto left = before.network.messages;
  left.erase(action.envelope());  // a delivered one
  auto sent = after.network.messages;
  for (const auto& envelope : left) sent.erase(envelope);
  return sent;
}

}  // namespace everyway::testing
