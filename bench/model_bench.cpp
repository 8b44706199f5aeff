// What a transition costs without the search: naming the enabled actions, copying the state, and
// running the effect.
#include <benchmark/benchmark.h>

#include "bench/sample_states.hpp"
#include "models/raft.hpp"
#include "models/two_phase_tla.hpp"

namespace everyway::bench {
namespace {

constexpr std::size_t sampled = 1024;  // states: they stay in the second cache

template <class Family>
void take_every_action(benchmark::State& bench, const typename Family::Options& options,
                       bool with_effects) {
  std::int64_t transitions = 0;
  Family::with_model(options, "", [&]<class M>(const M& model) {
    const auto states = sample_states(model, sampled);
    StateOf<M> successor;
    for (auto _ : bench) {
      for (const StateOf<M>& state : states) {
        model.next(state, [&](const ActionOf<M>& action, auto&& effect) {
          ++transitions;
          benchmark::DoNotOptimize(&action);
          if (!with_effects) return;
          copy_flat(successor, state);
          effect(successor);
          benchmark::DoNotOptimize(&successor);
          benchmark::ClobberMemory();
        });
      }
    }
  });
  bench.SetItemsProcessed(transitions);
  bench.counters["actions_a_state"] = benchmark::Counter(static_cast<double>(transitions) / sampled,
                                                         benchmark::Counter::kAvgIterations);
}

/// Argument: whether the effects run, too.
void two_phase_twin_actions(benchmark::State& bench) {
  two_phase_tla::Options options;
  options.managers = 9;
  take_every_action<two_phase_tla::Family>(bench, options, bench.range(0) != 0);
}
BENCHMARK(two_phase_twin_actions)->ArgName("effects")->Arg(0)->Arg(1);

void raft_actions(benchmark::State& bench) {
  raft::Options options;
  options.drops = 1;
  take_every_action<raft::Family>(bench, options, bench.range(0) != 0);
}
BENCHMARK(raft_actions)->ArgName("effects")->Arg(0)->Arg(1);

}  // namespace
}  // namespace everyway::bench
