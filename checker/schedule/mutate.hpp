#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "checker/model/model_bound_error.hpp"
#include "checker/schedule/abstraction.hpp"
#include "checker/schedule/edited_walk.hpp"
#include "checker/search/walk.hpp"

namespace everyway {

/// Changes schedules in ways that are likely to matter: it plays them, so that what it puts in is
/// enabled there, what it swaps does not commute, and two schedules are joined where they come to
/// the same situation. What it returns are names of actions that were really taken, in states
/// within the model's bound, of at most `depth`.
template <Model M>
class ScheduleMutator {
 public:
  /// For runs of at most `depth` actions. `model` must outlive the mutator.
  ScheduleMutator(const M& model, std::uint64_t depth)
      : model_(model),
        depth_(depth),
        initial_(initial_states(model)),
        walker_(model, initial_),
        walk_(model) {}
  ScheduleMutator(const ScheduleMutator&) = delete;
  ScheduleMutator& operator=(const ScheduleMutator&) = delete;

  /// `schedule` with one change, which `chooser` chooses. Up to where the change begins, the same
  /// actions are taken.
  [[nodiscard]] Schedule mutate(const Schedule& schedule, RandomChooser& chooser) {
    detail::EditPlan plan = draw_plan(schedule, chooser);
    play(schedule, plan, chooser, walk_);
    if (!walk_.done()) {
      plan.edit = ScheduleEdit::tail;
      play(schedule, plan, chooser, walk_);
    }
    ++counts_[static_cast<std::size_t>(plan.edit)];
    return walk_.taken();
  }

  /// The beginning of one schedule and the end of another, joined where both are in states that are
  /// alike (`abstract_hash`), or anywhere if there is no such place.
  [[nodiscard]] Schedule cross_over(const Schedule& left, const Schedule& right,
                                    RandomChooser& chooser) {
    const detail::EditPlan nothing{ScheduleEdit::append, 0, 0, false};
    Passing passing{*this};
    passed_.clear();
    play(left, nothing, chooser, passing);
    Schedule joined = walk_.taken();
    left_passed_.swap(passed_);
    passed_.clear();
    play(right, nothing, chooser, passing);
    const Schedule& other = walk_.taken();
    const auto [cut, resume] = meeting_point(chooser);
    joined.actions.resize(std::min(cut, joined.actions.size()));
    joined.actions.insert(
        joined.actions.end(),
        other.actions.begin() + static_cast<std::ptrdiff_t>(std::min(resume, other.actions.size())),
        other.actions.end());
    ++splices_;
    play(joined, {ScheduleEdit::append, 0, 0, chooser.choose(2) == 0}, chooser, walk_);
    return walk_.taken();
  }

  /// How often each edit was made, by its number.
  [[nodiscard]] const std::array<std::uint64_t, enum_count<ScheduleEdit>()>& counts()
      const noexcept {
    return counts_;
  }
  [[nodiscard]] std::uint64_t splices() const noexcept { return splices_; }

 private:
  /// The visitor that also notes down which situations a walk passes.
  struct Passing {
    ScheduleMutator& mutator;

    bool begin(const StateOf<M>& state) {
      mutator.passed_.push_back(abstract_hash(mutator.model_, state));
      return mutator.walk_.begin(state);
    }
    bool enabled(const StateOf<M>& state, std::uint64_t steps, std::uint64_t count) {
      return mutator.walk_.enabled(state, steps, count);
    }
    bool step(const StateOf<M>& before, const ActionOf<M>& action, const StateOf<M>& after,
              bool inside) {
      if (inside) mutator.passed_.push_back(abstract_hash(mutator.model_, after));
      return mutator.walk_.step(before, action, after, inside);
    }
  };

  /// What comes after a state for which the model has no room is left out.
  template <class Visitor>
  void play(const Schedule& schedule, const detail::EditPlan& plan, RandomChooser& chooser,
            Visitor& visitor) {
    walk_.prepare(schedule, plan, chooser);
    try {
      walker_.walk(walk_, depth_, visitor);
    } catch (const ModelBoundError&) {
    }
  }

  [[nodiscard]] detail::EditPlan draw_plan(const Schedule& schedule, RandomChooser& chooser) {
    // Out of 32. A new tail is what most often comes to new states; the others make much of it.
    static constexpr std::array<std::uint32_t, enum_count<ScheduleEdit>()> weights{3, 3, 3, 4, 4,
                                                                                   2, 4, 7, 2};
    const std::size_t length = schedule.actions.size();
    detail::EditPlan plan;
    std::uint64_t left = chooser.choose(32);
    std::size_t edit = 0;
    while (left >= weights[edit]) left -= weights[edit++];
    plan.edit = length == 0 ? ScheduleEdit::append : static_cast<ScheduleEdit>(edit);
    plan.at = length == 0 ? 0 : chooser.choose(length);
    plan.span = 1;
    while (plan.span < length && chooser.choose(4) != 0) ++plan.span;
    plan.fills = plan.edit == ScheduleEdit::append || chooser.choose(2) == 0;
    return plan;
  }

  /// Positions in both schedules before which they are in states that are alike: one pair of all
  /// there are, but for that of the initial states.
  [[nodiscard]] std::pair<std::size_t, std::size_t> meeting_point(RandomChooser& chooser) const {
    std::pair<std::size_t, std::size_t> met;
    std::uint64_t meetings = 0;
    for (std::size_t i = 0; i < left_passed_.size(); ++i) {
      for (std::size_t j = 0; j < passed_.size(); ++j) {
        if (left_passed_[i] != passed_[j] || (i == 0 && j == 0)) continue;
        if (chooser.choose(++meetings) == 0) met = {i, j};
      }
    }
    if (meetings != 0) return met;
    return {chooser.choose(left_passed_.size() + 1), chooser.choose(passed_.size() + 1)};
  }

  const M& model_;
  std::uint64_t depth_;
  const std::vector<StateOf<M>> initial_;
  Walker<M> walker_;
  detail::EditedWalk<M> walk_;
  std::vector<std::uint64_t> passed_;  ///< the situations of the last walk, the initial one first
  std::vector<std::uint64_t> left_passed_;
  std::array<std::uint64_t, enum_count<ScheduleEdit>()> counts_{};
  std::uint64_t splices_ = 0;
};

}  // namespace everyway
