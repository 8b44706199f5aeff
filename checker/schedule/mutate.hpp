#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "checker/model/model_bound_error.hpp"
#include "checker/schedule/abstraction.hpp"
#include "checker/schedule/curious.hpp"
#include "checker/schedule/edited_walk.hpp"
#include "checker/search/walk.hpp"

namespace everyway {

/// Changes schedules in ways that are likely to matter. It plays them, so that what it puts in is
/// enabled there, what it swaps does not commute, and two schedules are joined where they come to
/// the same situation. What it returns are names of actions that were really taken, in states
/// within the model's bound, `depth` of them at most.
///
/// Most changes begin where a schedule comes to a situation that few of those made so far passed:
/// to return to what is rare and go on from there at random finds more than to begin anew (Ecoffet,
/// Huizinga, Lehman, Stanley, Clune: First Return, Then Explore, Nature 590, 2021). So what comes
/// of a schedule depends on those mutated before it, and on nothing else.
template <Model M>
class ScheduleMutator {
 public:
  using EditCounts = std::array<std::uint64_t, enum_count<ScheduleEdit>()>;

  /// Until something is known to be rare, nothing does better than random walks. They are curious:
  /// later ones are not, as what is common has been seen then, and looking ahead takes its time.
  static constexpr std::uint64_t walks_first = 256;

  /// For runs of at most `depth` actions. The first `explored_first` mutations are all `anew`.
  /// `model` must outlive the mutator, and so must `under_way`, which is told of each run: a
  /// mutation takes actions that nobody tried before.
  ScheduleMutator(const M& model, std::uint64_t depth, std::uint64_t explored_first = walks_first,
                  RunUnderWay* under_way = nullptr)
      : model_(model),
        explored_first_(explored_first),
        depth_(depth),
        initial_(initial_states(model)),
        walker_(model, initial_),
        walk_(model, depth, under_way),
        under_way_(under_way) {}
  ScheduleMutator(const ScheduleMutator&) = delete;
  ScheduleMutator& operator=(const ScheduleMutator&) = delete;

  /// `schedule` with one change, drawn by `chooser`. Up to where the change begins, the same
  /// actions are taken.
  [[nodiscard]] Schedule mutate(const Schedule& schedule, RandomChooser& chooser) {
    detail::EditPlan plan{ScheduleEdit::anew};
    plan.curious = mutations_++ < explored_first_;
    if (!plan.curious && chooser.choose(4) != 0) {
      play_parent(schedule, chooser);
      source_ = walk_.taken();
      plan = draw_plan(source_, chooser);
    }
    play(source_, plan, chooser);
    if (!walk_.done()) {
      plan.edit = ScheduleEdit::tail;
      play(source_, plan, chooser);
    }
    ++counts_[static_cast<std::size_t>(plan.edit)];
    for (const std::uint64_t situation : passed_) ++visits_.of(situation);
    return walk_.taken();
  }

  /// The beginning of one schedule and the end of another, joined where both are in states that are
  /// alike (`abstract_hash`), or anywhere if there is no such place.
  [[nodiscard]] Schedule cross_over(const Schedule& left, const Schedule& right,
                                    RandomChooser& chooser) {
    play_parent(left, chooser);
    Schedule joined = walk_.taken();
    left_passed_ = passed_;
    play_parent(right, chooser);
    const std::vector<ScheduledAction>& other = walk_.taken().actions;
    const auto [cut, resume] = meeting_point(chooser);
    joined.actions.resize(cut);
    joined.actions.insert(joined.actions.end(), other.begin() + static_cast<std::ptrdiff_t>(resume),
                          other.end());
    play(joined, {ScheduleEdit::append, 0, 0, chooser.choose(2) == 0}, chooser);
    ++splices_;
    for (const std::uint64_t situation : passed_) ++visits_.of(situation);
    return walk_.taken();
  }

  /// How often each edit was made, by its number.
  [[nodiscard]] const EditCounts& counts() const noexcept { return counts_; }
  /// How often two schedules were joined.
  [[nodiscard]] std::uint64_t splices() const noexcept { return splices_; }

