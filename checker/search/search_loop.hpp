#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <deque>
#include <map>
#include <memory>

#include "checker/model/parameter.hpp"
#include "checker/search/expander.hpp"
#include "checker/search/halving.hpp"
#include "checker/search/options.hpp"
#include "checker/search/outcomes.hpp"
#include "checker/search/path.hpp"
#include "checker/search/path_stack.hpp"
#include "checker/search/rebuild_options.hpp"
#include "checker/search/run_clock.hpp"
#include "checker/search/symmetry_check.hpp"
#include "checker/search/ticker.hpp"
#include "checker/trace/replay.hpp"

namespace everyway {

namespace detail {

/// The one search loop. Frontier and visited set are plugged in; what differs between
/// breadth-first, depth-first, bounded and parallel search is theirs. With a visited set that keeps
/// no parents (a `MarkedSet`), the model is a `ModelView`, and the loop also serves to find again
/// what it found.
template <Model M, class VisitedSet>
class Search {
 public:
  Search(const M& model, const SearchOptions& options, const ProgressObserver& observer,
         const SearchControl& control = {})
      : options_(completed(options)),
        observer_(observer),
        control_(control),
        budget_(options_.max_memory_bytes),
        pool_(options_.workers),
        frontier_(make_frontier()),
        shared_(model, options_, budget_, *frontier_, pool_.size()) {
    watch_properties(shared_.model, options_.properties, options_.check_deadlock, shared_.watch);
    if (options_.symmetry) reduce_by_symmetry();
    if (options_.reduction != Reduction::none) reduce();
    for (unsigned worker = 0; worker < pool_.size(); ++worker) {
      expanders_.emplace_back(shared_, worker);
    }
  }

  SearchResult<M> run() {
    explore_and_watch();
    return result();
  }

  /// For a search that serves another: explores, and returns what it found about its first
  /// property. Throws `RebuildStopped` if it was cut short before it knew. Ids are marks of the
  /// states at `marked_depth`.
  std::optional<Finding<M>> find(std::uint32_t marked_depth) {
    shared_.visited.mark_at(marked_depth);
    explore_and_watch();
    const std::optional<Finding<M>>& finding = shared_.watch.all().front().finding();
    if (finding || stop_ == Stop::exhausted || stop_ == Stop::max_depth ||
        stop_ == Stop::omissions) {
      return finding;
    }
    throw RebuildStopped(stop_detail_, stop_ == Stop::max_memory);
  }

 private:
  void explore_and_watch() {
    {
      const Ticker ticker(std::chrono::milliseconds(100), [this] { tick(); });
      explore();
    }
    shared_.stop.rethrow();
    if (observer_) observer_(progress());
  }

  std::unique_ptr<Frontier> make_frontier() {
    if (options_.strategy == Strategy::bfs) {
      return std::make_unique<LevelFrontier>(budget_, pool_.size());
    }
    if constexpr (VisitedSet::keeps_parents) {
      return std::make_unique<StackFrontier>(budget_);
    } else {
      auto stack = std::make_unique<PathStack>(budget_, options_.max_depth);
      path_stack_ = stack.get();
      return stack;
    }
  }

  void reduce_by_symmetry() {
    if constexpr (SymmetricModel<M>) {
      if (const auto wrong = asymmetry(shared_.model)) {
        throw UsageError("symmetry: the model says that names do not matter, but " + *wrong);
      }
      shared_.symmetry.emplace(shared_.model.interchangeable());
    } else {
      throw UsageError("symmetry: this model does not say which of its names do not matter");
    }
  }

  /// Throws `UsageError` where a reduced search would not decide what it is asked.
  void reduce() {
    if (!ModelWithIndependence<M>) {
      throw UsageError(
          "reduction (sleep) goes with models that tell which actions commute: this one does not");
    }
    for (const auto* watched : shared_.watch.steps()) {
      throw UsageError(fmt::format(
          "reduction (sleep) leaves out steps, and '{}' is about every step (always_step): name "
          "the other properties (--property, as often as needed), or do without reduction",
          watched->property().name));
    }
    shared_.reduction = options_.reduction;
  }

