// A simulation never says `holds` of what it only tried, and says why it stopped.
#include <gtest/gtest.h>

#include "checker/search/simulate.hpp"
#include "tests/checker/search/counter.hpp"

namespace everyway::testing {
namespace {

/// More steps than any test waits for.
const Counter endless{4'000'000'000};

[[nodiscard]] SimulationOptions options_with(std::uint64_t SimulationOptions::*limit,
                                             std::uint64_t value) {
  SimulationOptions options;
  options.seed = 1;
  options.workers = 2;
  options.*limit = value;
  return options;
}

TEST(SimulationLimits, ALimitOnWalksIsMetExactlyAndEndsAsUnknown) {
  for (const std::uint64_t walks : {1U, 2U, 3U, 1000U}) {
    const auto result = simulate(endless, options_with(&SimulationOptions::max_walks, walks));
    EXPECT_EQ(result.verdict, Verdict::unknown);
    EXPECT_EQ(result.stop, Stop::max_walks);
    EXPECT_EQ(result.counts.walks, walks);
    EXPECT_EQ(result.counts.steps, 100 * walks);
    EXPECT_EQ(result.counts.ended_at_depth, walks);
    EXPECT_EQ(result.counts.longest, 100U);
  }
}

TEST(SimulationLimits, ALimitOnStepsIsMetExactlyAndCutsTheLastWalk) {
  for (const std::uint64_t steps : {1U, 99U, 100U, 101U, 12'345U}) {
    const auto result = simulate(endless, options_with(&SimulationOptions::max_steps, steps));
    EXPECT_EQ(result.verdict, Verdict::unknown);
    EXPECT_EQ(result.stop, Stop::max_steps);
    EXPECT_EQ(result.counts.steps, steps);
    EXPECT_EQ(result.counts.cut_short, steps % 100 == 0 ? 0U : 1U);
  }
}

TEST(SimulationLimits, ATimeLimitEndsEvenAWalkThatDoesNot) {
  SimulationOptions options;
  options.depth = ~std::uint64_t{0};
  options.max_seconds = 0.2;
  const auto result = simulate(endless, options);
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.stop, Stop::max_seconds);
  EXPECT_EQ(result.counts.cut_short, result.counts.walks);
  EXPECT_GT(result.counts.steps, 0U);
}

TEST(SimulationLimits, AnInterruptEndsWithWhatWasWalked) {
  request_interrupt();
  const auto result = simulate(endless, SimulationOptions{});
  clear_interrupt();
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.stop, Stop::interrupted);
  EXPECT_GT(result.counts.walks, 0U);
}

TEST(SimulationLimits, AStateWithoutRoomEndsAsUnknownAndNamesTheLowestWalk) {
  Counter model = endless;
  model.no_room_at = 50;
  std::string details[2];
  for (const unsigned workers : {1U, 3U}) {
    SimulationOptions options;
    options.workers = workers;
    const auto result = simulate(model, options);
    EXPECT_EQ(result.verdict, Verdict::unknown);
    EXPECT_EQ(result.stop, Stop::model_bound);
    EXPECT_GT(result.counts.cut_short, 0U);
    details[workers / 3] = result.stop_detail;
  }
  EXPECT_EQ(details[0], details[1]);
  EXPECT_NE(details[0].find("of seed 0"), std::string::npos) << details[0];
}

TEST(SimulationLimits, AnErrorOfTheModelComesThrough) {
  Counter model = endless;
  model.broken_at = 50;
  for (const unsigned workers : {1U, 3U}) {
    SimulationOptions options;
    options.workers = workers;
    EXPECT_THROW((void)simulate(model, options), std::runtime_error);
  }
}

TEST(SimulationLimits, OptionsThatCannotBeMetAreRefused) {
  EXPECT_THROW((void)simulate(endless, options_with(&SimulationOptions::depth, 0)), UsageError);
  EXPECT_THROW((void)simulate(endless, options_with(&SimulationOptions::first_walk, 0)),
               UsageError);
  SimulationOptions crowded;
  crowded.workers = 257;
  EXPECT_THROW((void)simulate(endless, crowded), UsageError);
  SimulationOptions misspelt;
  misspelt.properties = {"within rnage"};
  EXPECT_THROW((void)simulate(endless, misspelt), UsageError);
}

/// Holds a `reachable` and a deadlock at its end, of which `may_end` says nothing.
struct Stuck : Counter {
  [[nodiscard]] bool may_end(const State&) const { return false; }
  [[nodiscard]] Properties<State, Action> properties() const {
    return {PropertyOf<State, Action>::reachable("ten", "",
                                                 [](const State& s) { return s.value == 10; })};
  }
};

TEST(SimulationLimits, ADeadEndIsADeadlockUnlessTheModelMayEndThere) {
  const Stuck stuck{{10}};
  const auto violated = simulate(stuck, options_with(&SimulationOptions::max_walks, 10));
  EXPECT_EQ(violated.verdict, Verdict::violated);
  EXPECT_EQ(violated.properties.back().why, "no action is enabled in the last state");
  SimulationOptions allowed = options_with(&SimulationOptions::max_walks, 10);
  allowed.check_deadlock = false;
  allowed.keep_going = true;
  allowed.properties.clear();
  EXPECT_EQ(simulate(Counter{10}, allowed).counts.ended_as_expected, 10U);
}

TEST(SimulationLimits, OnlyWitnessesOfAllThatWasAskedForMakeItHold) {
  SimulationOptions options = options_with(&SimulationOptions::max_walks, 1000);
  options.properties = {"ten"};
  const auto result = simulate(Stuck{{20}}, options);
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.stop, Stop::decided);
  EXPECT_LT(result.counts.walks, 1000U);
  ASSERT_TRUE(result.properties.front().trace.has_value());
  options.properties = {"within range"};
  EXPECT_EQ(simulate(endless, options).verdict, Verdict::unknown);
}

TEST(SimulationLimits, WithoutPropertiesItIsUnknown) {
  SimulationOptions options = options_with(&SimulationOptions::max_walks, 3);
  options.check_deadlock = false;
  struct Silent : Counter {
    [[nodiscard]] Properties<State, Action> properties() const { return {}; }
  };
  EXPECT_EQ(simulate(Silent{}, options).verdict, Verdict::unknown);
}

/// From 0, every step leads outside.
struct Cornered : Counter {
  [[nodiscard]] bool within(const State& state) const { return state.value == 0; }
};

TEST(SimulationLimits, AStateThatOnlyLeadsOutsideTheBoundCornersAWalkAndIsNoDeadlock) {
  const auto result = simulate(Cornered{{1000}}, options_with(&SimulationOptions::max_walks, 8));
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.counts.cornered, 8U);
  EXPECT_EQ(result.counts.steps, 0U);
  EXPECT_EQ(result.counts.turned_back, 16U);
}

