#pragma once

#include <cstddef>
#include <vector>

#include "bench/lookups.hpp"
#include "checker/model/model.hpp"

namespace everyway::bench {

/// Some reachable states inside the model's bound, the same in every run: those that random walks
/// from the first initial state meet. A walk ends at 40 actions or where no action stays inside.
template <Model M>
[[nodiscard]] std::vector<StateOf<M>> sample_states(const M& model, std::size_t count) {
  constexpr int longest_walk = 40;
  using State = StateOf<M>;
  std::vector<State> initial;
  model.init([&](const State& state) { initial.push_back(state); });
  Xorshift random(7);
  std::vector<State> found;
  std::vector<State> successors;
  while (found.size() < count) {
    State state = initial.front();
    for (int steps = 0; steps < longest_walk && found.size() < count; ++steps) {
      found.push_back(state);
      successors.clear();
      model.next(state, [&](const ActionOf<M>&, auto&& effect) {
        State successor = state;
        effect(successor);
        if (is_within(model, successor)) successors.push_back(successor);
      });
      if (successors.empty()) break;
      state = successors[random.below(successors.size())];
    }
  }
  return found;
}

}  // namespace everyway::bench
