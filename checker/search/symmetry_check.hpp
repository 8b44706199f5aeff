#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/model/text.hpp"

namespace everyway {

namespace detail {

/// Compares what a model makes of a state and of the same state renamed.
template <Model M>
class RenamingCheck {
 public:
  using State = StateOf<M>;

  explicit RenamingCheck(const M& model) : model_(model), properties_(properties_of(model)) {}

  /// What depends on the names that `renaming` exchanges; nothing, if all is well.
  [[nodiscard]] std::optional<std::string> difference(const State& state,
                                                      const Renaming& renaming) const {
    State renamed = state;
    rename(renamed, renaming);
    if (is_within(model_, state) != is_within(model_, renamed)) return "the bound";
    if (is_expected_end(model_, state) != is_expected_end(model_, renamed)) return "may_end";
    for (const auto& property : properties_) {
      if (holds(property, state) != holds(property, renamed)) return property.name;
    }
    std::vector<State> expected = successors(state);
    for (State& successor : expected) rename(successor, renaming);
    std::vector<State> found = successors(renamed);
    sort(expected);
    sort(found);
    const bool same =
        std::equal(expected.begin(), expected.end(), found.begin(), found.end(),
                   [](const State& left, const State& right) { return same_bytes(left, right); });
    if (!same) return "what can happen";
    return std::nullopt;
  }

  [[nodiscard]] std::vector<State> successors(const State& state) const {
    std::vector<State> all;
    model_.next(state, [&](const ActionOf<M>&, auto&& effect) {
      all.push_back(state);
      effect(all.back());
    });
    return all;
  }

 private:
  static bool holds(const Property<State, ActionOf<M>>& property, const State& state) {
    if (property.refuted_by_state) return !property.refuted_by_state(state);
    return !property.witnessed_by || property.witnessed_by(state);
  }
  static void sort(std::vector<State>& states) {
    std::sort(states.begin(), states.end(),
              [](const State& left, const State& right) { return bytes_less(left, right); });
  }

  const M& model_;
  Properties<State, ActionOf<M>> properties_;
};

/// Exchanges of two neighbours: every permutation is made of these.
[[nodiscard]] inline std::vector<std::pair<Renaming, std::string>> exchanges(
    const Interchangeable& names) {
  std::vector<std::pair<Renaming, std::string>> all;
  const auto add = [&](auto a, auto b) {
    Renaming renaming(names.node_count);
    renaming.rename(a, b);
    renaming.rename(b, a);
    all.emplace_back(renaming, fmt::format("{} and {}", text_of(a), text_of(b)));
  };
  NodeId before;
  names.nodes.for_each([&](NodeId node) {
    if (!before.is_none()) add(before, node);
    before = node;
  });
  for (std::size_t i = 1; i < names.values; ++i) add(ValueId::at(i - 1), ValueId::at(i));
  return all;
}

}  // namespace detail

/// Whether renaming as the model allows it changes nothing but names, in the states of `walks`
/// walks of at most `steps` steps, the same in every run. Returns what is wrong; nothing if all is
/// well. A sample, not a proof: the laws in a model's tests take more states.
template <SymmetricModel M>
[[nodiscard]] std::optional<std::string> asymmetry(const M& model, int walks = 12, int steps = 40) {
  const detail::RenamingCheck<M> check(model);
  const auto exchanges = detail::exchanges(model.interchangeable());
  std::uint64_t random = 0x9E3779B97F4A7C15U;
  std::vector<StateOf<M>> initial;
  model.init([&](const StateOf<M>& state) { initial.push_back(state); });
  if (initial.empty()) return std::nullopt;
  const auto pick = [&](const std::vector<StateOf<M>>& states) -> const StateOf<M>& {
    random ^= random << 13U;
    random ^= random >> 7U;
    random ^= random << 17U;
    return states[random % states.size()];
  };
  for (int walk = 0; walk < walks; ++walk) {
    StateOf<M> state = pick(initial);
    for (int step = 0; step < steps && is_within(model, state); ++step) {
      for (const auto& [renaming, names] : exchanges) {
        if (const auto what = check.difference(state, renaming)) {
          return fmt::format("{} depends on which of {} is which", *what, names);
        }
      }
      const std::vector<StateOf<M>> successors = check.successors(state);
      if (successors.empty()) break;
      state = pick(successors);
    }
  }
  return std::nullopt;
}

}  // namespace everyway
