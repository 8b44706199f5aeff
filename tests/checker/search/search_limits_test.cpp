// A search that stopped early never says `holds`, and says why it stopped.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "checker/search/search.hpp"
#include "tests/checker/search/counter.hpp"

namespace everyway::testing {
namespace {

TEST(SearchLimits, AStateLimitEndsAsUnknown) {
  SearchOptions options;
  options.max_states = 100;
  const auto result = search(Counter{}, options);
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.stop, Stop::max_states);
  EXPECT_GE(result.distinct, 100U);
  EXPECT_LT(result.distinct, 200U);
}

TEST(SearchLimits, AStateLimitThatTheModelDoesNotReachChangesNothing) {
  SearchOptions options;
  options.max_states = 1002;
  const auto result = search(Counter{}, options);
  EXPECT_EQ(result.stop, Stop::exhausted);
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.distinct, 1001U);
}

// Within d actions the counter reaches every value of the form a + 7 b with a + b <= d.
TEST(SearchLimits, ADepthLimitFindsExactlyTheStatesWithinThatManyActions) {
  for (const std::uint32_t depth : {1U, 2U, 5U, 20U}) {
    std::set<std::uint32_t> values;
    for (std::uint32_t ones = 0; ones <= depth; ++ones) {
      for (std::uint32_t sevens = 0; ones + sevens <= depth; ++sevens) {
        values.insert(ones + 7 * sevens);
      }
    }
    SearchOptions options;
    options.max_depth = depth;
    const auto result = search(Counter{}, options);
    EXPECT_EQ(result.distinct, values.size());
    EXPECT_EQ(result.depth, depth + 1);
    EXPECT_EQ(result.stop, Stop::max_depth);
    EXPECT_EQ(result.verdict, Verdict::unknown);
  }
}

TEST(SearchLimits, ADepthLimitBeyondTheModelChangesNothing) {
  SearchOptions options;
  options.max_depth = 2000;
  EXPECT_EQ(search(Counter{}, options).stop, Stop::exhausted);
}

TEST(SearchLimits, AMemoryLimitEndsAsUnknownInsteadOfDying) {
  for (const Storage storage : {Storage::fingerprints, Storage::exact}) {
    for (const Strategy strategy : {Strategy::bfs, Strategy::dfs}) {
      SearchOptions options;
      options.storage = storage;
      options.strategy = strategy;
      options.max_memory_bytes = std::size_t{16} << 20U;
      const auto result = search(Counter{10'000'000}, options);
      EXPECT_EQ(result.verdict, Verdict::unknown);
      EXPECT_EQ(result.stop, Stop::max_memory);
      EXPECT_FALSE(result.stop_detail.empty());
    }
  }
}

