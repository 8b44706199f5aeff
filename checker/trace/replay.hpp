#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/model/model_bound_error.hpp"
#include "checker/model/text.hpp"
#include "checker/trace/action_text.hpp"
#include "checker/trace/trace.hpp"

namespace everyway {

/// A trace that the model cannot take. The text is one line: the step, the action in words, and
/// some of what could have been done instead.
class ReplayError : public std::runtime_error {
 public:
  ReplayError(std::size_t step, const std::string& problem);

  /// The action that failed, counted from 1; 0 for the initial state.
  [[nodiscard]] std::size_t step() const noexcept { return step_; }

 private:
  std::size_t step_;
};

namespace detail {

/// "nothing is enabled", or the first few of the enabled actions and how many more there are.
[[nodiscard]] std::string enabled_text(const std::vector<std::string>& enabled);

template <Model M>
[[nodiscard]] std::vector<std::string> enabled_actions_text(const M& model,
                                                            const StateOf<M>& state) {
  std::vector<std::string> enabled;
  model.next(state,
             [&](const ActionOf<M>& action, auto&&) { enabled.push_back(action_text(action)); });
  return enabled;
}

template <Model M>
[[nodiscard]] StateOf<M> successor(const M& model, const StateOf<M>& state,
                                   const ActionOf<M>& wanted, std::size_t step) {
  StateOf<M> after = state;
  bool enabled = false;
  model.next(state, [&](const ActionOf<M>& action, auto&& effect) {
    if (enabled || !same_bytes(action, wanted)) return;
    enabled = true;
    effect(after);
  });
  if (!enabled) {
    throw ReplayError(step, action_text(wanted) + " is not enabled there; " +
                                enabled_text(enabled_actions_text(model, state)));
  }
  return after;
}

}  // namespace detail

/// Whether `state` is one of the model's initial states.
template <Model M>
[[nodiscard]] bool is_initial(const M& model, const StateOf<M>& state) {
  bool found = false;
  model.init([&](const StateOf<M>& initial) { found = found || same_bytes(initial, state); });
  return found;
}

/// Takes the actions of `trace` one after the other and returns the last state. Calls
/// visit(step, before, action, after) for each, with steps counted from 1. Throws `ReplayError` if
/// the trace does not start in an initial state, an action is not enabled where it is to be taken,
/// or the model has no room for its effect.
template <Model M, class Visit>
StateOf<M> replay(const M& model, const Trace<M>& trace, Visit visit) {
  if (!is_initial(model, trace.initial)) {
    throw ReplayError(0, "the state is not an initial state of the model");
  }
  StateOf<M> state = trace.initial;
  for (std::size_t step = 1; step <= trace.actions.size(); ++step) {
    const ActionOf<M>& action = trace.actions[step - 1];
    try {
      const StateOf<M> after = detail::successor(model, state, action, step);
      visit(step, state, action, after);
      state = after;
    } catch (const ModelBoundError& error) {
      throw ReplayError(step, action_text(action) + ": " + error.what());
    }
  }
  return state;
}

/// The last state of `trace`, which is taken as above.
template <Model M>
[[nodiscard]] StateOf<M> replay(const M& model, const Trace<M>& trace) {
  return replay(model, trace, [](auto&&...) {});
}

}  // namespace everyway
