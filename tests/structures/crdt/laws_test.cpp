// The laws of a join semilattice (Shapiro et al. 2011, section 2.3): in every world of a few steps,
// among all states that occur in it, and in random worlds of many.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

#include "tests/structures/crdt/world.hpp"

namespace everyway::crdt::testing {
namespace {

using Broken = std::set<std::string>;

/// What is found in all worlds of so many steps: the laws that are broken, and how many worlds
/// there are.
struct Findings {
  Broken broken;
  std::size_t worlds = 0;
};

template <class State>
void explore(const World<State>& world, std::size_t steps, const Laws<State>& laws,
             Findings& findings) {
  if (steps == 0) {
    ++findings.worlds;
    laws.check(world.past(), findings.broken);
    return;
  }
  for (const auto& step : world.steps()) {
    if (step.is_update) {
      laws.check_update(world.state(step.replica), world.request_of(step), findings.broken);
    }
    World<State> next = world;
    next.take(step);
    explore(next, steps - 1, laws, findings);
  }
}

template <class State>
[[nodiscard]] Findings every_world(std::size_t replicas, Item keys, std::size_t steps,
                                   Mutation mutation = Mutation::none) {
  Findings findings;
  explore(World<State>(replicas, keys, mutation), steps, Laws<State>(mutation), findings);
  return findings;
}

constexpr std::size_t few = 5;
constexpr std::size_t many = 40;

template <std::size_t Replicas, std::size_t Updates>
using Types =
    ::testing::Types<GCounter<Replicas>, PNCounter<Replicas>, GSet<Item, Updates>,
                     TwoPhaseSet<Item, Updates>, ORSet<Item, Updates>, LWWRegister<Item>,
                     MVRegister<Item, Replicas>, LWWMap<Item, Item, Updates>, RGA<Item, Updates>>;

template <class State>
class SmallWorlds : public ::testing::Test {};
using SmallTypes = Types<3, few>;
TYPED_TEST_SUITE(SmallWorlds, SmallTypes);

TYPED_TEST(SmallWorlds, OfThreeReplicasObeyTheLaws) {
  const Findings findings = every_world<TypeParam>(3, 1, 4);
  EXPECT_EQ(findings.broken, Broken{});
  EXPECT_GT(findings.worlds, 1000U);
}

TYPED_TEST(SmallWorlds, OfTwoReplicasAndFiveStepsObeyTheLaws) {
  const Findings findings = every_world<TypeParam>(2, 1, 5);
  EXPECT_EQ(findings.broken, Broken{});
  EXPECT_GT(findings.worlds, 1000U);
}

TYPED_TEST(SmallWorlds, OfTwoReplicasAndTwoKeysObeyTheLaws) {
  const Findings findings = every_world<TypeParam>(2, 2, 4);
  EXPECT_EQ(findings.broken, Broken{});
  EXPECT_GT(findings.worlds, 500U);
}

TYPED_TEST(SmallWorlds, HaveTheEmptyStateAsTheirBottom) {
  World<TypeParam> world(2, 1, Mutation::none);
  while (world.updates() < 3) world.take(world.steps().front());
  for (const TypeParam& state : world.past()) {
    EXPECT_TRUE(at_most(TypeParam{}, state));
    EXPECT_TRUE(same_bytes(joined(state, TypeParam{}), state));
  }
}

/// The laws that a mistake breaks in worlds of two replicas.
template <class State>
[[nodiscard]] Broken broken_by(Mutation mutation) {
  return every_world<State>(2, 1, 3, mutation).broken;
}

TEST(BrokenLaws, AMergeBySumIsCommutativeAndAssociativeAndNotIdempotent) {
  for (const Broken& broken : {broken_by<GCounter<2>>(Mutation::merge_by_sum),
                               broken_by<PNCounter<2>>(Mutation::merge_by_sum)}) {
    EXPECT_TRUE(broken.contains("idempotent"));
    EXPECT_FALSE(broken.contains("commutative"));
    EXPECT_FALSE(broken.contains("associative"));
  }
}
TEST(BrokenLaws, AMergeByOverwriteIsIdempotentAndAssociativeAndNotCommutative) {
  for (const Broken& broken : {broken_by<GCounter<2>>(Mutation::merge_by_overwrite),
                               broken_by<ORSet<Item, 3>>(Mutation::merge_by_overwrite),
                               broken_by<RGA<Item, 3>>(Mutation::merge_by_overwrite)}) {
    EXPECT_TRUE(broken.contains("commutative"));
    EXPECT_FALSE(broken.contains("idempotent"));
    EXPECT_FALSE(broken.contains("associative"));
  }
}
TEST(BrokenLaws, ATieWithoutATieBreakIsNotCommutative) {
  const Broken broken = broken_by<LWWRegister<Item>>(Mutation::tie_without_tie_break);
  EXPECT_TRUE(broken.contains("commutative"));
  EXPECT_FALSE(broken.contains("idempotent"));
}
// Merging what is left is still a union, which obeys all laws of merging: the update is at fault.
TEST(BrokenLaws, WithoutTombstonesARemovalIsNotInflationary) {
  const Broken wanted{"delta", "inflationary"};
  EXPECT_EQ((broken_by<ORSet<Item, 3>>(Mutation::tombstone_dropped)), wanted);
  EXPECT_EQ((broken_by<TwoPhaseSet<Item, 3>>(Mutation::tombstone_dropped)), wanted);
}
TEST(BrokenLaws, ADeltaOfOneIncrementIsNotTheUpdate) {
  const Broken wanted{"delta"};
  EXPECT_EQ(broken_by<GCounter<2>>(Mutation::delta_counts_one), wanted);
  EXPECT_EQ(broken_by<PNCounter<2>>(Mutation::delta_counts_one), wanted);
}
TEST(BrokenLaws, AClockThatStandsStillIsNotInflationary) {
  EXPECT_TRUE(broken_by<LWWRegister<Item>>(Mutation::clock_stands_still).contains("inflationary"));
}
TEST(BrokenLaws, AnInsertionWithoutSkippingIsNotCommutative) {
  EXPECT_TRUE((broken_by<RGA<Item, 3>>(Mutation::insert_without_skipping)).contains("commutative"));
}

// The mistake that no law of two replicas sees: taking one of two versions is a join, too. What it
// forgets, only the specification tells (models/crdt_state.hpp).
TEST(BrokenLaws, ARegisterThatDropsConcurrentValuesBreaksNoneOfTwoReplicas) {
  EXPECT_EQ((broken_by<MVRegister<Item, 2>>(Mutation::concurrent_value_dropped)), Broken{});
}

/// The laws that are broken in a random world of five replicas, four keys and up to forty steps: by
/// its updates, or among ten triples of states that occurred in it.
template <class State>
[[nodiscard]] Broken broken_in_a_random_world(Mutation mutation) {
  const Laws<State> laws(mutation);
  Broken broken;
  World<State> world(5, 4, mutation);
  const auto length = *rc::gen::inRange<std::size_t>(1, many);
  for (std::size_t taken = 0; taken < length; ++taken) {
    const auto steps = world.steps();
    const auto& step = steps[*rc::gen::inRange<std::size_t>(0, steps.size())];
    if (step.is_update) {
      laws.check_update(world.state(step.replica), world.request_of(step), broken);
    }
    world.take(step);
  }
  const auto& past = world.past();
  const auto any = [&] { return past[*rc::gen::inRange<std::size_t>(0, past.size())]; };
  for (int i = 0; i < 10; ++i) laws.check({any(), any(), any()}, broken);
  return broken;
}

template <class State>
class LargeWorlds : public ::testing::Test {};
using LargeTypes = Types<5, many>;
TYPED_TEST_SUITE(LargeWorlds, LargeTypes);

TYPED_TEST(LargeWorlds, ObeyTheLaws) {
  EXPECT_TRUE(rc::check(
      [] { RC_ASSERT(broken_in_a_random_world<TypeParam>(Mutation::none) == Broken{}); }));
}

/// The laws that a mistake breaks in any of a hundred random worlds.
template <class State>
[[nodiscard]] Broken broken_in_random_worlds(Mutation mutation) {
  Broken broken;
  EXPECT_TRUE(rc::check([&] { broken.merge(broken_in_a_random_world<State>(mutation)); }));
  return broken;
}

TEST(BrokenLaws, AreFoundInRandomWorlds) {
  EXPECT_TRUE(broken_in_random_worlds<GCounter<5>>(Mutation::merge_by_sum).contains("idempotent"));
  EXPECT_TRUE((broken_in_random_worlds<ORSet<Item, many>>(Mutation::merge_by_overwrite))
                  .contains("commutative"));
  EXPECT_TRUE(broken_in_random_worlds<LWWRegister<Item>>(Mutation::tie_without_tie_break)
                  .contains("commutative"));
  EXPECT_TRUE((broken_in_random_worlds<TwoPhaseSet<Item, many>>(Mutation::tombstone_dropped))
                  .contains("inflationary"));
}

}  // namespace
}  // namespace everyway::crdt::testing
