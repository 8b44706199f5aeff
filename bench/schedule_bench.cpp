// Schedules a second: following them with feedback, changing them, and making new ones.
#include <benchmark/benchmark.h>

#include <array>
#include <vector>

#include "checker/schedule/abstraction.hpp"
#include "checker/schedule/follow.hpp"
#include "checker/schedule/mutate.hpp"
#include "checker/schedule/roam.hpp"
#include "checker/schedule/tester.hpp"
#include "models/raft.hpp"

namespace everyway::bench {
namespace {

constexpr std::uint64_t depth = 60;

/// Calls visit(model, tester) for Raft with three servers and default faults.
template <class Visit>
void with_raft(const Visit& visit) {
  raft::Family::with_model(raft::Options{}, "", [&]<class M>(const M& model) {
    TestOptions options;
    options.depth = depth;
    ScheduleTester<M> tester(model, options);
    visit(model, tester);
  });
}

template <Model M>
[[nodiscard]] std::vector<Schedule> random_schedules(const M& model, ScheduleTester<M>& tester) {
  std::vector<Schedule> schedules;
  for (std::uint64_t run = 1; run <= 1000; ++run) {
    UniformScheduler<M> scheduler(1, run);
    schedules.push_back(schedule_of(model, tester.run(scheduler).trace));
  }
  return schedules;
}

/// Follows encoded schedules, checks every property in every state, and feeds abstract states into
/// a table of counters: what a fuzzer does with each input.
void follow_schedules(benchmark::State& bench) {
  with_raft([&]<class M>(const M& model, ScheduleTester<M>& tester) {
    std::vector<std::vector<std::uint8_t>> inputs;
    for (const Schedule& schedule : random_schedules(model, tester)) {
      inputs.push_back(encode(schedule));
    }
    static std::array<std::uint8_t, std::size_t{1} << 15U> counters;
    std::size_t next = 0;
    for (auto _ : bench) {
      const Schedule schedule = decode(inputs[next++ % inputs.size()]);
      ScheduleFollower<M> follower(schedule);
      tester.run(follower, [&](const StateOf<M>& state) {
        ++counters[abstract_hash(model, state) % counters.size()];
      });
      benchmark::ClobberMemory();
    }
  });
  bench.SetItemsProcessed(bench.iterations());
}
BENCHMARK(follow_schedules);

void mutate_and_follow_schedules(benchmark::State& bench) {
  with_raft([&]<class M>(const M& model, ScheduleTester<M>& tester) {
    const std::vector<Schedule> parents = random_schedules(model, tester);
    ScheduleMutator<M> mutator(model, depth);
    RandomChooser chooser(1, 1);
    for (auto _ : bench) {
      const Schedule schedule = mutator.mutate(parents[chooser.choose(parents.size())], chooser);
      ScheduleFollower<M> follower(schedule);
      benchmark::DoNotOptimize(&tester.run(follower));
    }
  });
  bench.SetItemsProcessed(bench.iterations());
}
BENCHMARK(mutate_and_follow_schedules);

/// make(model, run) makes the scheduler of a run.
template <class Make>
void schedule_runs(benchmark::State& bench, const Make& make) {
  with_raft([&]<class M>(const M& model, ScheduleTester<M>& tester) {
    std::uint64_t run = 0;
    for (auto _ : bench) {
      auto scheduler = make(model, ++run);
      benchmark::DoNotOptimize(&tester.run(scheduler));
    }
  });
  bench.SetItemsProcessed(bench.iterations());
}

void uniform_schedules(benchmark::State& bench) {
  schedule_runs(bench,
                []<class M>(const M&, std::uint64_t run) { return UniformScheduler<M>(1, run); });
}
BENCHMARK(uniform_schedules);

void swarm_schedules(benchmark::State& bench) {
  schedule_runs(bench, []<class M>(const M& model, std::uint64_t run) {
    return SwarmScheduler<M>(model, 1, run);
  });
}
BENCHMARK(swarm_schedules);

/// Argument: the depth of the bugs looked for.
void pct_schedules(benchmark::State& bench) {
  const auto bug_depth = static_cast<std::uint64_t>(bench.range(0));
  schedule_runs(bench, [&]<class M>(const M& model, std::uint64_t run) {
    return PctScheduler<M>(model, bug_depth, depth, 1, run);
  });
}
BENCHMARK(pct_schedules)->ArgName("depth")->Arg(3)->Arg(30);

void pos_schedules(benchmark::State& bench) {
  schedule_runs(bench, []<class M>(const M& model, std::uint64_t run) {
    return PosScheduler<M>(model, 1, run);
  });
}
BENCHMARK(pos_schedules);

}  // namespace
}  // namespace everyway::bench
