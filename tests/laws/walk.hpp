#pragma once

#include <rapidcheck.h>

#include <cstddef>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/trace/trace.hpp"

namespace everyway::testing {

template <Model M>
[[nodiscard]] std::vector<ActionOf<M>> actions_of(const M& model, const StateOf<M>& state) {
  std::vector<ActionOf<M>> actions;
  model.next(state, [&](const ActionOf<M>& action, auto&&) { actions.push_back(action); });
  return actions;
}

template <Model M>
[[nodiscard]] std::vector<StateOf<M>> initial_states_of(const M& model) {
  std::vector<StateOf<M>> states;
  model.init([&](const StateOf<M>& state) { states.push_back(state); });
  return states;
}

/// In the order of `actions_of`.
template <Model M>
[[nodiscard]] std::vector<StateOf<M>> successors_of(const M& model, const StateOf<M>& state) {
  std::vector<StateOf<M>> successors;
  model.next(state, [&](const ActionOf<M>&, auto&& effect) {
    successors.push_back(state);
    effect(successors.back());
  });
  return successors;
}

/// A run, and the states that it passed: one more than actions.
template <Model M>
struct Walk {
  Trace<M> trace;
  std::vector<StateOf<M>> states;

  [[nodiscard]] const StateOf<M>& last() const { return states.back(); }
};

/// Takes the action at `position` of those that are enabled in the last state.
template <Model M>
void take_nth(const M& model, std::size_t position, Walk<M>& walk) {
  const StateOf<M> before = walk.last();
  std::size_t at = 0;
  model.next(before, [&](const ActionOf<M>& action, auto&& effect) {
    if (at++ != position) return;
    walk.trace.actions.push_back(action);
    walk.states.push_back(before);
    effect(walk.states.back());
  });
}

/// Any position of `count`, whatever the size of the case: RapidCheck would begin with low ones.
[[nodiscard]] inline std::size_t arbitrary_position(std::size_t count) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, count));
}

/// A walk that RapidCheck chooses step by step, and shrinks to fewer steps and earlier actions.
/// Like a search, it goes no further from a state outside the model's bound.
template <Model M>
[[nodiscard]] Walk<M> arbitrary_walk(const M& model) {
  constexpr std::size_t most_steps = 40;
  const std::vector<StateOf<M>> initial = initial_states_of(model);
  const std::size_t first = arbitrary_position(initial.size());
  Walk<M> walk{{initial[first], {}}, {initial[first]}};
  const auto steps = *rc::gen::inRange<std::size_t>(0, most_steps + 1);
  while (walk.trace.actions.size() < steps && is_within(model, walk.last())) {
    const std::size_t enabled = actions_of(model, walk.last()).size();
    if (enabled == 0) break;
    take_nth(model, arbitrary_position(enabled), walk);
  }
  return walk;
}

}  // namespace everyway::testing
