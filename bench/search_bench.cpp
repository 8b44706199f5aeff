// Whole searches. Figures in docs/PERFORMANCE.md come from here; seconds on a shared machine vary,
// so compare ratios within one run.
#include <benchmark/benchmark.h>

#include "checker/search/search.hpp"
#include "models/raft.hpp"
#include "models/two_phase_tla.hpp"

namespace everyway {
namespace {

void report(benchmark::State& bench, std::uint64_t distinct, std::uint64_t generated,
            std::size_t visited_bytes) {
  using benchmark::Counter;
  const auto iterations = static_cast<double>(bench.iterations());
  bench.counters["distinct"] = static_cast<double>(distinct);
  bench.counters["states_per_second"] =
      Counter(static_cast<double>(distinct) * iterations, Counter::kIsRate);
  bench.counters["transitions_per_second"] =
      Counter(static_cast<double>(generated) * iterations, Counter::kIsRate);
  bench.counters["bytes_per_state"] =
      static_cast<double>(visited_bytes) / static_cast<double>(distinct);
}

// The twin of TwoPhase.tla: 9 managers have 10,340,352 states (2^n + 4^n + 6^n).
void two_phase_commit_twin(benchmark::State& bench) {
  two_phase_tla::Options options;
  options.managers = static_cast<int>(bench.range(0));
  SearchOptions how;
  how.workers = static_cast<unsigned>(bench.range(1));
  for (auto _ : bench) {
    two_phase_tla::Family::with_model(options, "", [&](const auto& model) {
      const auto result = search(model, how);
      report(bench, result.distinct, result.generated, result.visited_bytes);
    });
  }
}
BENCHMARK(two_phase_commit_twin)
    ->ArgNames({"managers", "workers"})
    ->Args({7, 1})
    ->Args({9, 1})
    ->Args({9, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// Raft on Cluster: 3 servers, a crash with restart and a lost message; 13,321,986 states.
void raft_on_cluster(benchmark::State& bench) {
  raft::Options options;
  options.drops = 1;
  SearchOptions how;
  how.workers = static_cast<unsigned>(bench.range(0));
  for (auto _ : bench) {
    raft::Family::with_model(options, "", [&](const auto& model) {
      const auto result = search(model, how);
      report(bench, result.distinct, result.generated, result.visited_bytes);
    });
  }
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
