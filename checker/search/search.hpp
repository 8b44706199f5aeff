#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <deque>
#include <memory>

#include "checker/search/exact_set.hpp"
#include "checker/search/expander.hpp"
#include "checker/search/options.hpp"
#include "checker/search/outcomes.hpp"
#include "checker/search/path.hpp"
#include "checker/search/symmetry_check.hpp"
#include "checker/search/ticker.hpp"

namespace everyway {

namespace detail {

/// The one search loop. Frontier and visited set are plugged in; what differs between
/// breadth-first, depth-first, bounded and parallel search is theirs.
template <Model M, class VisitedSet>
class Search {
 public:
  Search(const M& model, const SearchOptions& options, const ProgressObserver& observer)
      : options_(completed(options)),
        observer_(observer),
        budget_(options_.max_memory_bytes),
        pool_(options_.workers),
        frontier_(make_frontier()),
        shared_(model, budget_, *frontier_, pool_.size()) {
    watch_properties(shared_.model, options_.property, options_.check_deadlock, shared_.watch);
    if (options_.symmetry) reduce_by_symmetry();
    for (unsigned worker = 0; worker < pool_.size(); ++worker) {
      expanders_.emplace_back(shared_, worker);
    }
  }

  SearchResult<M> run() {
    {
      const Ticker ticker(std::chrono::milliseconds(100), [this] { tick(); });
      explore();
    }
    shared_.stop.rethrow();
    if (observer_) observer_(progress());
    return result();
  }

 private:
  using Clock = std::chrono::steady_clock;

  std::unique_ptr<Frontier> make_frontier() {
    if (options_.strategy == Strategy::dfs) return std::make_unique<StackFrontier>(budget_);
    return std::make_unique<LevelFrontier>(budget_, pool_.size());
  }

  void reduce_by_symmetry() {
    if constexpr (SymmetricModel<M>) {
      const Interchangeable names = shared_.model.interchangeable();
      if (names.nodes.size() > 1 || names.values > 1) {
        if (const auto wrong = asymmetry(shared_.model)) {
          throw UsageError("symmetry: the model says that names do not matter, but " + *wrong);
        }
        shared_.symmetry.emplace(names);
        return;
      }
    }
    throw UsageError("symmetry: this model has no two nodes or values that are interchangeable");
  }

  void explore() {
    shared_.room.meeting().open(1);
    expanders_.front().start();
    shared_.watch.settle_news();
    for (std::uint32_t round = 0; !shared_.stop.requested() && frontier_->begin_round(); ++round) {
      if (must_end(round)) return;
      run_round();
      shared_.watch.settle_news();
    }
    if (shared_.stop.requested()) end(shared_.stop.stop(), shared_.stop.detail());
    if (shared_.watch.violated() && !options_.keep_going) end(Stop::violation, "");
  }

  /// Between rounds, with states left to expand: whether a limit or the properties end the search.
  bool must_end(std::uint32_t round) {
    if (shared_.watch.violated() && !options_.keep_going) {
      return end(Stop::violation, "");
    }
    if (shared_.watch.all_settled()) return end(Stop::decided, "every property is decided");
    if (options_.max_depth != 0 && round == options_.max_depth) {
      return end(
          Stop::max_depth,
          fmt::format("states at {} actions from the start were not expanded", options_.max_depth));
    }
    if (options_.max_states != 0 && distinct() >= options_.max_states) {
      return end(Stop::max_states,
                 fmt::format("the limit of {} distinct states was reached", options_.max_states));
    }
    return false;
  }
  bool end(Stop stop, std::string detail) {
    stop_ = stop;
    stop_detail_ = std::move(detail);
    return true;
  }

  void run_round() {
    const unsigned workers = frontier_->blocks_in_round() > 1 ? pool_.size() : 1;
    shared_.room.meeting().open(workers);
    const auto work = [this](unsigned worker) {
      expanders_[worker].work();
      shared_.room.meeting().leave();
    };
    if (workers == 1) {
      work(0);
    } else {
      pool_.run(work);
    }
  }

