// What is noted down of a run that is being made leads to where the program ended.
#include "checker/schedule/run_under_way.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

#include "checker/schedule/follow.hpp"
#include "checker/schedule/mutate.hpp"
#include "checker/schedule/tester.hpp"
#include "tests/checker/schedule/threads.hpp"

namespace everyway::testing {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr ScheduledAction first{1, 2, 3, 4, 5, 6};
constexpr ScheduledAction second{7, 8, 9, 10, 11, 12};

template <std::uint64_t Depth>
using Room = std::array<std::byte, RunUnderWay::bytes_for(Depth)>;

TEST(RunUnderWay, HoldsWhatWasTakenAndWhatIsTried) {
  Room<2> room{};
  RunUnderWay run(room);
  EXPECT_EQ(run.bytes(), Bytes{});
  run.begin(3);
  EXPECT_EQ(decode(run.bytes()), (Schedule{3, {}}));
  run.try_action(first);
  run.try_action(second);
  EXPECT_EQ(decode(run.bytes()), (Schedule{3, {second}}));
  run.take_tried();
  EXPECT_EQ(decode(run.bytes()), (Schedule{3, {second}}));
  run.try_action(first);
  EXPECT_EQ(decode(run.bytes()), (Schedule{3, {second, first}}));
  EXPECT_EQ(RunUnderWay(room).bytes(), run.bytes()) << "another process sees the same";
  run.end();
  EXPECT_EQ(run.bytes(), Bytes{});
  run.begin(0);
  EXPECT_EQ(decode(run.bytes()), Schedule{}) << "nothing is left of the run before";
}

TEST(RunUnderWay, LeavesOutWhatDoesNotFit) {
  Room<1> room{};
  RunUnderWay run(room);
  run.begin(0);
  for (int i = 0; i < 3; ++i) {
    run.try_action(first);
    run.take_tried();
  }
  EXPECT_EQ(decode(run.bytes()), (Schedule{0, {first}}));
  RunUnderWay nowhere({});
  nowhere.begin(0);
  nowhere.try_action(first);
  nowhere.end();
  EXPECT_EQ(nowhere.bytes(), Bytes{});
}

TEST(RunUnderWay, ReadsNoFurtherThanItsRoom) {
  Room<1> room{};
  room.fill(std::byte{0xff});
  EXPECT_EQ(RunUnderWay(room).bytes().size(), 1 + scheduled_action_bytes);
}

struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Threads, in whose code there is a mistake: one step, after another, ends the program.
struct BrittleThreads : Threads {
  BrittleThreads() : Threads{{{0, 1, 0}, {1, 0, 1, 0}, {0, 2}}, 2} {}
  void next(const State& state, auto&& step) const {
    Threads::next(state, [&](const Action& action, auto&& effect) {
      step(action, [&, action](State& t) {
        if (action.thread == NodeId::at(2) && t.taken[1] == 3) throw Broken("there");
        effect(t);
      });
    });
  }
};

/// Whether a mutation broke; if so, whether the run that was under way breaks as well.
void expect_broken_run_to_be_kept(std::uint64_t seed, int& broken) {
  constexpr std::uint64_t depth = 12;
  const BrittleThreads threads;
  Room<depth> room{};
  RunUnderWay run(room);
  ScheduleMutator<BrittleThreads> mutator(threads, depth, 4, &run);
  RandomChooser chooser(seed, 1);
  Schedule schedule;
  try {
    for (int i = 0; i < 12; ++i) {
      schedule = mutator.mutate(schedule, chooser);
      EXPECT_EQ(run.bytes(), Bytes{}) << "no run is under way";
    }
  } catch (const Broken&) {
    ++broken;
    const Schedule kept = decode(run.bytes());
    ScheduleTester<BrittleThreads> tester(threads, {depth, {}, true});
    ScheduleFollower<BrittleThreads> follower(kept);
    EXPECT_THROW(tester.run(follower), Broken) << "seed " << seed;
  }
}

TEST(RunUnderWay, OfAMutatorEndsWithTheActionThatBroke) {
  int broken = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) expect_broken_run_to_be_kept(seed, broken);
  EXPECT_GT(broken, 100);
}

}  // namespace
}  // namespace everyway::testing
