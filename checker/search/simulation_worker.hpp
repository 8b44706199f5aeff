#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "checker/model/model_bound_error.hpp"
#include "checker/model/text.hpp"
#include "checker/search/findings.hpp"
#include "checker/search/shared_search.hpp"
#include "checker/search/simulation_result.hpp"
#include "checker/search/walk.hpp"

namespace everyway::detail {

/// Where a property was decided: in a state on a walk, or one action off it.
template <Model M>
struct WalkFinding {
  std::uint64_t walk;   ///< its number
  std::uint64_t depth;  ///< steps of the walk
  std::optional<ActionOf<M>> last_action;

  /// Earlier walks first, and what was met first on them.
  [[nodiscard]] bool comes_before(const WalkFinding& other) const {
    return walk != other.walk ? walk < other.walk : depth < other.depth;
  }
};

/// The first walk on which the model had no room for a state.
class ModelBoundReports {
 public:
  void report(std::uint64_t walk, std::string detail) {
    const std::lock_guard lock(mutex_);
    if (first_ != 0 && first_ <= walk) return;
    first_ = walk;
    detail_ = std::move(detail);
  }
  /// Between rounds. Empty if there was none.
  [[nodiscard]] const std::string& detail() const { return detail_; }

 private:
  std::mutex mutex_;
  std::uint64_t first_ = 0;
  std::string detail_;
};

/// What all workers of one simulation share.
template <Model M>
struct SharedSimulation {
  explicit SharedSimulation(const M& walked) : model(walked), initial(initial_states(walked)) {}

  const M& model;
  const std::vector<StateOf<M>> initial;
  Watch<M, WalkFinding<M>> watch;
  EarlyStop stop;
  ModelBoundReports model_bound;
  // Of the round: changed between rounds, but for the walk that is handed out next.
  std::uint64_t max_steps = 0;  ///< of each walk
  std::uint64_t end_of_round = 1;
  alignas(64) std::atomic<std::uint64_t> next_walk{1};
};

/// One worker's part of a simulation: takes walks and checks what it meets. It is the visitor of
/// its walks.
template <Model M>
class SimulationWorker {
  using State = StateOf<M>;
  using Action = ActionOf<M>;
  using Watched = typename Watch<M, WalkFinding<M>>::Watched;

 public:
  SimulationWorker(SharedSimulation<M>& shared, const SimulationOptions& options)
      : shared_(shared), options_(options), walker_(shared.model, shared.initial) {}

  /// Takes part in one round, until no walk is left or the simulation must end.
  void work() {
    witnesses_ = shared_.watch.witnesses();
    try {
      while (!shared_.stop.requested()) {
        walk_number_ = shared_.next_walk.fetch_add(1, std::memory_order_relaxed);
        if (walk_number_ >= shared_.end_of_round) break;
        take_walk();
      }
    } catch (...) {
      shared_.stop.fail(std::current_exception());
    }
  }

