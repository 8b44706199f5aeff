#pragma once

#include <cstdint>
#include <vector>

#include "checker/fuzzing/finding_store.hpp"
#include "checker/fuzzing/worker_figures.hpp"

namespace everyway {

/// What the workers of a session have done so far, together.
struct FuzzCounts {
  std::uint64_t executions = 0;
  std::uint64_t steps = 0;
  std::uint64_t violating = 0;
  std::uint64_t bounded = 0;
  std::uint64_t restarts = 0;
  double processor_seconds = 0;

  void add(const WorkerFigures& worker) noexcept {
    executions += worker.executions.load(std::memory_order_relaxed);
    steps += worker.steps.load(std::memory_order_relaxed);
    violating += worker.violating.load(std::memory_order_relaxed);
    bounded += worker.bounded.load(std::memory_order_relaxed);
    processor_seconds +=
        1e-9 * static_cast<double>(worker.processor_nanoseconds.load(std::memory_order_relaxed));
  }
};

/// Those who test the schedules of a session, threads or processes. What they find goes to the
/// inbox, the abstract states that they reach to the set that all share.
class FuzzWorkers {
 public:
  virtual ~FuzzWorkers() = default;

  virtual void start() = 0;
  /// Called again and again while the session lasts: sees to it that they go on. Returns how many
  /// do; none once each has done its share. Throws what ended a worker for good.
  virtual unsigned tend() = 0;
  /// Ends them, and waits for that.
  virtual void stop() = 0;
  [[nodiscard]] virtual FuzzCounts counts() const = 0;
  /// How the target failed since the last call.
  [[nodiscard]] virtual std::vector<TargetCrash> take_crashes() { return {}; }
  /// Reduces the corpus to what reaches all that it reaches; for workers that have one. Only while
  /// they are stopped.
  virtual void minimise_corpus() {}
};

}  // namespace everyway
