// What a mutator makes of a schedule is a schedule again: of actions that can be taken.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "checker/schedule/follow.hpp"
#include "checker/schedule/mutate.hpp"
#include "checker/schedule/tester.hpp"
#include "tests/checker/schedule/threads.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

constexpr std::uint64_t depth = 12;

[[nodiscard]] Threads some_threads() { return {{{0, 1, 0}, {1, 0, 1, 0}, {0, 2}}, 2}; }

/// The schedule of what following `schedule` takes.
template <Model M>
[[nodiscard]] Schedule normalised(const M& model, const Schedule& schedule,
                                  std::uint64_t most = depth) {
  TestOptions options;
  options.depth = most;
  options.properties = {"deadlock"};
  ScheduleTester<M> tester(model, options);
  ScheduleFollower<M> follower(schedule);
  return schedule_of(model, tester.run(follower).trace);
}

RC_GTEST_PROP(ScheduleMutator, NamesWhatIsReallyTaken,
              (std::uint32_t graph_seed, std::uint64_t seed, std::vector<std::uint8_t> left,
               std::vector<std::uint8_t> right)) {
  const RandomGraph graph(graph_seed, 60, 4);
  ScheduleMutator<RandomGraph> mutator(graph, depth, 0);
  RandomChooser chooser(seed, 1);
  const auto is_normal = [&](const Schedule& made) {
    RC_ASSERT(made.actions.size() <= depth);
    RC_ASSERT(normalised(graph, made).actions == made.actions);
    RC_ASSERT(decode(encode(made)) == made);
  };
  Schedule schedule = decode(left);
  for (int i = 0; i < 10; ++i) {
    schedule = mutator.mutate(schedule, chooser);
    is_normal(schedule);
  }
  is_normal(mutator.cross_over(schedule, decode(right), chooser));
}

/// A walk that changes `source` by `plan`, and what it takes.
struct Edited {
  Schedule taken;
  bool done;
};
[[nodiscard]] Edited edited(const Threads& threads, const Schedule& source,
                            const detail::EditPlan& plan, std::uint64_t seed) {
  const auto initial = initial_states(threads);
  Walker<Threads> walker(threads, initial);
  detail::EditedWalk<Threads> walk(threads, depth);
  RandomChooser chooser(seed, 2);
  walk.prepare(source, plan, chooser);
  walker.walk(walk, depth, walk);
  return {walk.taken(), walk.done()};
}

[[nodiscard]] Schedule some_schedule(const Threads& threads, std::uint64_t seed) {
  ScheduleTester<Threads> tester(threads, {depth, {}, true});
  UniformScheduler<Threads> scheduler(seed, 1);
  return schedule_of(threads, tester.run(scheduler).trace);
}

RC_GTEST_PROP(EditedWalk, LeavesWhatComesBeforeTheEditAlone, (std::uint64_t seed)) {
  const Threads threads = some_threads();
  const Schedule source = some_schedule(threads, seed);
  for_each_enumerator<ScheduleEdit>([&](ScheduleEdit edit) {
    if (edit == ScheduleEdit::anew) return;
    detail::EditPlan plan{edit, 0, 1, false};
    plan.at = *rc::gen::inRange<std::size_t>(0, source.actions.size());
    plan.span = *rc::gen::inRange<std::size_t>(1, 4);
    plan.fills = *rc::gen::arbitrary<bool>();
    const Schedule taken = edited(threads, source, plan, seed).taken;
    RC_ASSERT(taken.actions.size() >= plan.at);
    RC_ASSERT(std::equal(taken.actions.begin(),
                         taken.actions.begin() + static_cast<std::ptrdiff_t>(plan.at),
                         source.actions.begin()));
    RC_ASSERT(normalised(threads, taken) == taken);
  });
}

