#include "checker/trace/replay.hpp"

#include <gtest/gtest.h>

#include "tests/checker/trace/small_model.hpp"

namespace everyway::testing {
namespace {

const Trace<Counting> good{{}, {count(1), count(2), count(1), finish(1)}};

[[nodiscard]] std::string error_of(const Counting& model, const Trace<Counting>& trace) {
  try {
    replay(model, trace, [](auto&&...) {});
  } catch (const ReplayError& error) {
    return error.what();
  }
  return "";
}

TEST(Replay, TakesTheActionsOneAfterTheOther) {
  std::vector<std::size_t> steps;
  Counting::State expected_before;
  const Counting::State last =
      replay(Counting{}, good,
             [&](std::size_t step, const Counting::State& before, const Counting::Action& action,
                 const Counting::State& after) {
               steps.push_back(step);
               EXPECT_TRUE(same_bytes(before, expected_before));
               EXPECT_TRUE(same_bytes(action, good.actions[step - 1]));
               EXPECT_FALSE(same_bytes(before, after));
               expected_before = after;
             });
  EXPECT_EQ(steps, (std::vector<std::size_t>{1, 2, 3, 4}));
  EXPECT_TRUE(same_bytes(last, expected_before));
  EXPECT_EQ(last.processes[0].count, 2);
  EXPECT_EQ(last.processes[1].count, 1);
  EXPECT_TRUE(last.done.contains(NodeId::at(0)));
}

TEST(Replay, ReturnsTheInitialStateOfATraceWithoutActions) {
  EXPECT_TRUE(
      same_bytes(replay(Counting{}, Trace<Counting>{}, [](auto&&...) {}), Counting::State{}));
}

TEST(Replay, NamesTheStepThatIsNotEnabledAndWhatCouldHaveBeenDone) {
  const Trace<Counting> trace{{}, {count(1), finish(1), count(2)}};
  EXPECT_EQ(error_of(Counting{}, trace),
            "step 2: finish (node n1) is not enabled there; enabled: count (node n1, amount 1); "
            "count (node n2, amount 1)");
}

TEST(Replay, SaysSoIfNothingIsEnabled) {
  Trace<Counting> trace{{}, {}};
  for (const unsigned node : {1U, 2U}) {
    trace.actions.insert(trace.actions.end(), {count(node), count(node), finish(node)});
  }
  EXPECT_EQ(error_of(Counting{}, trace), "");
  trace.actions.push_back(count(1));
  EXPECT_EQ(error_of(Counting{}, trace),
            "step 7: count (node n1, amount 1) is not enabled there; nothing is enabled");
}

TEST(Replay, TakesOnlyTheVeryActionThatWasRecorded) {
  Trace<Counting> trace = good;
  trace.actions[0].amount = 2;
  EXPECT_NE(error_of(Counting{}, trace).find("step 1: count (node n1, amount 2) is not enabled"),
            std::string::npos);
}

TEST(Replay, BeginsInAnyInitialStateOfTheModelAndInNoOther) {
  Trace<Counting> trace{Counting::other_beginning(), {count(1)}};
  EXPECT_EQ(error_of(Counting{}, trace), "initial: the state is not an initial state of the model");
  Counting two;
  two.two_beginnings = true;
  EXPECT_EQ(error_of(two, trace), "");
}

TEST(Replay, ReportsAModelWithoutRoomAsAnErrorOfTheStep) {
  Counting small;
  small.overflows = true;
  const Trace<Counting> trace{{}, {count(1), {Counting::Kind::overflow, {}, 0}}};
  EXPECT_EQ(error_of(small, trace).rfind("step 2: overflow: ", 0), 0U);
}

TEST(Replay, ListsOnlyAFewOfManyEnabledActions) {
  EXPECT_EQ(detail::enabled_text({"a", "b", "c", "d", "e", "f"}),
            "enabled: a; b; c; d; and 2 more");
}

}  // namespace
}  // namespace everyway::testing