  /// On a thread of its own, some times a second.
  void tick() {
    if (interrupt_requested()) shared_.stop.request(Stop::interrupted, "interrupted");
    if (options_.max_seconds > 0 && seconds() >= options_.max_seconds) {
      shared_.stop.request(Stop::max_seconds, fmt::format("the limit of {} seconds was reached",
                                                          options_.max_seconds));
    }
    constexpr double between_reports = 1.0;
    if (observer_ && seconds() - reported_at_ >= between_reports) {
      reported_at_ = seconds();
      observer_(progress());
    }
  }

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
  }
  template <class Counter>
  [[nodiscard]] std::uint64_t sum(Counter counter) const {
    std::uint64_t total = 0;
    for (const WorkerCounts& counts : shared_.counts) {
      total += (counts.*counter).load(std::memory_order_relaxed);
    }
    return total;
  }
  [[nodiscard]] std::uint64_t distinct() const { return sum(&WorkerCounts::distinct); }
  [[nodiscard]] std::uint32_t depth() const {
    std::uint32_t deepest = 0;
    for (const WorkerCounts& counts : shared_.counts) {
      deepest = std::max(deepest, counts.deepest.load(std::memory_order_relaxed));
    }
    return deepest;
  }
  [[nodiscard]] Progress progress() const {
    const std::uint64_t expanded = sum(&WorkerCounts::expanded);
    const std::uint64_t found = distinct();
    return {found,
            sum(&WorkerCounts::generated),
            found > expanded ? found - expanded : 0,
            depth(),
            budget_.used(),
            seconds()};
  }

  SearchResult<M> result() {
    SearchResult<M> result;
    result.stop = stop_;
    result.stop_detail = stop_detail_;
    result.distinct = distinct();
    result.generated = sum(&WorkerCounts::generated);
    result.depth = depth();
    result.workers = pool_.size();
    result.visited_bytes = shared_.visited.bytes();
    if (options_.storage == Storage::fingerprints) {
      const auto known = static_cast<double>(result.generated - result.distinct);
      result.collision_probability =
          std::min(1.0, std::ldexp(static_cast<double>(result.distinct) * known, -64));
    }
    for (const WatchedProperty<M>& watched : shared_.watch.all()) {
      result.properties.push_back(outcome(watched));
    }
    result.verdict = overall_verdict(result.properties, stop_ == Stop::exhausted);
    result.actions = action_counts(shared_.model, expanders_);
    result.peak_memory_bytes = peak_resident_memory();
    result.seconds = seconds();
    return result;
  }

  [[nodiscard]] PropertyOutcome<M> outcome(const WatchedProperty<M>& watched) const {
    const auto& property = watched.property();
    const bool exhausted = stop_ == Stop::exhausted;
    const bool is_witness = property.kind == PropertyKind::reachable;
    PropertyOutcome<M> outcome{property.name, property.meaning, property.kind, Verdict::unknown, "",
                               std::nullopt};
    if (!watched.finding()) {
      if (exhausted) outcome.verdict = is_witness ? Verdict::violated : Verdict::holds;
      if (exhausted && is_witness) outcome.why = "no reachable state is a witness";
      return outcome;
    }
    outcome.verdict = is_witness ? Verdict::holds : Verdict::violated;
    outcome.trace = rebuild_trace(shared_.model, shared_.visited, shared_.symmetry, property,
                                  *watched.finding());
    if (!is_witness) outcome.why = refutation(shared_.model, property, *outcome.trace);
    return outcome;
  }

  const SearchOptions options_;
  const ProgressObserver& observer_;
  const Clock::time_point started_ = Clock::now();
  double reported_at_ = 0;
  MemoryBudget budget_;
  WorkerPool pool_;
  std::unique_ptr<Frontier> frontier_;
  SharedSearch<M, VisitedSet> shared_;
  std::deque<Expander<M, VisitedSet>> expanders_;
  Stop stop_ = Stop::exhausted;
  std::string stop_detail_;
};

}  // namespace detail

/// Explores the states of `model` and decides its properties. `observer` is called about once a
/// second from a thread of its own, and once at the end.
///
/// Breadth-first, the first violation ends the search after the level in which it was found, so
/// that the counts and the counterexample's length, which is the shortest possible, are the same
/// for any number of workers. A search that ends early says so in `stop`, and what it did not
/// decide is `unknown`.
///
/// Throws `UsageError` on options that do not go together and on an unknown property; what the
/// model throws, other than `ModelBoundError`, comes through.
template <Model M>
[[nodiscard]] SearchResult<M> search(const M& model, const SearchOptions& options,
                                     const ProgressObserver& observer = {}) {
  if (options.storage == Storage::exact) {
    return detail::Search<M, ExactSet>(model, options, observer).run();
  }
  return detail::Search<M, FingerprintSet>(model, options, observer).run();
}

}  // namespace everyway
