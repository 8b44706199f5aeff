// Testing a schedule notices what refutes a property, and nothing else.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "checker/schedule/follow.hpp"
#include "checker/schedule/roam.hpp"
#include "checker/schedule/tester.hpp"
#include "tests/checker/schedule/threads.hpp"
#include "tests/checker/search/counter.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

/// The states that a trace passes, by replaying it.
template <Model M>
[[nodiscard]] std::vector<StateOf<M>> states_of(const M& model, const Trace<M>& trace) {
  std::vector<StateOf<M>> states{trace.initial};
  replay(model, trace,
         [&](std::size_t, const StateOf<M>&, const ActionOf<M>&, const StateOf<M>& after) {
           states.push_back(after);
         });
  return states;
}

/// The first step of the trace at which a property is refuted; nothing if none is.
template <Model M>
[[nodiscard]] std::optional<std::size_t> refuted_at(const M& model, const Trace<M>& trace) {
  const auto properties = properties_of(model);
  const auto states = states_of(model, trace);
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (const auto& property : properties) {
      if (property.refuted_by_state && property.refuted_by_state(states[i])) return i;
      if (i != 0 && property.refuted_by_step &&
          property.refuted_by_step(states[i - 1], trace.actions[i - 1], states[i])) {
        return i;
      }
    }
  }
  return std::nullopt;
}

RC_GTEST_PROP(ScheduleTester, EndsWhereAPropertyIsRefutedFirst,
              (std::uint32_t graph_seed, std::uint64_t seed)) {
  const RandomGraph graph(graph_seed, 60, 4);
  TestOptions options;
  options.check_deadlock = false;
  ScheduleTester<RandomGraph> tester(graph, options);
  std::size_t passed = 0;
  UniformScheduler<RandomGraph> scheduler(seed, 1);
  const auto& outcome = tester.run(scheduler, [&](const GraphState& state) {
    RC_ASSERT(graph.within(state));
    ++passed;
  });
  const auto expected = refuted_at(graph, outcome.trace);
  RC_ASSERT(outcome.violation.has_value() == expected.has_value());
  if (expected) {
    RC_ASSERT(*expected == outcome.trace.actions.size());
    RC_ASSERT(passed == *expected);
    RC_ASSERT(outcome.end == WalkEnd::visitor);
    RC_ASSERT(!outcome.violation->why.empty());
  } else if (outcome.end != WalkEnd::outside) {
    RC_ASSERT(passed == outcome.trace.actions.size() + 1);
  }
}

RC_GTEST_PROP(ScheduleTester, TakesTheSameRunFromItsSchedule,
              (std::uint32_t graph_seed, std::uint64_t seed)) {
  const RandomGraph graph(graph_seed, 60, 4);
  ScheduleTester<RandomGraph> tester(graph, {});
  UniformScheduler<RandomGraph> scheduler(seed, 1);
  const auto first = tester.run(scheduler);
  const Schedule schedule = schedule_of(graph, first.trace);
  ScheduleFollower<RandomGraph> follower(schedule);
  const auto& second = tester.run(follower);
  RC_ASSERT(same_bytes(second.trace.initial, first.trace.initial));
  RC_ASSERT(second.trace.actions.size() == first.trace.actions.size());
  RC_ASSERT(std::equal(first.trace.actions.begin(), first.trace.actions.end(),
                       second.trace.actions.begin(),
                       [](const Edge& one, const Edge& other) { return same_bytes(one, other); }));
  RC_ASSERT(second.violation.has_value() == first.violation.has_value());
}

TEST(ScheduleTester, CallsAStateWithoutActionsADeadlock) {
  Counter counter;
  counter.last = 3;
  struct Stuck : Counter {
    [[nodiscard]] bool may_end(const State&) const { return false; }
  } stuck;
  stuck.last = 3;
  UniformScheduler<Counter> one(1, 1);
  ScheduleTester<Counter> tester(counter, {});
  EXPECT_EQ(tester.run(one).end, WalkEnd::dead_end);
  EXPECT_FALSE(tester.run(one).violation);

  UniformScheduler<Stuck> two(1, 1);
  ScheduleTester<Stuck> strict(stuck, {});
  const auto& outcome = strict.run(two);
  ASSERT_TRUE(outcome.violation);
  EXPECT_EQ(outcome.violation->kind, PropertyKind::deadlock);
  EXPECT_EQ(outcome.trace.actions.size(), 3U);

  TestOptions lenient;
  lenient.check_deadlock = false;
  ScheduleTester<Stuck> other(stuck, lenient);
  EXPECT_FALSE(other.run(two).violation);
}

TEST(ScheduleTester, TellsWhereTheModelHasNoRoom) {
  Counter counter;
  counter.last = 5;
  counter.no_room_at = 3;
  ScheduleTester<Counter> tester(counter, {});
  UniformScheduler<Counter> scheduler(1, 1);
  const auto& outcome = tester.run(scheduler);
  EXPECT_TRUE(outcome.model_bound);
  EXPECT_FALSE(outcome.violation);
  EXPECT_EQ(outcome.trace.actions.size(), 2U);
  counter.no_room_at = ~0U;
  EXPECT_FALSE(tester.run(scheduler).model_bound);
}

TEST(ScheduleTester, KnowsThePropertiesByName) {
  const Threads threads{{{0, 0}, {0, 0}}, 0, 1};
  EXPECT_THROW((ScheduleTester<Threads>(threads, {100, {"no such"}, true})), UsageError);
  ScheduleTester<Threads> other(threads, {100, {"threads do not go back"}, true});
  ScheduleTester<Threads> all(threads, {});
  std::size_t found = 0;
  for (std::uint64_t run = 1; run <= 100; ++run) {
    UniformScheduler<Threads> scheduler(1, run);
    EXPECT_FALSE(other.run(scheduler).violation);
    UniformScheduler<Threads> again(1, run);
    const auto& outcome = all.run(again);
    if (outcome.violation) {
      ++found;
      EXPECT_EQ(outcome.violation->property, "no bug");
    }
  }
  EXPECT_GT(found, 0U);
  EXPECT_LT(found, 100U);
  EXPECT_TRUE(other.witnessed().empty());
  EXPECT_EQ(all.witnessed(), std::vector<std::string>{"a thread ends"});
}

TEST(ScheduleTester, TakesNoMoreActionsThanItsDepth) {
  const Threads threads{{{0, 0, 0}, {0, 0, 0}}};
  ScheduleTester<Threads> tester(threads, {4, {}, true});
  UniformScheduler<Threads> scheduler(1, 1);
  EXPECT_EQ(tester.run(scheduler).end, WalkEnd::depth);
  EXPECT_EQ(tester.run(scheduler).trace.actions.size(), 4U);
}

}  // namespace
}  // namespace everyway::testing
