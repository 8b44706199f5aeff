// Whole searches. Figures in docs/PERFORMANCE.md come from here; seconds on a shared machine vary,
// so compare ratios within one run.
#include <benchmark/benchmark.h>

#include "checker/search/search.hpp"
#include "models/raft.hpp"
#include "models/two_phase_tla.hpp"

namespace everyway {
namespace {

/// Searches until the time is up, and reports what one second and one state cost.
template <class Family>
void run_searches(benchmark::State& bench, const typename Family::Options& options,
                  unsigned workers) {
  using benchmark::Counter;
  SearchOptions how;
  how.workers = workers;
  double distinct = 0;
  double generated = 0;
  for (auto _ : bench) {
    Family::with_model(options, "", [&](const auto& model) {
      const auto result = search(model, how);
      distinct += static_cast<double>(result.distinct);
      generated += static_cast<double>(result.generated);
      bench.counters["bytes_per_state"] =
          static_cast<double>(result.visited_bytes) / static_cast<double>(result.distinct);
    });
  }
  bench.counters["states"] = Counter(distinct, Counter::kAvgIterations);
  bench.counters["states_per_second"] = Counter(distinct, Counter::kIsRate);
  bench.counters["transitions_per_second"] = Counter(generated, Counter::kIsRate);
}

// The twin of TwoPhase.tla: 9 managers have 10,340,352 states (2^n + 4^n + 6^n).
void two_phase_commit_twin(benchmark::State& bench) {
  two_phase_tla::Options options;
  options.managers = static_cast<int>(bench.range(0));
  run_searches<two_phase_tla::Family>(bench, options, static_cast<unsigned>(bench.range(1)));
}
BENCHMARK(two_phase_commit_twin)
    ->ArgNames({"managers", "workers"})
    ->Args({7, 1})
    ->Args({9, 1})
    ->Args({9, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// Raft on Cluster: 3 servers, a crash with restart and a lost message; 15,260,462 states.
void raft_on_cluster(benchmark::State& bench) {
  raft::Options options;
  options.drops = 1;
  run_searches<raft::Family>(bench, options, static_cast<unsigned>(bench.range(0)));
}
BENCHMARK(raft_on_cluster)
    ->ArgName("workers")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace everyway
