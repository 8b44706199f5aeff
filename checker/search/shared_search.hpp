#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "checker/search/findings.hpp"
#include "checker/search/fixed_table.hpp"
#include "checker/search/frontier.hpp"
#include "checker/search/memory.hpp"
#include "checker/search/options.hpp"
#include "checker/search/progress.hpp"
#include "checker/search/result.hpp"
#include "checker/search/symmetry.hpp"
#include "checker/search/worker_pool.hpp"

namespace everyway {

/// What one worker writes all the time lies so far from what others do: a pair of cache lines,
/// which processors fetch together.
inline constexpr std::size_t workers_apart = 128;

/// Counts of one worker: written by it alone, read by anyone at any time.
struct alignas(workers_apart) WorkerCounts {
  std::atomic<std::uint64_t> distinct{0};
  std::atomic<std::uint64_t> generated{0};
  std::atomic<std::uint64_t> expanded{0};
  std::atomic<std::uint32_t> deepest{0};  ///< states on the longest path so far
};

/// Why a search must end before its states do, said by whoever notices first.
class EarlyStop {
 public:
  [[nodiscard]] bool requested() const noexcept {
    return requested_.load(std::memory_order_relaxed);
  }
  void request(Stop stop, std::string detail) {
    const std::lock_guard lock(mutex_);
    if (requested_) return;
    stop_ = stop;
    detail_ = std::move(detail);
    requested_ = true;
  }
  /// An error that is not the model's size: thrown again by the thread that called the search.
  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    requested_ = true;
  }
  void rethrow() const {
    const std::lock_guard lock(mutex_);
    if (error_) std::rethrow_exception(error_);
  }
  /// Meaningful once requested. The flag alone orders nothing: the lock does.
  [[nodiscard]] Stop stop() const {
    const std::lock_guard lock(mutex_);
    return stop_;
  }
  [[nodiscard]] std::string detail() const {
    const std::lock_guard lock(mutex_);
    return detail_;
  }

 private:
  std::atomic<bool> requested_{false};
  mutable std::mutex mutex_;
  Stop stop_ = Stop::exhausted;
  std::string detail_;
  std::exception_ptr error_;
};

/// Hands out the room of the visited set in portions, so that workers count together without
/// sharing a counter per state, and lets it grow while none of them runs.
template <class VisitedSet>
class RoomKeeper {
 public:
  RoomKeeper(VisitedSet& visited, EarlyStop& stop, unsigned workers)
      : visited_(visited), stop_(stop), workers_(workers) {}

  [[nodiscard]] MeetingPoint& meeting() { return meeting_; }

  /// Makes sure that the worker may insert `count` states; false if the search must end instead.
  [[nodiscard]] bool ensure(std::uint64_t& portion, std::uint64_t count) {
    while (portion < count) {
      if (stop_.requested()) return false;
      const std::uint64_t wanted = count + portion_size;
      const std::uint64_t before = handed_out_.fetch_add(wanted, std::memory_order_relaxed);
      if (before + wanted <= visited_.room()) {
        portion += wanted;
        return true;
      }
      handed_out_.fetch_sub(wanted, std::memory_order_relaxed);
      meeting_.meet([&] { grow(wanted); });
    }
    return true;
  }

 private:
  static constexpr std::uint64_t portion_size = 1024;

  void grow(std::uint64_t wanted) {
    if (handed_out_.load() + wanted <= visited_.room()) return;  // an earlier meeting made room
    if (!visited_.grow(workers_)) {
      stop_.request(Stop::max_memory, "the visited set needs more memory than the limit allows");
    }
  }

  VisitedSet& visited_;
  EarlyStop& stop_;
  unsigned workers_;  // they all wait while the set grows, so it may use as many threads
  MeetingPoint meeting_;
  alignas(64) std::atomic<std::uint64_t> handed_out_{0};
};

/// The visited set that completed options ask for.
template <class VisitedSet>
[[nodiscard]] VisitedSet make_visited(MemoryBudget& budget, const SearchOptions& options) {
  if constexpr (VisitedSet::keeps_parents) {
    return VisitedSet(budget);
  } else {
    return VisitedSet(budget,
                      FixedTable{options.table_bytes, options.seed, options.bits_per_state});
  }
}

/// What all workers of one search share.
template <Model M, class VisitedSet>
struct SharedSearch {
  SharedSearch(const M& searched, const SearchOptions& options, MemoryBudget& budget,
               Frontier& states, unsigned worker_count)
      : model(searched),
        visited(make_visited<VisitedSet>(budget, options)),
        room(visited, stop, worker_count),
        frontier(states),
        counts(worker_count) {}

  const M& model;
  std::optional<Symmetry<StateOf<M>>> symmetry;  ///< in force, if there is one
  VisitedSet visited;
  EarlyStop stop;
  RoomKeeper<VisitedSet> room;
  Frontier& frontier;
  /// Whether an entry of the frontier starts with the id of its state; otherwise that is the
  /// state's fingerprint.
  bool entries_have_ids = true;
  Watch<M> watch;
  Reduction reduction = Reduction::none;
  std::vector<WorkerCounts> counts;
};

}  // namespace everyway
