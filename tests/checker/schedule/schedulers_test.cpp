// Schedulers keep the promises of the papers that they are from.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <set>

#include "checker/schedule/roam.hpp"
#include "checker/schedule/tester.hpp"
#include "tests/checker/schedule/threads.hpp"

namespace everyway::testing {
namespace {

static_assert(Scheduler<UniformScheduler<Threads>, Threads>);
static_assert(Scheduler<SwarmScheduler<Threads>, Threads>);
static_assert(Scheduler<PctScheduler<Threads>, Threads>);
static_assert(Scheduler<PosScheduler<Threads>, Threads>);
static_assert(Scheduler<CuriousScheduler<Threads>, Threads>);
static_assert(Scheduler<RoamingScheduler<Threads>, Threads>);

/// How many of `runs` runs find the bug.
template <class Make>
[[nodiscard]] int found_by(const Threads& threads, int runs, const Make& make) {
  ScheduleTester<Threads> tester(threads, {});
  int found = 0;
  for (int run = 1; run <= runs; ++run) {
    auto scheduler = make(static_cast<std::uint64_t>(run));
    found += tester.run(scheduler).violation ? 1 : 0;
  }
  return found;
}

/// Thread 2 is to begin right after the sixth of twelve steps of thread 1: two ordering
/// constraints.
TEST(PctScheduler, FindsABugOfDepthTwoAsOftenAsItsBoundSays) {
  const Threads threads{{std::vector<int>(12, 0), std::vector<int>(2, 0)}, 0, 6};
  constexpr int runs = 4000;
  const int found = found_by(threads, runs, [&](std::uint64_t run) {
    return PctScheduler<Threads>(threads, 2, 14, 7, run);
  });
  const double bound = pct_bound(2, 14, 2);
  EXPECT_DOUBLE_EQ(bound, 1.0 / 28);
  // The expected number is 143 at least; 100 is more than three standard deviations below.
  EXPECT_GE(found, 100);
  // Without a change of priorities, one thread ends before the other begins.
  EXPECT_EQ(
      found_by(threads, 1000,
               [&](std::uint64_t run) { return PctScheduler<Threads>(threads, 1, 14, 7, run); }),
      0);
  // A fair coin for each step finds it in one of 128.
  const int by_chance =
      found_by(threads, runs, [](std::uint64_t run) { return UniformScheduler<Threads>(7, run); });
  EXPECT_LT(by_chance, found / 2);
}

[[nodiscard]] std::set<std::string> all_partial_orders(const Threads& threads) {
  std::set<std::string> orders;
  const std::function<void(const ThreadState&)> visit = [&](const ThreadState& state) {
    bool ended = true;
    threads.next(state, [&](const ThreadAction&, auto&& effect) {
      ended = false;
      ThreadState after = state;
      effect(after);
      visit(after);
    });
    if (ended) orders.insert(threads.partial_order(state));
  };
  visit(ThreadState{});
  return orders;
}

TEST(PosScheduler, SamplesEveryPartialOrder) {
  const Threads threads{{{0, 1}, {1, 0}, {0, 2}}};
  const std::set<std::string> expected = all_partial_orders(threads);
  EXPECT_GT(expected.size(), 8U);
  ScheduleTester<Threads> tester(threads, {});
  std::set<std::string> sampled;
  for (std::uint64_t run = 1; run <= 2000; ++run) {
    PosScheduler<Threads> scheduler(threads, 3, run);
    ThreadState last;
    tester.run(scheduler, [&](const ThreadState& state) { last = state; });
    sampled.insert(threads.partial_order(last));
  }
  EXPECT_EQ(sampled, expected);
}

/// An event among many that race with nothing keeps its priority: it comes late about as often as
/// it would if all priorities were drawn at once, in one of n + 1 runs, not in one of 2^n.
TEST(PosScheduler, LetsWhatDoesNotRaceKeepItsPriority) {
  const Threads threads{{{0}, {1, 1, 1, 1, 1, 1, 1, 1}}};
  const Threads racing{{{0}, {0, 0, 0, 0, 0, 0, 0, 0}}};
  const auto last_of = [](const Threads& model) {
    ScheduleTester<Threads> tester(model, {});
    int late = 0;
    for (std::uint64_t run = 1; run <= 2000; ++run) {
      PosScheduler<Threads> scheduler(model, 5, run);
      late += tester.run(scheduler).trace.actions.back().thread == NodeId::at(0) ? 1 : 0;
    }
    return late;
  };
  EXPECT_GT(last_of(threads), 120);  // 2000 / 9 are expected
  EXPECT_LT(last_of(racing), 40);    // 2000 / 256
}

RC_GTEST_PROP(SwarmScheduler, TakesNothingThatIsOffWhileSomethingIsOn, (std::uint64_t seed)) {
  const Threads threads{{{0, 0, 0}, {0, 0, 0}}, 2};
  SwarmScheduler<Threads> scheduler(threads, seed, 1);
  const SwarmWeights<Threads> weights = scheduler.weights();
  const auto weight = [&](const ThreadAction& action) {
    return weights.of(action_class(threads, action));
  };
  struct Checked {
    SwarmScheduler<Threads>& scheduler;
    const decltype(weight)& weight_of;
    std::size_t choose_initial(std::size_t count) { return scheduler.choose_initial(count); }
    std::size_t choose_action(const ThreadState& state, std::span<const ThreadAction> enabled) {
      const std::size_t chosen = scheduler.choose_action(state, enabled);
      bool any_on = false;
      for (const ThreadAction& action : enabled) any_on = any_on || weight_of(action) != 0;
      RC_ASSERT(chosen < enabled.size());
      RC_ASSERT((weight_of(enabled[chosen]) != 0) == any_on);
      return chosen;
    }
  } checked{scheduler, weight};
  ScheduleTester<Threads> tester(threads, {});
  RC_ASSERT(tester.run(checked).end == WalkEnd::dead_end);
}

TEST(SwarmScheduler, TurnsFaultsOffInHalfOfItsRuns) {
  const Threads threads{{{0}}, 1};
  int off = 0;
  for (std::uint64_t run = 1; run <= 1000; ++run) {
    const SwarmScheduler<Threads> scheduler(threads, 1, run);
    off += scheduler.weights().of(enum_count<ThreadKind>() + 1) == 0 ? 1 : 0;
  }
  EXPECT_NEAR(off, 500, 80);
}

/// How many of `runs` curious choices among the three threads take thread `number` first.
[[nodiscard]] int curious_choices(const Threads& threads, SituationCounts& counts, unsigned number,
                                  int runs) {
  const ThreadState start;
  std::vector<ThreadAction> enabled;
  threads.next(start, [&](const ThreadAction& action, auto&&) { enabled.push_back(action); });
  int taken = 0;
  for (int run = 1; run <= runs; ++run) {
    SituationCounts fresh = counts;
    CuriousScheduler<Threads> scheduler(threads, fresh, static_cast<std::uint64_t>(run));
    const std::size_t chosen = scheduler.choose_action(start, enabled);
    taken += enabled[chosen].thread.number() == number ? 1 : 0;
  }
  return taken;
}
[[nodiscard]] ThreadState after_step_of(const Threads& threads, std::size_t thread) {
  ThreadState after;
  threads.next(ThreadState{}, [&](const ThreadAction& action, auto&& effect) {
    if (action.thread.index() == thread) effect(after);
  });
  return after;
}

// Of three that are drawn out of three, one of them is in 19 of 27 draws, and alone in one.
TEST(CuriousScheduler, TakesWhatIsNewWhereverItIsDrawn) {
  const Threads threads{{{0, 0}, {1, 1}, {2, 2}}};
  SituationCounts counts;
  counts.of(abstract_hash(threads, after_step_of(threads, 0))) = 3;
  counts.of(abstract_hash(threads, after_step_of(threads, 1))) = 2;
  constexpr int runs = 2700;
  // Three standard deviations are 71, and 30 for what is taken only if it is all that is drawn.
  EXPECT_NEAR(curious_choices(threads, counts, 3, runs), 1900, 72);
  EXPECT_NEAR(curious_choices(threads, counts, 1, runs), 100, 30);
}

TEST(CuriousScheduler, CountsWhatItTakes) {
  const Threads threads{{{0, 0}, {1, 1}, {2, 2}}};
  ScheduleTester<Threads> tester(threads, {});
  SituationCounts counts;
  std::map<std::uint64_t, std::uint32_t> taken;
  for (std::uint64_t run = 1; run <= 50; ++run) {
    CuriousScheduler<Threads> scheduler(threads, counts, run);
    tester.run(scheduler, [&](const ThreadState& state) {
      if (state.length != 0) ++taken[abstract_hash(threads, state)];
    });
  }
  for (const auto& [situation, times] : taken) EXPECT_EQ(counts.of(situation), times);
}

/// Threads of which the second must not be the first to take a step.
struct BoundedThreads : Threads {
  [[nodiscard]] bool within(const State& state) const {
    return state.taken[1] == 0 || state.taken[0] != 0;
  }
};

TEST(CuriousScheduler, TakesWhatLeadsOutsideTheBoundIfNothingElseIsDrawn) {
  const BoundedThreads threads{{{{0, 0}, {1, 1}, {2, 2}}}};
  const ThreadState start;
  std::vector<ThreadAction> enabled;
  threads.next(start, [&](const ThreadAction& action, auto&&) { enabled.push_back(action); });
  int outside = 0;
  for (std::uint64_t run = 1; run <= 2700; ++run) {
    SituationCounts counts;
    counts.of(abstract_hash(threads, after_step_of(threads, 0))) = 1000;
    counts.of(abstract_hash(threads, after_step_of(threads, 2))) = 1000;
    CuriousScheduler<BoundedThreads> scheduler(threads, counts, run);
    outside += enabled[scheduler.choose_action(start, enabled)].thread.number() == 2 ? 1 : 0;
  }
  EXPECT_NEAR(outside, 100, 30);
}

TEST(CuriousScheduler, ComesToMoreThanAUniformWalk) {
  const Threads threads{{{0, 0, 0}, {1, 1, 1}, {2, 2, 2}}, 1};
  ScheduleTester<Threads> tester(threads, {});
  SituationCounts counts;
  std::set<std::uint64_t> curious;
  std::set<std::uint64_t> uniform;
  for (std::uint64_t run = 1; run <= 100; ++run) {
    CuriousScheduler<Threads> looks_ahead(threads, counts, run);
    tester.run(looks_ahead,
               [&](const ThreadState& s) { curious.insert(abstract_hash(threads, s)); });
    UniformScheduler<Threads> does_not(1, run);
    tester.run(does_not, [&](const ThreadState& s) { uniform.insert(abstract_hash(threads, s)); });
  }
  EXPECT_GT(curious.size(), uniform.size());
}

template <class Make>
void expect_decided_by_seed_and_run(const Threads& threads, const Make& make) {
  ScheduleTester<Threads> tester(threads, {});
  const auto orders = [&](std::uint64_t seed) {
    std::vector<std::array<std::uint8_t, 24>> all;
    for (std::uint64_t run = 1; run <= 20; ++run) {
      auto scheduler = make(seed, run);
      ThreadState last;
      tester.run(scheduler, [&](const ThreadState& state) { last = state; });
      all.push_back(last.order);
    }
    return all;
  };
  EXPECT_EQ(orders(1), orders(1));
  EXPECT_NE(orders(1), orders(2));
}

TEST(Schedulers, AreDecidedBySeedAndRun) {
  const Threads threads{{{0, 1, 0}, {1, 0, 1}, {0, 0, 0}}, 3};
  expect_decided_by_seed_and_run(
      threads, [](auto seed, auto run) { return UniformScheduler<Threads>(seed, run); });
  expect_decided_by_seed_and_run(
      threads, [&](auto seed, auto run) { return SwarmScheduler<Threads>(threads, seed, run); });
  expect_decided_by_seed_and_run(threads, [&](auto seed, auto run) {
    return PctScheduler<Threads>(threads, 3, 9, seed, run);
  });
  expect_decided_by_seed_and_run(
      threads, [&](auto seed, auto run) { return PosScheduler<Threads>(threads, seed, run); });
  expect_decided_by_seed_and_run(threads, [&](auto seed, auto run) {
    RandomChooser chooser(seed, run);
    return RoamingScheduler<Threads>(threads, 9, chooser);
  });
  std::deque<SituationCounts> situations;
  expect_decided_by_seed_and_run(threads, [&](auto seed, auto run) {
    RandomChooser chooser(seed, run);
    return RoamingScheduler<Threads>(threads, 9, chooser, &situations.emplace_back());
  });
}

}  // namespace
}  // namespace everyway::testing
