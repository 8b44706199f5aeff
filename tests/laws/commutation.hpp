#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/trace/action_text.hpp"

namespace everyway::testing {

/// What was found out about the pairs of actions that a state enables.
struct Commutation {
  std::size_t pairs = 0;
  std::size_t independent = 0;  ///< so the model says, in either order of asking
  std::string mistake;          ///< a pair that does not commute, although the model says so
};

template <Model M>
using Steps = std::vector<std::pair<ActionOf<M>, std::optional<StateOf<M>>>>;

/// The enabled actions, each with its successor; none, where the model has no room for it.
template <Model M>
[[nodiscard]] Steps<M> steps_of(const M& model, const StateOf<M>& state) {
  Steps<M> steps;
  model.next(state, [&](const ActionOf<M>& action, auto&& effect) {
    StateOf<M> successor = state;
    try {
      effect(successor);
      steps.emplace_back(action, successor);
    } catch (const ModelBoundError&) {
      steps.emplace_back(action, std::nullopt);
    }
  });
  return steps;
}

/// Where `action` leads among `steps`; null if it is not enabled.
template <Model M>
[[nodiscard]] const std::optional<StateOf<M>>* successor_by(const Steps<M>& steps,
                                                            const ActionOf<M>& action) {
  for (const auto& [each, successor] : steps) {
    if (same_bytes(each, action)) return &successor;
  }
  return nullptr;
}

/// Takes every two actions of `state` that the model calls independent in both orders.
template <ModelWithIndependence M>
[[nodiscard]] Commutation commutation_in(const M& model, const StateOf<M>& state) {
  Commutation found;
  const Steps<M> steps = steps_of(model, state);
  std::vector<Steps<M>> then(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].second) then[i] = steps_of(model, *steps[i].second);
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (std::size_t j = 0; j < steps.size(); ++j) {
      if (i == j) continue;
      ++found.pairs;
      const auto& [x, after_x] = steps[i];
      const auto& [y, after_y] = steps[j];
      if (!model.independent(state, x, y)) continue;
      ++found.independent;
      if (!after_x || !after_y) continue;
      const auto* const xy = successor_by<M>(then[i], y);
      const auto* const yx = successor_by<M>(then[j], x);
      const bool enabled = xy != nullptr && yx != nullptr;
      const bool has_room = enabled && xy->has_value() && yx->has_value();
      if (enabled && (!has_room || same_bytes(**xy, **yx))) continue;
      found.mistake = action_text(x) + " and " + action_text(y);
    }
  }
  return found;
}

}  // namespace everyway::testing