/// A schedule of steps of these threads, from 1, one after the other.
[[nodiscard]] Schedule steps_of(const Threads& threads, const std::vector<std::uint8_t>& numbers) {
  Trace<Threads> trace{ThreadState{}, {}};
  std::array<std::uint8_t, 4> taken{};
  for (const std::uint8_t number : numbers) {
    const std::size_t index = number - std::size_t{1};
    trace.actions.push_back({ThreadKind::step, NodeId::at(index), taken[index]++});
  }
  return schedule_of(threads, trace);
}
[[nodiscard]] std::vector<int> numbers_of(const Schedule& schedule) {
  std::vector<int> numbers;
  for (const ScheduledAction& action : schedule.actions) {
    numbers.push_back(action.kind == 1 ? -action.first : action.first);
  }
  return numbers;
}

TEST(EditedWalk, HurriesOnlyWhatRaces) {
  const Threads racing{{{0}, {1}, {0}}};
  const Schedule source = steps_of(racing, {1, 2, 3});
  const Edited hurried = edited(racing, source, {ScheduleEdit::hurry, 0, 1, false}, 1);
  EXPECT_TRUE(hurried.done);
  EXPECT_EQ(numbers_of(hurried.taken), (std::vector<int>{3, 1, 2}));

  const Threads apart{{{0}, {1}, {2}}};
  const Edited same =
      edited(apart, steps_of(apart, {1, 2, 3}), {ScheduleEdit::hurry, 0, 1, false}, 1);
  EXPECT_FALSE(same.done);
  EXPECT_EQ(numbers_of(same.taken), (std::vector<int>{1, 2, 3}));
}

TEST(EditedWalk, DelaysAnActionByItsSpan) {
  const Threads threads{{{0}, {0, 0, 0}}};
  const Schedule source = steps_of(threads, {1, 2, 2, 2});
  const auto delayed = [&](std::size_t span) {
    return numbers_of(edited(threads, source, {ScheduleEdit::delay, 0, span, false}, 1).taken);
  };
  EXPECT_EQ(delayed(1), (std::vector<int>{2, 1, 2, 2}));
  EXPECT_EQ(delayed(2), (std::vector<int>{2, 2, 1, 2}));
  EXPECT_EQ(delayed(9), (std::vector<int>{2, 2, 2, 1}));
}

TEST(EditedWalk, PutsInAFaultWhereOneCanBe) {
  const Threads threads{{{0}, {0}}, 1};
  const Edited struck =
      edited(threads, steps_of(threads, {1, 2}), {ScheduleEdit::fault, 1, 1, false}, 1);
  EXPECT_TRUE(struck.done);
  EXPECT_EQ(numbers_of(struck.taken), (std::vector<int>{1, -2, 2}));
  const Threads safe{{{0}, {0}}, 0};
  EXPECT_FALSE(edited(safe, steps_of(safe, {1, 2}), {ScheduleEdit::fault, 0, 1, false}, 1).done);
}

TEST(EditedWalk, LeavesOutAndRepeats) {
  const Threads threads{{{0, 0}, {0, 0}}};
  const Schedule source = steps_of(threads, {1, 2, 2});
  const auto taken = [&](ScheduleEdit edit, std::size_t at) {
    return numbers_of(edited(threads, source, {edit, at, 1, false}, 1).taken);
  };
  EXPECT_EQ(taken(ScheduleEdit::remove, 0), (std::vector<int>{2, 2}));
  EXPECT_EQ(taken(ScheduleEdit::remove, 2), (std::vector<int>{1, 2}));
  EXPECT_EQ(taken(ScheduleEdit::repeat, 0), (std::vector<int>{1, 1, 2, 2}));
}

