#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/search/bitstate_set.hpp"
#include "checker/search/outcomes.hpp"
#include "checker/search/swarm_plan.hpp"
#include "checker/search/without_parents.hpp"
#include "checker/search/worker_pool.hpp"

namespace everyway::detail {

/// Many small bitstate searches that differ, instead of one large one (`SearchOptions::swarm`).
/// Each is deterministic; with one worker so is the whole. The first violation ends them all,
/// unless they are to keep going.
template <Model M>
class Swarm {
 public:
  Swarm(const M& model, const SearchOptions& options, const ProgressObserver& observer)
      : model_(model), options_(completed(options)), observer_(observer) {
    results_.resize(options_.swarm);
  }

  SearchResult<M> run() {
    WorkerPool pool(std::min(options_.workers, options_.swarm));
    pool.run([this](unsigned) { work(); });
    if (error_) std::rethrow_exception(error_);
    SearchResult<M> all = merged();
    all.workers = pool.size();
    return all;
  }

 private:
  using Clock = std::chrono::steady_clock;

  void work() {
    try {
      while (!is_over()) {
        const unsigned member = next_.fetch_add(1);
        if (member >= options_.swarm) return;
        run_member(member);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      cancelled_ = true;
    }
  }

  [[nodiscard]] bool is_over() const {
    return cancelled_ || interrupt_requested() ||
           (options_.max_seconds > 0 && seconds() >= options_.max_seconds);
  }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
  }

  void run_member(unsigned member) {
    SwarmPlan plan = swarm_plan(options_, member);
    if (options_.max_seconds > 0) {
      constexpr double least = 0.001;
      plan.options.max_seconds = std::max(least, options_.max_seconds - seconds());
    }
    ProgressObserver observer;
    if (observer_) {
      observer = [this, member](const Progress& progress) { report(member, progress); };
    }
    SearchResult<M> result = search_without_parents<BitstateSet>(model_, plan.options, observer,
                                                                 {true, &cancelled_}, plan.order);
    SwarmMember about{plan.options.seed,
                      plan.options.strategy,
                      plan.options.max_depth,
                      result.distinct,
                      result.generated,
                      *result.coverage,
                      std::string(enum_name(result.stop))};
    const bool violated = result.verdict == Verdict::violated && !options_.keep_going;
    if (violated || result.stop == Stop::decided) cancelled_ = true;
    const std::lock_guard lock(mutex_);
    running_.erase(member);
    ended_.distinct += result.distinct;
    ended_.generated += result.generated;
    ended_.depth = std::max(ended_.depth, result.depth);
    result.swarm.push_back(std::move(about));
    results_[member] = std::move(result);
  }

  /// The sum over the members that ran and run; their own reports come one at a time.
  void report(unsigned member, const Progress& progress) {
    const std::lock_guard lock(mutex_);
    running_[member] = progress;
    Progress all = ended_;
    for (const auto& [number, each] : running_) {
      all.distinct += each.distinct;
      all.generated += each.generated;
      all.queued += each.queued;
      all.memory_bytes += each.memory_bytes;
      all.depth = std::max(all.depth, each.depth);
      all.rebuilding = all.rebuilding || each.rebuilding;
    }
    all.seconds = seconds();
    observer_(all);
  }

  [[nodiscard]] SearchResult<M> merged() {
    SearchResult<M> all;
    bool first = true;
    for (std::optional<SearchResult<M>>& result : results_) {
      if (!result) continue;
      if (std::exchange(first, false)) {
        all = std::move(*result);
      } else {
        merge(all, *result);
      }
    }
    if (first) all = nothing_ran();
    all.verdict = overall_verdict(all.properties, false);  // known is but what has a trace
    const bool decided = all.stop == Stop::violation || all.stop == Stop::decided;
    if (!decided && next_ < options_.swarm) put_early_end(all);
    all.coverage.reset();
    all.seconds = seconds();
    return all;
  }

  /// The limits left no time for even one: a search that ends at once says so.
  [[nodiscard]] SearchResult<M> nothing_ran() {
    SwarmPlan plan = swarm_plan(options_, 0);
    plan.options.max_states = 1;
    return search_without_parents<BitstateSet>(model_, plan.options, {});
  }

  /// Which of two reasons to end says more about the whole.
  [[nodiscard]] static int weight_of(Stop stop) {
    if (stop == Stop::violation) return 4;
    if (stop == Stop::decided) return 3;
    if (stop == Stop::omissions) return 0;
    return stop == Stop::max_depth ? 1 : 2;
  }

  static void merge(SearchResult<M>& all, SearchResult<M>& result) {
    all.distinct = std::max(all.distinct, result.distinct);
    all.generated += result.generated;
    all.depth = std::max(all.depth, result.depth);
    all.visited_bytes = std::max(all.visited_bytes, result.visited_bytes);
    all.peak_memory_bytes = std::max(all.peak_memory_bytes, result.peak_memory_bytes);
    all.swarm.push_back(std::move(result.swarm.front()));
    for (std::size_t i = 0; i < all.actions.size(); ++i) {
      all.actions[i].taken += result.actions[i].taken;
    }
    if (weight_of(result.stop) > weight_of(all.stop)) {
      all.stop = result.stop;
      all.stop_detail = std::move(result.stop_detail);
    }
    for (std::size_t i = 0; i < all.properties.size(); ++i) {
      PropertyOutcome<M>& best = all.properties[i];
      PropertyOutcome<M>& other = result.properties[i];
      const bool better =
          other.trace && (!best.trace || other.trace->actions.size() < best.trace->actions.size());
      if (better) best = std::move(other);
    }
  }

  void put_early_end(SearchResult<M>& all) const {
    if (all.stop == Stop::max_seconds || all.stop == Stop::interrupted) return;
    all.stop = interrupt_requested() ? Stop::interrupted : Stop::max_seconds;
    all.stop_detail = interrupt_requested() ? "interrupted"
                                            : fmt::format("the limit of {} seconds was reached",
                                                          options_.max_seconds);
  }

  const M& model_;
  const SearchOptions options_;
  const ProgressObserver& observer_;
  const Clock::time_point started_ = Clock::now();
  std::atomic<unsigned> next_{0};
  std::atomic<bool> cancelled_{false};
  std::mutex mutex_;
  std::vector<std::optional<SearchResult<M>>> results_;
  std::map<unsigned, Progress> running_;
  Progress ended_;  // sums over the members that are done
  std::exception_ptr error_;
};

}  // namespace everyway::detail
