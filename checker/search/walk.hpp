#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/search/chooser.hpp"

namespace everyway {

/// How a walk came to its end.
enum class WalkEnd : std::uint8_t {
  depth,      ///< it has taken as many steps as it may
  dead_end,   ///< no action is enabled
  cornered,   ///< actions are enabled, and each of them leads outside the model's bound
  outside,    ///< the initial state that was chosen lies outside the model's bound
  visitor,    ///< the visitor ended it
  scheduler,  ///< actions are enabled, and the scheduler wants none of them
};
BOOST_DESCRIBE_ENUM(WalkEnd, depth, dead_end, cornered, outside, visitor, scheduler)

/// Decides what happens next on a walk through a model.
///
///   choose_initial(count)         position of the initial state, below `count` (at least 1);
///   choose_action(state, enabled) position of the action to take in `enabled`, which is not empty;
///                                 `enabled.size()` ends the walk.
///
/// The enabled actions come in the order in which the model names them. A walk that turns back from
/// a state outside the model's bound asks again in the same state, with what is left of `enabled`.
/// A scheduler is made for one walk, or has a way of its own to begin another.
template <class S, class M>
concept Scheduler = Model<M> && requires(S scheduler, std::size_t count, const StateOf<M>& state,
                                         std::span<const ActionOf<M>> enabled) {
  { scheduler.choose_initial(count) } -> std::same_as<std::size_t>;
  { scheduler.choose_action(state, enabled) } -> std::same_as<std::size_t>;
};

/// The scheduler that leaves everything to a chooser: with one that is uniform, each enabled action
/// is as likely as any other.
template <Model M, Chooser C>
class ChooserScheduler {
 public:
  /// `chooser` must outlive the scheduler.
  explicit ChooserScheduler(C& chooser) noexcept : chooser_(chooser) {}

  std::size_t choose_initial(std::size_t count) { return pick(count); }
  std::size_t choose_action(const StateOf<M>&, std::span<const ActionOf<M>> enabled) {
    return pick(enabled.size());
  }

 private:
  std::size_t pick(std::size_t count) {
    return count < 2 ? 0 : static_cast<std::size_t>(chooser_.choose(count));
  }

  C& chooser_;
};

/// The initial states of a model, in its order.
template <Model M>
[[nodiscard]] std::vector<StateOf<M>> initial_states(const M& model) {
  std::vector<StateOf<M>> states;
  model.init([&](const StateOf<M>& state) { states.push_back(state); });
  return states;
}

/// Turns `after`, which equals `before`, into what `action` leads to, which is enabled there.
/// Throws what the model throws.
template <Model M>
void take_action(const M& model, [[maybe_unused]] const StateOf<M>& before,
                 const ActionOf<M>& action, StateOf<M>& after) {
  if constexpr (ModelThatApplies<M>) {
    model.apply(after, action);
  } else {
    bool taken = false;
    model.next(before, [&](const ActionOf<M>& named, auto&& effect) {
      if (taken || !same_bytes(named, action)) return;
      taken = true;
      effect(after);
    });
  }
}

/// Takes walks through a model, one after the other: an initial state, then one enabled action
/// after the other, all picked by a scheduler. Actions are named, which is cheap; an effect runs
/// only for the one that was chosen. Keeps its room from step to step: nothing is allocated on the
/// way.
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
  template <Scheduler<M> S, class Visitor>
  WalkEnd walk(S& scheduler, std::uint64_t max_steps, Visitor& visitor) {
    *here_ = initial_[scheduler.choose_initial(initial_.size())];
    if (!visitor.begin(*here_)) return WalkEnd::visitor;
    if (!is_within(model_, *here_)) return WalkEnd::outside;
    for (std::uint64_t steps = 0; steps < max_steps; ++steps) {
      // Long before an effect reads it: what was just copied waits in the processor's store buffer.
      copy_flat(*there_, *here_);
      name_actions();
      if (!visitor.enabled(*here_, steps, count_)) return WalkEnd::visitor;
      if (count_ == 0) return WalkEnd::dead_end;
      for (;;) {
        if (count_ == 0) return WalkEnd::cornered;
        const std::size_t chosen = scheduler.choose_action(*here_, {actions_.data(), count_});
        if (chosen == count_) return WalkEnd::scheduler;
        const Action action = actions_[chosen];
        take_action(model_, *here_, action, *there_);
        const bool inside = is_within(model_, *there_);
        if (!visitor.step(*here_, action, *there_, inside)) return WalkEnd::visitor;
        if (inside) break;
        forget(chosen);
        copy_flat(*there_, *here_);
      }
      std::swap(here_, there_);
    }
    return WalkEnd::depth;
  }
  /// The same, with all choices left to `chooser`.
  template <Chooser C, class Visitor>
  WalkEnd walk(C& chooser, std::uint64_t max_steps, Visitor& visitor) {
    ChooserScheduler<M, C> scheduler(chooser);
    return walk(scheduler, max_steps, visitor);
  }

 private:
  void name_actions() {
    count_ = 0;
    model_.next(*here_, [this](const Action& action, auto&&) {
      if (count_ == actions_.size()) actions_.resize(2 * count_ + 16);
      copy_flat(actions_[count_++], action);
    });
  }
  /// Those that are left keep their order.
  void forget(std::size_t chosen) {
    --count_;
    for (std::size_t i = chosen; i < count_; ++i) actions_[i] = actions_[i + 1];
  }

  const M& model_;
  const std::vector<State>& initial_;
  std::array<State, 2> room_;
  State* here_ = room_.data();
  State* there_ = room_.data() + 1;
  std::vector<Action> actions_;  ///< those enabled here and not tried yet come first
  std::size_t count_ = 0;
};

}  // namespace everyway
