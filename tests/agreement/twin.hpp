#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checker/search/options.hpp"
#include "tests/laws/arguments.hpp"

namespace everyway::testing {

/// What a search must find. Counted as TLC counts.
struct Truth {
  bool exhausted = false;
  std::uint32_t levels = 0;  ///< expanded: states at 0 to `levels` - 1 actions from the start
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint32_t depth = 0;  ///< in states
  /// Actions to the nearest refutation or witness, by property; nothing for those without.
  std::map<std::string, std::size_t> nearest;
  std::map<std::string, std::uint64_t> taken;  ///< by kind of action
};

/// The simplest search there is, level by level: states in a set of strings of their bytes, every
/// successor at once, every property of every state. Ends before a level once it has `most_states`.
template <Model M>
class Twin {
 public:
  Twin(const M& model, std::uint64_t most_states)
      : model_(model), properties_(properties_of(model)), most_states_(most_states) {}

  Truth run() {
    model_.init([&](const StateOf<M>& state) { meet(state, 0); });
    while (!next_level_.empty() && truth_.distinct < most_states_) {
      std::vector<StateOf<M>> level;
      level.swap(next_level_);
      for (const StateOf<M>& state : level) expand(state, truth_.levels);
      ++truth_.levels;
    }
    truth_.exhausted = next_level_.empty();
    return truth_;
  }

 private:
  void expand(const StateOf<M>& state, std::uint32_t depth) {
    bool any = false;
    model_.next(state, [&](const ActionOf<M>& action, auto&& effect) {
      any = true;
      ++truth_.taken[std::string(enum_name(action.kind))];
      StateOf<M> successor = state;
      effect(successor);
      for (const auto& property : properties_) {
        if (!property.refuted_by_step) continue;
        if (property.refuted_by_step(state, action, successor)) found(property.name, depth + 1);
      }
      meet(successor, depth + 1);
    });
    if (!any && !is_expected_end(model_, state)) found(std::string(deadlock_property), depth);
  }

  void meet(const StateOf<M>& state, std::uint32_t depth) {
    ++truth_.generated;
    for (const auto& property : properties_) {
      if (property.refuted_by_state && property.refuted_by_state(state)) {
        found(property.name, depth);
      }
    }
    if (!is_within(model_, state)) return;
    std::string bytes(sizeof(state), '\0');
    std::memcpy(bytes.data(), &state, sizeof(state));
    if (!visited_.insert(bytes).second) return;
    ++truth_.distinct;
    truth_.depth = depth + 1;
    next_level_.push_back(state);
    for (const auto& property : properties_) {
      if (property.witnessed_by && property.witnessed_by(state)) found(property.name, depth);
    }
  }

  /// Levels come in order, so that the first is the nearest.
  void found(const std::string& property, std::size_t actions) {
    truth_.nearest.emplace(property, actions);
  }

  const M& model_;
  Properties<StateOf<M>, ActionOf<M>> properties_;
  std::uint64_t most_states_;
  Truth truth_;
  std::set<std::string> visited_;
  std::vector<StateOf<M>> next_level_;
};

/// What is true of one model of a family.
template <ModelFamily Family>
[[nodiscard]] Truth truth_about(std::string_view parameters, std::string_view mutant,
                                std::uint64_t most_states) {
  return Family::with_model(options_from<Family>(parameters), mutant,
                            [&](const auto& model) { return Twin(model, most_states).run(); });
}

}  // namespace everyway::testing