  void explore() {
    shared_.room.meeting().open(1);
    expanders_.front().start();
    settle();
    for (std::uint32_t round = 0; !shared_.stop.requested() && frontier_->begin_round(); ++round) {
      if (must_end(round)) return;
      run_round();
      settle();
    }
    end_without_more_states();
  }

  void end_without_more_states() {
    if (options_.storage == Storage::bitstate) {
      end(Stop::omissions, "bitstate storage may have taken new states for known ones");
    }
    if (path_stack_ != nullptr && path_stack_->cut()) end_at_depth();
    if (shared_.stop.requested()) end(shared_.stop.stop(), shared_.stop.detail());
    if (shared_.watch.violated() && !options_.keep_going) end(Stop::violation, "");
  }
  bool end_at_depth() {
    return end(Stop::max_depth, fmt::format("states at {} actions from the start were not expanded",
                                            options_.max_depth));
  }

  /// Between rounds. Depth-first, the path to what the round found is known now, and not later.
  void settle() {
    if (!shared_.watch.settle_news() || path_stack_ == nullptr) return;
    for (const WatchedProperty<M>& watched : shared_.watch.all()) {
      if (!watched.finding() || paths_.contains(&watched)) continue;
      std::vector<StateId> path = path_stack_->path();
      // To the state that was expanded, or to one of its successors.
      path.resize(std::min<std::size_t>(path.size(), watched.finding()->depth));
      path.push_back(watched.finding()->state);
      paths_.emplace(&watched, std::move(path));
    }
  }

  /// Between rounds, with states left to expand: whether a limit or the properties end the search.
  bool must_end(std::uint32_t round) {
    if (shared_.watch.violated() && !options_.keep_going) {
      return end(Stop::violation, "");
    }
    if (shared_.watch.all_settled()) return end(Stop::decided, "every property is decided");
    const bool by_levels = options_.strategy == Strategy::bfs;
    if (by_levels && options_.max_depth != 0 && round == options_.max_depth) return end_at_depth();
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
    const bool cancelled =
        control_.cancelled != nullptr && control_.cancelled->load(std::memory_order_relaxed);
    const bool interrupted = cancelled || (control_.heeds_interrupts && interrupt_requested());
    clock_.tick(shared_.stop, interrupted, options_.max_seconds, [this] {
      if (observer_) observer_(progress());
    });
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
            clock_.seconds()};
  }

  SearchResult<M> result() {
    SearchResult<M> result;
    result.distinct = distinct();
    result.generated = sum(&WorkerCounts::generated);
    for (const auto& expander : expanders_) result.skipped += expander.skipped();
    result.depth = depth();
    result.workers = pool_.size();
    result.visited_bytes = shared_.visited.bytes();
    put_odds(result);
    if constexpr (!VisitedSet::keeps_parents) begin_rebuilding();
    for (const WatchedProperty<M>& watched : shared_.watch.all()) {
      result.properties.push_back(outcome(watched));
    }
    result.stop = stop_;
    result.stop_detail = stop_detail_;
    result.verdict = overall_verdict<M>(result.properties, stop_ == Stop::exhausted);
    result.actions = action_counts(shared_.model, expanders_);
    result.peak_memory_bytes = peak_resident_memory();
    result.seconds = clock_.seconds();
    return result;
  }

  /// How surely the visited set told states apart.
  void put_odds(SearchResult<M>& result) const {
    if constexpr (requires { shared_.visited.coverage(); }) {
      result.coverage = shared_.visited.coverage();
      return;
    }
    if (options_.storage == Storage::exact) return;
    result.fingerprint_bits = 64;
    if constexpr (requires { shared_.visited.fingerprint_bits(); }) {
      result.fingerprint_bits = shared_.visited.fingerprint_bits();
    }
    // TLC's estimate goes by how often a known state was looked up. What a reduction leaves out
    // makes collisions no rarer: no fewer than all pairs of distinct states count then.
    auto known = static_cast<double>(result.generated - result.distinct);
    if (options_.reduction != Reduction::none) {
      known = std::max(known, static_cast<double>(result.distinct) / 2);
    }
    result.collision_probability = std::min(
        1.0, static_cast<double>(result.distinct) * known * std::exp2(-result.fingerprint_bits));
  }