 private:
  /// The visitor that notes down which situations a walk passes.
  struct Passing {
    ScheduleMutator& mutator;

    bool begin(const StateOf<M>& state) { return pass(state) && mutator.walk_.begin(state); }
    bool enabled(const StateOf<M>& state, std::uint64_t steps, std::uint64_t count) {
      return mutator.walk_.enabled(state, steps, count);
    }
    bool step(const StateOf<M>& before, const ActionOf<M>& action, const StateOf<M>& after,
              bool inside) {
      if (inside) pass(after);
      return mutator.walk_.step(before, action, after, inside);
    }

   private:
    bool pass(const StateOf<M>& state) {
      mutator.passed_.push_back(abstract_hash(mutator.model_, state));
      return true;
    }
  };

  /// What comes after a state for which the model has no room is left out.
  void play(const Schedule& schedule, const detail::EditPlan& plan, RandomChooser& chooser) {
    walk_.prepare(schedule, plan, chooser);
    passed_.clear();
    Passing visitor{*this};
    try {
      walker_.walk(walk_, depth_, visitor);
    } catch (const ModelBoundError&) {
      // The run ends there.
    }
    if (under_way_ != nullptr) under_way_->end();
  }

  /// libFuzzer changes most schedules several times in a row: what was played last is often what
  /// comes next, and playing it again would end in the same.
  void play_parent(const Schedule& schedule, RandomChooser& chooser) {
    if (!passed_.empty() && schedule == walk_.taken()) return;
    play(schedule, {ScheduleEdit::append}, chooser);
  }

  /// For the schedule that was played last.
  [[nodiscard]] detail::EditPlan draw_plan(const Schedule& schedule, RandomChooser& chooser) {
    // Out of 32. A new tail is what most often comes to new situations.
    static constexpr EditWeights weights{1, 1, 2, 2, 2, 1, 3, 18, 2, 0};
    const std::size_t length = schedule.actions.size();
    detail::EditPlan plan{ScheduleEdit::append, 0, 1, true};
    if (length == 0) return plan;
    std::uint64_t left = chooser.choose(32);
    std::size_t edit = 0;
    while (left >= weights[edit]) left -= weights[edit++];
    plan.edit = static_cast<ScheduleEdit>(edit);
    plan.at = chooser.choose(4) != 0 ? rare_position(chooser) : chooser.choose(length);
    while (plan.span < length && chooser.choose(4) != 0) ++plan.span;
    plan.fills = plan.edit == ScheduleEdit::append || chooser.choose(4) != 0;
    return plan;
  }

  /// A position in the schedule that was played last; those where it is in a situation that is as
  /// often passed as another are as likely, and those where it is less often are more likely.
  [[nodiscard]] std::size_t rare_position(RandomChooser& chooser) {
    std::uint64_t total = 0;
    std::size_t chosen = 0;
    for (std::size_t at = 0; at < passed_.size(); ++at) {
      const std::uint64_t weight = (std::uint64_t{1} << 32U) / (1 + visits_.of(passed_[at]));
      total += weight;
      if (chooser.choose(total) < weight) chosen = at;
    }
    return chosen;
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
    return {chooser.choose(left_passed_.size()), chooser.choose(passed_.size())};
  }

  using EditWeights = std::array<std::uint32_t, enum_count<ScheduleEdit>()>;

  const M& model_;
  std::uint64_t explored_first_;
  std::uint64_t depth_;
  const std::vector<StateOf<M>> initial_;
  Walker<M> walker_;
  detail::EditedWalk<M> walk_;
  RunUnderWay* under_way_;
  Schedule source_;
  std::vector<std::uint64_t> passed_;  ///< situations of the last walk: one more than actions
  std::vector<std::uint64_t> left_passed_;
  SituationCounts visits_;
  std::uint64_t mutations_ = 0;
  EditCounts counts_{};
  std::uint64_t splices_ = 0;
};

}  // namespace everyway
