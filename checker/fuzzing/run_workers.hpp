#pragma once

#include <atomic>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "checker/fuzzing/abstract_states.hpp"
#include "checker/fuzzing/campaign_place.hpp"
#include "checker/fuzzing/fuzz_workers.hpp"
#include "checker/fuzzing/worker_log.hpp"
#include "checker/schedule/abstraction.hpp"
#include "checker/schedule/pct.hpp"
#include "checker/schedule/pos.hpp"
#include "checker/schedule/swarm.hpp"

namespace everyway {

/// Workers that are threads of this process, for strategies without feedback: run i of a seed is
/// the same whoever takes it.
template <Model M>
class RunWorkers final : public FuzzWorkers {
 public:
  /// All arguments must outlive the workers. `heading` names model, parameters and mutant.
  RunWorkers(const M& model, const FuzzOptions& options, const CampaignPlace& place,
             AbstractStates& states, const TraceFile& heading)
      : model_(model), options_(options), states_(states) {
    const TestOptions tests{options.depth, options.properties, options.check_deadlock};
    for (unsigned number = 1; number <= options.workers; ++number) {
      workers_.emplace_back(model, tests, heading, place.inbox(), number);
    }
  }
  RunWorkers(const RunWorkers&) = delete;
  RunWorkers& operator=(const RunWorkers&) = delete;
  ~RunWorkers() override { stop(); }

  void start() override {
    for (Worker& worker : workers_) {
      ++running_;
      worker.thread = std::thread([this, &worker] { work(worker); });
    }
  }
  unsigned tend() override {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
    return running_.load();
  }
  void stop() override {
    stopping_ = true;
    for (Worker& worker : workers_) {
      if (worker.thread.joinable()) worker.thread.join();
    }
  }
  [[nodiscard]] FuzzCounts counts() const override {
    FuzzCounts counts;
    for (const Worker& worker : workers_) counts.add(worker.figures);
    return counts;
  }

 private:
  struct Worker {
    Worker(const M& model, const TestOptions& tests, const TraceFile& heading,
           const std::string& inbox, unsigned number)
        : tester(model, tests), log(figures, heading, inbox, number, CLOCK_THREAD_CPUTIME_ID) {}

    WorkerFigures figures;
    ScheduleTester<M> tester;
    WorkerLog log;
    std::thread thread;
  };

  void work(Worker& worker) {
    try {
      while (!stopping_.load(std::memory_order_relaxed)) {
        const std::uint64_t run = next_run_.fetch_add(1, std::memory_order_relaxed);
        if (options_.max_executions != 0 && run > options_.max_executions) break;
        take(worker, run);
      }
      worker.log.note_time();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
    --running_;
  }

  void take(Worker& worker, std::uint64_t run) {
    switch (options_.strategy) {
      case FuzzStrategy::swarm: {
        SwarmScheduler<M> scheduler(model_, options_.seed, run);
        return take(worker, scheduler);
      }
      case FuzzStrategy::pct: {
        // The scheduler is to find what four ordering constraints suffice to show.
        constexpr unsigned bug_depth = 4;
        PctScheduler<M> scheduler(model_, bug_depth, options_.depth, options_.seed, run);
        return take(worker, scheduler);
      }
      case FuzzStrategy::pos: {
        PosScheduler<M> scheduler(model_, options_.seed, run);
        return take(worker, scheduler);
      }
      case FuzzStrategy::libfuzzer:
      case FuzzStrategy::random:
        break;
    }
    RandomChooser chooser(options_.seed, run);
    ChooserScheduler<M, RandomChooser> scheduler(chooser);
    take(worker, scheduler);
  }
  template <Scheduler<M> S>
  void take(Worker& worker, S& scheduler) {
    const auto& outcome = worker.tester.run(scheduler, [this](const StateOf<M>& state) {
      states_.insert(abstract_hash(model_, state));
    });
    worker.log.add(outcome, Earned::chance);
  }

  const M& model_;
  const FuzzOptions& options_;
  AbstractStates& states_;
  std::deque<Worker> workers_;  // a deque: they cannot move
  std::atomic<bool> stopping_{false};
  std::atomic<unsigned> running_{0};
  std::atomic<std::uint64_t> next_run_{1};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace everyway