  [[nodiscard]] PropertyOutcome<M> outcome(const WatchedProperty<M>& watched) {
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
    if constexpr (VisitedSet::keeps_parents) {
      outcome.trace = rebuild_trace(shared_.model, shared_.visited, shared_.symmetry, property,
                                    *watched.finding());
    } else {
      try {
        outcome.trace = find_trace(watched);
      } catch (const RebuildStopped& stopped) {
        // Without its run, a finding is no more than a fingerprint: nobody could check it.
        end(stop_ == Stop::exhausted || stop_ == Stop::violation ? Stop::interrupted : stop_,
            fmt::format("a search for the run to a finding about {} ended early: {}", property.name,
                        stopped.what()));
        return outcome;
      }
    }
    outcome.verdict = is_witness ? Verdict::holds : Verdict::violated;
    if (is_witness) {
      // A run was found by fingerprints: whether it ends in a witness is for its states to say.
      confirm_witness(shared_.model, property, *outcome.trace);
    } else {
      outcome.why = refutation(shared_.model, property, *outcome.trace);
    }
    return outcome;
  }

  /// From here on, searches for the runs to what was found need the memory.
  void begin_rebuilding() {
    found_ = distinct();
    control_.heeds_interrupts = control_.heeds_interrupts && !interrupt_requested();
    frontier_.reset();
    path_stack_ = nullptr;
    shared_.visited.release();
  }

  /// The run to a finding, without parents to follow.
  [[nodiscard]] Trace<M> find_trace(const WatchedProperty<M>& watched) {
    const Finding<M>& finding = *watched.finding();
    if (finding.outside_initial) return {*finding.outside_initial, {}};
    std::optional<Trace<M>> trace;
    if (const auto path = paths_.find(&watched); path != paths_.end()) {
      trace = trace_along(shared_.model, path->second, [this](StateId id, const StateOf<M>& state) {
        return shared_.visited.matches(id, state);
      });
    } else {
      const auto search_again = [this](const auto&... errand) { return find_again(errand...); };
      const Halving<M, decltype(search_again)> halving(shared_.model, search_again);
      trace = halving.trace_to(finding.rank, finding.depth);
    }
    if (!trace) throw std::logic_error("the path of a depth-first search does not replay");
    if (finding.last_action) trace->actions.push_back(*finding.last_action);
    return *std::move(trace);
  }

  /// Finds a state again that is known to be there (see `Halving`). A state can hide behind one
  /// that shares its fingerprint; other hash functions then show it.
  [[nodiscard]] MetAgain find_again(const std::optional<StateOf<M>>& start, std::uint64_t target,
                                    std::uint32_t depth, std::uint32_t marked_depth) {
    constexpr unsigned attempts = 4;
    const M view = shared_.model.leading_to(target, start);
    const ProgressObserver observer = rebuild_observer();
    for (unsigned attempt = 0; attempt < attempts; ++attempt) {
      const Errand what{depth, start.has_value(), attempt, found_};
      Search errand(view, options_to_find_again(options_, what), observer, control_);
      try {
        const std::optional<Finding<M>> finding = errand.find(marked_depth);
        if (finding) return {finding->depth, finding->state};
      } catch (const RebuildStopped& stopped) {
        // The first attempt had a smaller table.
        if (!stopped.lacked_memory() || attempt != 0) throw;
      }
    }
    throw std::logic_error(
        "a state that was found is not found again: the model's init or next is not deterministic");
  }

  [[nodiscard]] ProgressObserver rebuild_observer() const {
    if (!observer_) return {};
    return [this](Progress progress) {
      progress.rebuilding = true;
      progress.seconds = clock_.seconds();
      observer_(progress);
    };
  }

  const SearchOptions options_;
  const ProgressObserver& observer_;
  SearchControl control_;
  RunClock clock_;
  MemoryBudget budget_;
  WorkerPool pool_;
  PathStack* path_stack_ = nullptr;  // the frontier, if it keeps a path
  std::unique_ptr<Frontier> frontier_;
  SharedSearch<M, VisitedSet> shared_;
  std::deque<Expander<M, VisitedSet>> expanders_;
  Stop stop_ = Stop::exhausted;
  std::string stop_detail_;
  std::map<const WatchedProperty<M>*, std::vector<StateId>> paths_;  // depth-first without parents
  std::uint64_t found_ = 0;                                          // distinct states
};

}  // namespace detail

}  // namespace everyway
