#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/search/chooser.hpp"

namespace everyway {

/// How a walk came to its end.
enum class WalkEnd : std::uint8_t {
  depth,     ///< it has taken as many steps as it may
  dead_end,  ///< no action is enabled
  cornered,  ///< actions are enabled, and each of them leads outside the model's bound
  outside,   ///< the initial state that was chosen lies outside the model's bound
  visitor,   ///< the visitor ended it
};
BOOST_DESCRIBE_ENUM(WalkEnd, depth, dead_end, cornered, outside, visitor)

/// The initial states of a model, in its order.
template <Model M>
[[nodiscard]] std::vector<StateOf<M>> initial_states(const M& model) {
  std::vector<StateOf<M>> states;
  model.init([&](const StateOf<M>& state) { states.push_back(state); });
  return states;
}

/// Takes walks through a model, one after the other: an initial state, then one enabled action
/// after the other, all picked by a chooser. Actions are named, which is cheap; an effect runs only
/// for the one that was chosen. Keeps its room from step to step: nothing is allocated on the way.
///
/// Like a search, a walk does not go on from a state outside the model's bound: it turns back, and
/// chooses among the actions that it has not tried in that state. Otherwise a tight bound would end
/// most walks after a few steps.
template <Model M>
class Walker {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  /// `initial`: the model's initial states, at least one. Both must outlive the walker.
  Walker(const M& model, const std::vector<State>& initial)
      : model_(model), initial_(initial), room_{initial.front(), initial.front()} {}
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  /// Walks at most `max_steps` steps. `visitor` is told what happens, and returns false to end the
  /// walk:
  ///
  ///   begin(state)                 the initial state;
  ///   enabled(state, steps, count) before each choice: how many actions are enabled after `steps`;
  ///   step(before, action, after, inside)
  ///                                an action was chosen; unless `inside`, the walk turns back.
  ///
  /// What the model throws, and what `visitor` throws, comes through.
  template <Chooser C, class Visitor>
  WalkEnd walk(C& chooser, std::uint64_t max_steps, Visitor& visitor) {
    *here_ = initial_[pick(chooser, initial_.size())];
    if (!visitor.begin(*here_)) return WalkEnd::visitor;
    if (!is_within(model_, *here_)) return WalkEnd::outside;
    for (std::uint64_t steps = 0; steps < max_steps; ++steps) {
      name_actions();
      if (!visitor.enabled(*here_, steps, count_)) return WalkEnd::visitor;
      if (count_ == 0) return WalkEnd::dead_end;
      for (bool inside = false; !inside;) {
        if (count_ == 0) return WalkEnd::cornered;
        const std::uint64_t chosen = pick(chooser, count_);
        const Action action = actions_[chosen];
        take(action);
        inside = is_within(model_, *there_);
        if (!visitor.step(*here_, action, *there_, inside)) return WalkEnd::visitor;
        if (!inside) forget(chosen);
      }
      std::swap(here_, there_);
    }
    return WalkEnd::depth;
  }

 private:
  template <Chooser C>
  static std::uint64_t pick(C& chooser, std::uint64_t count) {
    return count < 2 ? 0 : chooser.choose(count);
  }

  void name_actions() {
    count_ = 0;
    model_.next(*here_, [this](const Action& action, auto&&) {
      if (count_ == actions_.size()) actions_.resize(2 * count_ + 16);
      actions_[count_++] = action;
    });
  }
  /// Those that are left keep their order.
  void forget(std::uint64_t chosen) {
    --count_;
    for (std::uint64_t i = chosen; i < count_; ++i) actions_[i] = actions_[i + 1];
  }

  void take(const Action& action) {
    copy_flat(*there_, *here_);
    if constexpr (ModelThatApplies<M>) {
      model_.apply(*there_, action);
    } else {
      bool taken = false;
      model_.next(*here_, [&](const Action& named, auto&& effect) {
        if (taken || !same_bytes(named, action)) return;
        taken = true;
        effect(*there_);
      });
    }
  }

  const M& model_;
  const std::vector<State>& initial_;
  std::array<State, 2> room_;
  State* here_ = room_.data();
  State* there_ = room_.data() + 1;
  std::vector<Action> actions_;  ///< those enabled here and not tried yet come first
  std::uint64_t count_ = 0;
};

}  // namespace everyway
