#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/model/model_bound_error.hpp"
#include "checker/search/outcomes.hpp"
#include "checker/search/walk.hpp"
#include "checker/trace/trace.hpp"

namespace everyway {

/// What a test of schedules looks for.
struct TestOptions {
  std::uint64_t depth = 100;            ///< actions of one run at most
  std::vector<std::string> properties;  ///< by name; empty for all
  bool check_deadlock = true;           ///< unless `properties` leaves it out
};

/// The property that a run refuted.
struct TestFinding {
  std::string property;
  PropertyKind kind{};
  std::string why;  ///< in one sentence
};

/// What came of one run.
template <Model M>
struct TestOutcome {
  /// The run as it was taken. The last action of one that refutes a property may lead outside the
  /// model's bound.
  Trace<M> trace;
  std::optional<TestFinding> violation;
  /// `visitor` for a run that was cut short: by a violation, or because the model had no room.
  WalkEnd end = WalkEnd::depth;
  bool model_bound = false;  ///< whether the model had no room for what follows the trace
};

/// Takes runs that a scheduler decides, one after the other, and checks each state and step of
/// them: the initial state, every action that was chosen - also where the run turns back from
/// outside the bound - and whether a state without enabled actions may be one. The first violation
/// ends its run. `reachable` cannot be refuted by runs; which of its witnesses were seen is told.
///
/// Nothing is allocated from step to step, nor from run to run once a run of that length was taken.
template <Model M>
class ScheduleTester {
  using State = StateOf<M>;
  using Action = ActionOf<M>;
  using Watched = typename Watch<M>::Watched;

 public:
  /// `model` must outlive the tester. Throws `UsageError` for a property that the model does not
  /// have, and for a model without an initial state.
  ScheduleTester(const M& model, const TestOptions& options)
      : model_(model),
        depth_(options.depth),
        initial_(initial_states(model)),
        walker_(model, some(initial_)),
        outcome_{{initial_.front(), {}}, std::nullopt} {
    detail::watch_properties(model, options.properties, options.check_deadlock, watch_);
    unseen_ = watch_.witnesses();
  }
  ScheduleTester(const ScheduleTester&) = delete;
  ScheduleTester& operator=(const ScheduleTester&) = delete;

  /// Takes one run of at most `depth` actions. Calls on_state(state) for each state of it within
  /// the bound, the initial one first. The outcome is valid until the next run. Throws what the
  /// model throws, but for `ModelBoundError`; and std::logic_error if a violation does not replay.
  template <Scheduler<M> S, class OnState>
  const TestOutcome<M>& run(S& scheduler, OnState&& on_state) {
    outcome_.trace.actions.clear();
    outcome_.violation.reset();
    outcome_.model_bound = false;
    refuted_ = nullptr;
    Visitor<OnState> visitor{*this, on_state};
    try {
      outcome_.end = walker_.walk(scheduler, depth_, visitor);
    } catch (const ModelBoundError&) {
      outcome_.end = WalkEnd::visitor;
      outcome_.model_bound = true;
    }
    if (refuted_ != nullptr) describe_violation();
    return outcome_;
  }
  template <Scheduler<M> S>
  const TestOutcome<M>& run(S& scheduler) {
    return run(scheduler, [](const State&) {});
  }

  /// The names of the `reachable` properties whose witnesses were seen in the runs so far.
  [[nodiscard]] const std::vector<std::string>& witnessed() const noexcept { return witnessed_; }
  [[nodiscard]] std::uint64_t depth() const noexcept { return depth_; }

 private:
  template <class OnState>
  struct Visitor {
    ScheduleTester& tester;
    OnState& on_state;

    bool begin(const State& state) {
      tester.outcome_.trace.initial = state;
      return tester.check_state(state) && (!is_within(tester.model_, state) || pass(state));
    }
    bool enabled(const State& state, std::uint64_t, std::uint64_t count) {
      return count != 0 || tester.check_end(state);
    }
    bool step(const State& before, const Action& action, const State& after, bool inside) {
      const bool holds = tester.check_step(before, action, after) && tester.check_state(after);
      if (inside || !holds) tester.outcome_.trace.actions.push_back(action);
      return holds && (!inside || pass(after));
    }

   private:
    bool pass(const State& state) {
      if (!tester.unseen_.empty()) tester.look_for_witnesses(state);
      on_state(state);
      return true;
    }
  };

  static const std::vector<State>& some(const std::vector<State>& initial) {
    if (initial.empty()) throw UsageError("the model has no initial state to start from");
    return initial;
  }

  // Each returns whether all is well.

  bool check_state(const State& state) {
    watch_.check_state(state, [this](const Watched& watched) { (void)refute(watched); });
    return refuted_ == nullptr;
  }
  bool check_step(const State& before, const Action& action, const State& after) {
    watch_.check_step(before, action, after,
                      [this](const Watched& watched) { (void)refute(watched); });
    return refuted_ == nullptr;
  }
  bool check_end(const State& state) {
    const bool is_deadlock = watch_.deadlock() != nullptr && !is_expected_end(model_, state);
    return !is_deadlock || refute(*watch_.deadlock());
  }
  /// The first property that a state or step refutes is the one that is told.
  bool refute(const Watched& watched) {
    if (refuted_ == nullptr) refuted_ = &watched;
    return false;
  }

  void look_for_witnesses(const State& state) {
    for (auto& list : unseen_) {
      const PropertyBits seen = list.watched(list.quick().witnessed_by(state));
      if (seen == 0) continue;
      list.for_each(
          seen, [this](const Watched& watched) { witnessed_.push_back(watched.property().name); });
      list.drop(seen);
    }
    std::erase_if(unseen_, [](const auto& list) { return list.all_dropped(); });
  }
  [[gnu::noinline]] void describe_violation() {
    const auto& property = refuted_->property();
    outcome_.violation = TestFinding{property.name, property.kind,
                                     detail::refutation(model_, property, outcome_.trace)};
  }

  const M& model_;
  std::uint64_t depth_;
  const std::vector<State> initial_;
  Walker<M> walker_;
  Watch<M> watch_;
  typename Watch<M>::Lists unseen_;  ///< `reachable` properties without a witness so far
  std::vector<std::string> witnessed_;
  const Watched* refuted_ = nullptr;  ///< by this run
  TestOutcome<M> outcome_;
};

}  // namespace everyway