TEST(ScheduleMutator, MakesEveryEditAndAllOfIt) {
  const Threads threads = some_threads();
  ScheduleMutator<Threads> mutator(threads, depth);
  RandomChooser chooser(1, 1);
  Schedule schedule;
  for (int i = 0; i < 5000; ++i) schedule = mutator.mutate(schedule, chooser);
  for_each_enumerator<ScheduleEdit>([&](ScheduleEdit edit) {
    EXPECT_GT(mutator.counts()[static_cast<std::size_t>(edit)], 20U) << enum_name(edit);
  });
  (void)mutator.cross_over(schedule, schedule, chooser);
  EXPECT_EQ(mutator.splices(), 1U);
}

TEST(ScheduleMutator, DependsOnItsPastAndTheChooserAlone) {
  const Threads threads = some_threads();
  const auto made = [&](std::uint64_t seed) {
    ScheduleMutator<Threads> mutator(threads, depth);
    RandomChooser chooser(seed, 1);
    std::vector<Schedule> all(400);
    for (std::size_t i = 1; i < all.size(); ++i) all[i] = mutator.mutate(all[i - 1], chooser);
    return all;
  };
  EXPECT_EQ(made(1), made(1));
  EXPECT_NE(made(1), made(2));
}

/// What was played last is not played again. A schedule that names the one initial state by another
/// number is not known again, and must come to the same.
TEST(ScheduleMutator, MakesTheSameOfWhatItMadeLastAndOfWhatItPlays) {
  const Threads threads = some_threads();
  const auto made = [&](std::uint8_t initial) {
    ScheduleMutator<Threads> mutator(threads, depth, 10);
    RandomChooser chooser(1, 1);
    std::vector<Schedule> all(600);
    for (std::size_t i = 1; i < all.size(); ++i) {
      Schedule parent = all[i - 1];
      parent.initial = initial;
      all[i] = i % 4 != 0   ? mutator.mutate(parent, chooser)
               : i % 8 != 0 ? mutator.cross_over(parent, all[i / 2], chooser)
                            : mutator.cross_over(parent, parent, chooser);
    }
    return all;
  };
  EXPECT_EQ(made(0), made(1));
}

/// Four buttons, only one of which goes on at each stage; the others go back to the start.
struct Lock {
  using State = ThreadState;
  using Action = ThreadAction;
  void init(auto&& emit) const { emit(State{}); }
  void next(const State& state, auto&& step) const {
    if (state.taken[0] == 24) return;
    for (std::uint8_t button = 0; button < 4; ++button) {
      step(Action{ThreadKind::step, NodeId::at(button), 0}, [button](State& t) {
        ++t.taken[0];
        t.length =
            button == t.length % 3 ? static_cast<std::uint8_t>(t.length + 1) : std::uint8_t{0};
      });
    }
  }
  [[nodiscard]] bool may_end(const State&) const { return true; }
};

/// A state is reached only by a long sequence of the right steps: each comes to a new situation, so
/// that returning to what is rare finds it, where walks from the start do not.
TEST(ScheduleMutator, FindsMoreByReturningToWhatIsRare) {
  const Lock lock;
  ScheduleMutator<Lock> mutator(lock, 24);
  ScheduleTester<Lock> tester(lock, {24, {}, true});
  std::vector<Schedule> corpus{{}};
  RandomChooser chooser(1, 1);
  std::set<std::uint8_t> stages;
  std::uint8_t furthest_by_chance = 0;
  for (std::uint64_t run = 1; run <= 3000; ++run) {
    const Schedule schedule = mutator.mutate(corpus[chooser.choose(corpus.size())], chooser);
    ScheduleFollower<Lock> follower(schedule);
    bool news = false;
    tester.run(follower,
               [&](const ThreadState& s) { news = stages.insert(s.length).second || news; });
    if (news) corpus.push_back(schedule);
    UniformScheduler<Lock> walk(1, run);
    tester.run(walk, [&](const ThreadState& s) {
      furthest_by_chance = std::max(furthest_by_chance, s.length);
    });
  }
  EXPECT_GT(*stages.rbegin(), furthest_by_chance);
}

}  // namespace
}  // namespace everyway::testing