TEST(SearchLimits, ATimeLimitEndsAsUnknown) {
  SearchOptions options;
  options.max_seconds = 0.2;
  const auto result = search(Counter{2'000'000'000}, options);
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.stop, Stop::max_seconds);
}

TEST(SearchLimits, AnInterruptEndsAsUnknownWithWhatWasFound) {
  request_interrupt();
  const auto result = search(Counter{2'000'000'000}, SearchOptions{});
  clear_interrupt();
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.stop, Stop::interrupted);
  EXPECT_GT(result.distinct, 0U);
}

TEST(SearchLimits, AStateWithoutRoomEndsAsUnknownAndNamesTheAction) {
  Counter model;
  model.no_room_at = 500;
  const auto result = search(model, SearchOptions{});
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.stop, Stop::model_bound);
  EXPECT_NE(result.stop_detail.find("add_"), std::string::npos) << result.stop_detail;
}

enum class Phase : std::uint8_t { first, second, third };
BOOST_DESCRIBE_ENUM(Phase, first, second, third)
struct PhaseState {
  Phase phase{};
};
BOOST_DESCRIBE_STRUCT(PhaseState, (), (phase))

/// Goes on to a phase that has no name.
struct Unnamed {
  using State = PhaseState;
  using Action = CounterAction;
  void init(auto&& emit) const { emit(State{}); }
  void next(const State& state, auto&& step) const {
    if (state.phase > Phase::third) return;
    step(Action{}, [](State& t) { t.phase = static_cast<Phase>(4); });
  }
};

enum class Only : std::uint8_t { value };
BOOST_DESCRIBE_ENUM(Only, value)
struct OnlyState {
  Only only{};
};
BOOST_DESCRIBE_STRUCT(OnlyState, (), (only))

/// Has one state, and an action that stays there.
struct OneState {
  using State = OnlyState;
  using Action = CounterAction;
  void init(auto&& emit) const { emit(State{}); }
  void next(const State&, auto&& step) const {
    step(Action{}, [](State&) {});
  }
};

// No bit of it can be set, and yet it must be expanded.
TEST(SearchLimits, TheOnlyStateThatThereCanBeIsExpanded) {
  for (const Strategy strategy : {Strategy::bfs, Strategy::dfs}) {
    SearchOptions options;
    options.strategy = strategy;
    const auto result = search(OneState{}, options);
    EXPECT_EQ(result.stop, Stop::exhausted);
    EXPECT_EQ(result.distinct, 1U);
    EXPECT_EQ(result.generated, 2U);
  }
}

// The frontier has no room for such a value: it would be taken for another.
TEST(SearchLimits, AnEnumeratorWithoutANameEndsAsUnknown) {
  for (const Strategy strategy : {Strategy::bfs, Strategy::dfs}) {
    SearchOptions options;
    options.strategy = strategy;
    options.check_deadlock = false;
    const auto result = search(Unnamed{}, options);
    EXPECT_EQ(result.verdict, Verdict::unknown);
    EXPECT_EQ(result.stop, Stop::model_bound);
    EXPECT_NE(result.stop_detail.find("does not name: "), std::string::npos) << result.stop_detail;
  }
}

TEST(SearchLimits, AnErrorOfTheModelComesThrough) {
  Counter model;
  model.broken_at = 500;
  for (const unsigned workers : {1U, 3U}) {
    SearchOptions options;
    options.workers = workers;
    EXPECT_THROW((void)search(model, options), std::runtime_error);
  }
}

TEST(SearchLimits, OptionsThatDoNotGoTogetherAreRefused) {
  SearchOptions depth_first;
  depth_first.strategy = Strategy::dfs;
  depth_first.max_depth = 10;
  EXPECT_THROW((void)search(Counter{}, depth_first), UsageError);
  depth_first.max_depth = 0;
  depth_first.workers = 2;
  EXPECT_THROW((void)search(Counter{}, depth_first), UsageError);
  SearchOptions cramped;
  cramped.max_memory_bytes = 100;
  EXPECT_THROW((void)search(Counter{}, cramped), UsageError);
  SearchOptions misspelt;
  misspelt.properties = {"within rnage"};
  EXPECT_THROW((void)search(Counter{}, misspelt), UsageError);
}

TEST(SearchLimits, AKindNeverTakenIsCountedAsZero) {
  const auto result = search(Counter{}, SearchOptions{});
  ASSERT_EQ(result.actions.size(), 3U);
  EXPECT_EQ(result.actions[0].name, "add_one");
  EXPECT_EQ(result.actions[0].taken, 1000U);
  EXPECT_EQ(result.actions[1].taken, 994U);
  EXPECT_EQ(result.actions[2].taken, 0U);
  EXPECT_EQ(result.generated, 1U + 1000U + 994U);
}

// "calculated (optimistic)" in TLC's report: distinct * (generated - distinct) / 2^64.
TEST(SearchLimits, TheCollisionProbabilityIsThatOfTlcAndNoneForExactStorage) {
  SearchOptions options;
  const auto result = search(Counter{}, options);
  EXPECT_DOUBLE_EQ(result.collision_probability, 1001.0 * (1995 - 1001) * std::pow(2.0, -64));
  options.storage = Storage::exact;
  EXPECT_EQ(search(Counter{}, options).collision_probability, 0.0);
}

TEST(SearchLimits, AskedOnlyWhetherAStateIsReachableASearchStopsAtTheWitness) {
  struct Reaches : Counter {
    [[nodiscard]] Properties<State, Action> properties() const {
      return {PropertyOf<State, Action>::reachable("fifty", "",
                                                   [](const State& s) { return s.value == 50; })};
    }
  };
  SearchOptions options;
  options.properties = {"fifty"};
  const auto result = search(Reaches{}, options);
  EXPECT_EQ(result.stop, Stop::decided);
  EXPECT_EQ(result.verdict, Verdict::holds);
  ASSERT_TRUE(result.properties.front().trace.has_value());
  EXPECT_EQ(result.properties.front().trace->actions.size(), 8U);  // 7 sevens and a one
}

TEST(SearchLimits, WhatIsNeverSeenIsNotReachable) {
  struct Reaches : Counter {
    [[nodiscard]] Properties<State, Action> properties() const {
      return {PropertyOf<State, Action>::reachable("beyond", "",
                                                   [](const State& s) { return s.value > 1000; })};
    }
  };
  const auto result = search(Reaches{}, SearchOptions{});
  EXPECT_EQ(result.verdict, Verdict::violated);
  EXPECT_FALSE(result.properties.front().trace.has_value());
}

/// Has a second initial state, outside its bound.
struct StartsOutside : Counter {
  void init(auto&& emit) const {
    emit(State{});
    emit(State{5000});
  }
  [[nodiscard]] bool within(const State& state) const { return state.value <= last; }
};

TEST(SearchLimits, AnInitialStateOutsideTheBoundIsCheckedAllTheSame) {
  const auto result = search(StartsOutside{}, SearchOptions{});
  EXPECT_EQ(result.verdict, Verdict::violated);
  EXPECT_EQ(result.stop, Stop::violation);
  ASSERT_TRUE(result.properties.front().trace.has_value());
  EXPECT_EQ(result.properties.front().trace->initial.value, 5000U);
  EXPECT_TRUE(result.properties.front().trace->actions.empty());
}

TEST(SearchLimits, WithoutPropertiesAnUnfinishedSearchIsUnknown) {
  struct Silent : Counter {
    [[nodiscard]] Properties<State, Action> properties() const { return {}; }
  };
  SearchOptions options;
  options.check_deadlock = false;
  EXPECT_EQ(search(Silent{}, options).verdict, Verdict::holds);
  options.max_states = 10;
  EXPECT_EQ(search(Silent{}, options).verdict, Verdict::unknown);
}

}  // namespace
}  // namespace everyway::testing