  /// Not while it works.
  [[nodiscard]] const WalkCounts& counts() const { return counts_; }
  [[nodiscard]] const std::array<std::uint64_t, enum_count<KindOf<M>>()>& taken() const {
    return taken_;
  }
  /// At any time, from any thread.
  [[nodiscard]] std::uint64_t walks_so_far() const {
    return walks_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t steps_so_far() const {
    return steps_.load(std::memory_order_relaxed);
  }

  // The visitor of a walk.

  bool begin(const State& state) {
    ++counts_.generated;
    depth_ = 0;
    check_state(state, nullptr);
    if (is_within(shared_.model, state)) check_witnesses(state, nullptr);
    return !refuted_;
  }
  bool enabled(const State& state, std::uint64_t steps, std::uint64_t count) {
    depth_ = steps;
    counts_.named += count;
    if (count == 0) {
      meet_end(state);
    } else if (options_.checks == Checks::enabled) {
      check_successors(state);
    }
    return !refuted_ && !shared_.stop.requested();
  }
  bool step(const State& before, const Action& action, const State& after, bool inside) {
    ++counts_.generated;
    if (options_.checks == Checks::chosen) check_step(before, action, after, inside);
    if (inside) {
      ++taken_[static_cast<std::size_t>(action.kind)];
      steps_.store(++counts_.steps, std::memory_order_relaxed);
      depth_ += 1;
    } else {
      ++counts_.turned_back;
    }
    return !refuted_;
  }

 private:
  void take_walk() {
    RandomChooser chooser(options_.seed, walk_number_);
    refuted_ = false;
    const std::uint64_t before = counts_.steps;
    try {
      count_end(walker_.walk(chooser, shared_.max_steps, *this));
    } catch (const ModelBoundError& error) {
      ++counts_.cut_short;
      shared_.model_bound.report(walk_number_,
                                 fmt::format("{} (on walk {} of seed {}, {} steps from its start)",
                                             error.what(), walk_number_, options_.seed, depth_));
    }
    counts_.longest = std::max(counts_.longest, counts_.steps - before);
    walks_.store(++counts_.walks, std::memory_order_relaxed);
  }

  void count_end(WalkEnd end) {
    switch (end) {
      case WalkEnd::depth:
        ++(shared_.max_steps < options_.depth ? counts_.cut_short : counts_.ended_at_depth);
        return;
      case WalkEnd::dead_end:
        ++(ended_as_expected_ ? counts_.ended_as_expected : counts_.deadlocked);
        return;
      case WalkEnd::cornered:
      case WalkEnd::outside:
        ++counts_.cornered;
        return;
      case WalkEnd::visitor:
      case WalkEnd::scheduler:
        ++(refuted_ ? counts_.violating : counts_.cut_short);
        return;
    }
  }

  void meet_end(const State& state) {
    ended_as_expected_ = is_expected_end(shared_.model, state);
    if (!ended_as_expected_ && shared_.watch.deadlock() != nullptr) {
      refute(*shared_.watch.deadlock(), nullptr);
    }
  }

  [[gnu::noinline]] void check_successors(const State& state) {
    State successor = state;
    shared_.model.next(state, [&](const Action& action, auto&& effect) {
      successor = state;
      effect(successor);
      ++counts_.generated;
      check_step(state, action, successor, is_within(shared_.model, successor));
    });
  }

  void check_step(const State& before, const Action& action, const State& after, bool inside) {
    shared_.watch.check_step(before, action, after,
                             [&](Watched& watched) { refute(watched, &action); });
    check_state(after, &action);
    if (inside && !witnesses_.empty()) check_witnesses(after, &action);
  }
  void check_state(const State& state, const Action* last_action) {
    shared_.watch.check_state(state, [&](Watched& watched) { refute(watched, last_action); });
  }
  /// This worker's later walks of the round cannot do better than its first that is a witness.
  void check_witnesses(const State& state, const Action* last_action) {
    bool any = false;
    for (auto& list : witnesses_) {
      const PropertyBits found = list.watched(list.quick().witnessed_by(state));
      if (found == 0) continue;
      list.for_each(found, [&](Watched& watched) { report(watched, last_action); });
      list.drop(found);
      any = true;
    }
    if (any) std::erase_if(witnesses_, [](const auto& list) { return list.all_dropped(); });
  }
  void refute(Watched& watched, const Action* last_action) {
    report(watched, last_action);
    refuted_ = true;
  }
  [[gnu::noinline]] void report(Watched& watched, const Action* last_action) {
    WalkFinding<M> finding{walk_number_, depth_, std::nullopt};
    if (last_action != nullptr) finding.last_action = *last_action;
    watched.report(finding);
  }

  SharedSimulation<M>& shared_;
  const SimulationOptions& options_;
  Walker<M> walker_;
  typename Watch<M, WalkFinding<M>>::Lists
      witnesses_;  ///< what this worker has not witnessed in this round
  std::uint64_t walk_number_ = 0;
  std::uint64_t depth_ = 0;  ///< steps of the walk so far
  bool refuted_ = false;     ///< a property, on this walk
  bool ended_as_expected_ = false;
  WalkCounts counts_;
  std::array<std::uint64_t, enum_count<KindOf<M>>()> taken_{};
  alignas(64) std::atomic<std::uint64_t> walks_{0};
  std::atomic<std::uint64_t> steps_{0};
};

}  // namespace everyway::detail
