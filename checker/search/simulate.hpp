#pragma once

#include <fmt/format.h>

#include <chrono>
#include <deque>

#include "checker/search/outcomes.hpp"
#include "checker/search/run_clock.hpp"
#include "checker/search/simulation_worker.hpp"
#include "checker/search/ticker.hpp"
#include "checker/search/worker_pool.hpp"

namespace everyway {

namespace detail {

/// The visitor that writes a walk down as far as `depth` steps.
template <Model M>
struct TraceOfWalk {
  Trace<M>& trace;

  bool begin(const StateOf<M>& state) {
    trace.initial = state;
    return true;
  }
  bool enabled(const StateOf<M>&, std::uint64_t, std::uint64_t) { return true; }
  bool step(const StateOf<M>&, const ActionOf<M>& action, const StateOf<M>&, bool inside) {
    if (inside) trace.actions.push_back(action);
    return true;
  }
};

/// The one loop of simulations: rounds of walks, each shared among the workers. Every walk of a
/// round is taken before findings are compared, so that they do not depend on who was faster.
template <Model M>
class Simulation {
 public:
  Simulation(const M& model, const SimulationOptions& options, const SimulationObserver& observer)
      : options_(completed(options)), observer_(observer), pool_(options_.workers), shared_(model) {
    watch_properties(model, options_.properties, options_.check_deadlock, shared_.watch);
    if (shared_.initial.empty()) throw UsageError("the model has no initial state to walk from");
    shared_.end_of_round = options_.first_walk;
    for (unsigned worker = 0; worker < pool_.size(); ++worker) {
      workers_.emplace_back(shared_, options_);
    }
  }

  SimulationResult<M> run() {
    {
      const Ticker ticker(std::chrono::milliseconds(100), [this] { tick(); });
      while (!must_end()) run_round();
    }
    shared_.stop.rethrow();
    if (observer_) observer_(progress());
    return result();
  }

 private:
  void run_round() {
    const WalkCounts counts = sum();
    const std::uint64_t walks = walks_of_round(options_, counts.walks, counts.steps);
    shared_.next_walk = shared_.end_of_round;
    shared_.end_of_round += walks;
    shared_.max_steps = options_.depth;
    if (options_.max_steps != 0) {
      shared_.max_steps = std::min(options_.depth, options_.max_steps - counts.steps);
    }
    const auto work = [this](unsigned worker) { workers_[worker].work(); };
    if (walks == 1) {
      work(0);
    } else {
      pool_.run(work);
    }
    shared_.watch.settle_news();
  }

  /// Between rounds.
  bool must_end() {
    if (shared_.watch.violated() && !options_.keep_going) return end(Stop::violation, "");
    if (shared_.watch.all_settled()) return end(Stop::decided, "every property is decided");
    if (!shared_.model_bound.detail().empty()) {
      return end(Stop::model_bound, shared_.model_bound.detail());
    }
    if (shared_.stop.requested()) return end(shared_.stop.stop(), shared_.stop.detail());
    const WalkCounts counts = sum();
    if (options_.max_walks != 0 && counts.walks >= options_.max_walks) {
      return end(Stop::max_walks, "every walk that was asked for is taken");
    }
    if (options_.max_steps != 0 && counts.steps >= options_.max_steps) {
      return end(Stop::max_steps,
                 fmt::format("the limit of {} steps was reached", options_.max_steps));
    }
    return false;
  }
  bool end(Stop stop, std::string detail) {
    stop_ = stop;
    stop_detail_ = std::move(detail);
    return true;
  }

  /// On a thread of its own, some times a second.
  void tick() {
    clock_.tick(shared_.stop, interrupt_requested(), options_.max_seconds, [this] {
      if (observer_) observer_(progress());
    });
  }

  [[nodiscard]] SimulationProgress progress() const {
    SimulationProgress progress{0, 0, clock_.seconds()};
    for (const auto& worker : workers_) {
      progress.walks += worker.walks_so_far();
      progress.steps += worker.steps_so_far();
    }
    return progress;
  }
  [[nodiscard]] WalkCounts sum() const {
    WalkCounts sum;
    for (const auto& worker : workers_) sum.add(worker.counts());
    return sum;
  }

  SimulationResult<M> result() {
    SimulationResult<M> result;
    result.stop = stop_;
    result.stop_detail = stop_detail_;
    result.seed = options_.seed;
    result.counts = sum();
    result.workers = pool_.size();
    result.seconds = clock_.seconds();
    for (const auto& watched : shared_.watch.all()) result.properties.push_back(outcome(watched));
    result.verdict = overall_verdict(result.properties, false);
    result.actions = action_counts(shared_.model, workers_);
    return result;
  }

  [[nodiscard]] PropertyOutcome<M> outcome(
      const WatchedProperty<M, WalkFinding<M>>& watched) const {
    const auto& property = watched.property();
    PropertyOutcome<M> outcome{
        property.name, property.meaning, property.kind, Verdict::unknown, "", std::nullopt, 0};
    if (!watched.finding()) return outcome;
    outcome.walk = watched.finding()->walk;
    outcome.trace = trace_to(*watched.finding());
    if (property.kind == PropertyKind::reachable) {
      outcome.verdict = Verdict::holds;
      confirm_witness(shared_.model, property, *outcome.trace);
    } else {
      outcome.verdict = Verdict::violated;
      outcome.why = refutation(shared_.model, property, *outcome.trace);
    }
    return outcome;
  }

  /// Takes the walk of the finding again, and writes it down this time.
  [[nodiscard]] Trace<M> trace_to(const WalkFinding<M>& finding) const {
    Trace<M> trace{shared_.initial.front(), {}};
    TraceOfWalk<M> visitor{trace};
    RandomChooser chooser(options_.seed, finding.walk);
    Walker<M>(shared_.model, shared_.initial).walk(chooser, finding.depth, visitor);
    if (finding.last_action) trace.actions.push_back(*finding.last_action);
    return trace;
  }

  const SimulationOptions options_;
  const SimulationObserver& observer_;
  RunClock clock_;
  WorkerPool pool_;
  SharedSimulation<M> shared_;
  std::deque<SimulationWorker<M>> workers_;
  Stop stop_ = Stop::max_walks;
  std::string stop_detail_;
};

}  // namespace detail

/// Takes random walks through `model` and checks its properties on the way. It never explores all
/// states: a property is decided only by a counterexample or a witness, each of which was replayed,
/// and `unknown` otherwise.
///
/// Walk i is decided by `options.seed` and i alone. The first violation ends the simulation after
/// the round of walks in which it was found; the one reported is that of the lowest walk. Without
/// any limit, it goes on until every property is decided or the user interrupts it. `observer` is
/// called about once a second from a thread of its own, and once at the end.
///
/// Throws `UsageError` on options that cannot be met and on an unknown property; what the model
/// throws, other than `ModelBoundError`, comes through.
template <Model M>
[[nodiscard]] SimulationResult<M> simulate(const M& model, const SimulationOptions& options,
                                           const SimulationObserver& observer = {}) {
  return detail::Simulation<M>(model, options, observer).run();
}

}  // namespace everyway
