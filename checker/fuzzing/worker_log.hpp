#pragma once

#include <ctime>
#include <string>
#include <utility>

#include "checker/fuzzing/inbox.hpp"
#include "checker/fuzzing/worker_figures.hpp"
#include "checker/schedule/tester.hpp"

namespace everyway {

/// Processor time in nanoseconds: of this thread (`CLOCK_THREAD_CPUTIME_ID`), or of the process.
[[nodiscard]] inline std::uint64_t processor_nanoseconds(clockid_t clock) noexcept {
  struct timespec used {};
  ::clock_gettime(clock, &used);
  return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(used.tv_nsec);
}

/// What a trace file says before the run itself.
[[nodiscard]] inline TraceFile heading_of_trace(std::string model, ParameterValues parameters,
                                                std::string mutant) {
  TraceFile heading;
  heading.model = std::move(model);
  heading.parameters = std::move(parameters);
  heading.mutant = std::move(mutant);
  return heading;
}

/// The trace file of a run that violated a property. `heading` names model, parameters and mutant.
template <Model M>
[[nodiscard]] TraceFile trace_of_violation(const TraceFile& heading,
                                           const TestOutcome<M>& outcome) {
  TraceFile file = heading;
  file.property = outcome.violation->property;
  file.kind = outcome.violation->kind;
  file.verdict = Verdict::violated;
  file.why = outcome.violation->why;
  put_trace(outcome.trace, file);
  return file;
}

/// One worker's side of a campaign: counts what it tests, and leaves violations in the inbox.
class WorkerLog {
 public:
  /// `figures` must outlive the log.
  WorkerLog(WorkerFigures& figures, TraceFile heading, const std::string& inbox, unsigned worker,
            clockid_t clock)
      : figures_(figures),
        heading_(std::move(heading)),
        inbox_(inbox, worker),
        worker_(worker),
        clock_(clock) {}

  /// After each run. `earned`: to what a violation is owed.
  template <Model M>
  void add(const TestOutcome<M>& outcome, Earned earned) {
    WorkerFigures::add(figures_.executions, 1);
    WorkerFigures::add(figures_.steps, outcome.trace.actions.size());
    if (outcome.model_bound) WorkerFigures::add(figures_.bounded, 1);
    if (outcome.violation) violated(outcome, earned);
    constexpr std::uint64_t between_clocks = 256;
    if (figures_.executions.load(std::memory_order_relaxed) % between_clocks == 0) note_time();
  }
  void note_time() noexcept {
    figures_.processor_nanoseconds.store(earlier_ + processor_nanoseconds(clock_),
                                         std::memory_order_relaxed);
  }

 private:
  template <Model M>
  [[gnu::noinline]] void violated(const TestOutcome<M>& outcome, Earned earned) {
    WorkerFigures::add(figures_.violating, 1);
    if (!inbox_.wants(outcome.violation->property, outcome.violation->why)) return;
    note_time();
    inbox_.put(
        {trace_of_violation(heading_, outcome), worker_,
         figures_.executions.load(std::memory_order_relaxed),
         1e-9 * static_cast<double>(figures_.processor_nanoseconds.load(std::memory_order_relaxed)),
         earned});
  }

  WorkerFigures& figures_;
  TraceFile heading_;
  InboxWriter inbox_;
  unsigned worker_;
  clockid_t clock_;
  /// Of the processes that this worker was before.
  std::uint64_t earlier_ = figures_.processor_nanoseconds.load(std::memory_order_relaxed);
};

}  // namespace everyway
