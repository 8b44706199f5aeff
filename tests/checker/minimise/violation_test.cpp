// What counts as the same violation, and what as the same action.
#include "checker/minimise/violation.hpp"

#include <gtest/gtest.h>

#include "checker/minimise/likeness.hpp"
#include "tests/checker/trace/small_model.hpp"

namespace everyway::testing {
namespace {

TEST(ReasonShape, LeavesOutNamesAndNumbers) {
  EXPECT_EQ(reason_shape("n1 and n2 are both leaders of term 3"),
            "# and # are both leaders of term #");
  EXPECT_EQ(reason_shape("n1 and n2 are both leaders of term 3"),
            reason_shape("n4 and n15 are both leaders of term 12"));
  EXPECT_NE(reason_shape("n1 and n2 are both leaders of term 3"),
            reason_shape("n1 leads term 3 and never made the entry of that term that n2 has"));
}

TEST(ReasonShape, LeavesOutHowLongAListIs) {
  EXPECT_EQ(reason_shape("more than one value is chosen: {v1, v2}"),
            reason_shape("more than one value is chosen: {v1, v2, v3}"));
}

TEST(ReasonShape, KeepsWords) {
  EXPECT_EQ(reason_shape(""), "");
  EXPECT_EQ(reason_shape("no action is enabled"), "no action is enabled");
  EXPECT_NE(reason_shape("n1 had decided commit"), reason_shape("n1 had decided abort"));
  EXPECT_EQ(reason_shape("the log4 of n2"), "the log4 of #") << "a word that ends with a digit";
}

TEST(Violation, IsOfAPropertyAndOnceAReasonWasNamedOfItsShape) {
  using property = PropertyOf<Counting::State, Counting::Action>;
  const Counting model;
  Violation<Counting> violation(
      model, property::always("few", "", [](const Counting::State& s) -> Refutation {
        if (s.steps == 1) return "1 step is odd";
        if (s.steps == 2) return "2 steps are many";
        return s.steps == 3 ? Refutation("3 step is odd") : std::nullopt;
      }));
  Counting::State state;
  EXPECT_FALSE(violation.shown_by_state(state));
  state.steps = 2;
  EXPECT_TRUE(violation.shown_by_state(state));
  violation.keep_reason("1 step is odd");
  EXPECT_FALSE(violation.shown_by_state(state));
  state.steps = 3;
  EXPECT_EQ(violation.shown_by_state(state), "3 step is odd");
}

TEST(Violation, MayBeADeadlockOrAWitness) {
  using property = PropertyOf<Counting::State, Counting::Action>;
  const Counting model;
  const Violation<Counting> deadlock(model, {PropertyKind::deadlock, "deadlock", "", {}, {}, {}});
  Counting::State end;
  for (auto& process : end.processes) process.count = 2;
  EXPECT_FALSE(deadlock.shown_by_state(end));
  end.done = NodeSet<2>::first(2);
  EXPECT_TRUE(deadlock.shown_by_state(end));

  const Violation<Counting> witness(
      model, property::reachable("done", "", [](const auto& s) { return !s.done.empty(); }));
  EXPECT_FALSE(witness.shown_by_state({}));
  EXPECT_EQ(witness.shown_by_state(end), "");
}

TEST(PositionOfMostAlike, PrefersTheActionItselfThenTheMostEqualFields) {
  using Action = Counting::Action;
  const std::vector<Action> enabled{{Counting::Kind::count, NodeId::at(0), 0},
                                    {Counting::Kind::count, NodeId::at(0), 5},
                                    {Counting::Kind::count, NodeId::at(1), 3},
                                    {Counting::Kind::finish, NodeId::at(0), 3}};
  const auto place = [&](Action wanted) {
    return position_of_most_alike(std::span<const Action>(enabled), wanted);
  };
  EXPECT_EQ(place({Counting::Kind::count, NodeId::at(0), 5}), 1U);
  EXPECT_EQ(place({Counting::Kind::count, NodeId::at(0), 3}), 1U) << "both are not zero";
  EXPECT_EQ(place({Counting::Kind::finish, NodeId::at(0), 9}), 3U);
  EXPECT_EQ(place({Counting::Kind::finish, NodeId::at(1), 3}), enabled.size()) << "another node";
  EXPECT_EQ(place({Counting::Kind::overflow, NodeId::at(0), 3}), enabled.size());
  EXPECT_EQ(
      position_of(std::span<const Action>(enabled), {Counting::Kind::count, NodeId::at(0), 3}),
      enabled.size());
}

}  // namespace
}  // namespace everyway::testing