/// Its only step leads outside the bound, and out of range.
struct BrokenOutside : Cornered {
  [[nodiscard]] Properties<State, Action> properties() const {
    using property = PropertyOf<State, Action>;
    return {property::always("never seven", "", [](const State& s) { return s.value != 7; }),
            property::reachable("seven", "", [](const State& s) { return s.value == 7; })};
  }
};

TEST(SimulationLimits, AStateOutsideTheBoundIsCheckedButIsNoWitness) {
  for (const Checks checks : {Checks::chosen, Checks::enabled}) {
    SimulationOptions options = options_with(&SimulationOptions::max_walks, 20);
    options.checks = checks;
    const auto result = simulate(BrokenOutside{{{1000}}}, options);
    EXPECT_EQ(result.verdict, Verdict::violated);
    EXPECT_EQ(result.properties[0].trace->actions.size(), 1U);
    EXPECT_EQ(result.properties[1].verdict, Verdict::unknown);
  }
}

TEST(SimulationLimits, RoundsDependOnWhatWasCountedAlone) {
  SimulationOptions options;
  EXPECT_EQ(walks_of_round(options, 0, 0), 1U);
  EXPECT_EQ(walks_of_round(options, 1, 100), 1U);
  EXPECT_EQ(walks_of_round(options, 64, 6400), 64U);
  EXPECT_LE(walks_of_round(options, 1'000'000, 100'000'000), std::uint64_t{1} << 18U);
  EXPECT_EQ(walks_of_round(options, 10, ~std::uint64_t{0} - 1), 1U) << "steps of huge walks";
  options.max_walks = 70;
  EXPECT_EQ(walks_of_round(options, 64, 6400), 6U);
}

}  // namespace
}  // namespace everyway::testing
