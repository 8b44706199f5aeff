// The laws of a join semilattice (Shapiro et al. 2011, section 2.3): in every world of a few steps,
// among all states that occur in it, and in random worlds of many.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <type_traits>

#include "tests/structures/crdt/world.hpp"

namespace everyway::crdt::testing {
namespace {

/// What is found in all worlds of so many steps: the first law that is broken, and how many worlds
/// there are.
struct Findings {
  std::string broken;
  std::size_t worlds = 0;
};

template <class State>
void explore(const World<State>& world, std::size_t steps, const Laws<State>& laws,
             Findings& findings) {
  if (!findings.broken.empty()) return;
  if (steps == 0) {
    ++findings.worlds;
    findings.broken = laws.broken_among(world.past());
    return;
  }
  for (const auto& step : world.steps()) {
    if (step.is_update) {
      const Request request = world.request_of(step);
      const State& before = world.state(step.replica);
      if (!laws.is_inflationary(before, request)) findings.broken = "inflationary";
      if (!laws.delta_is_the_update(before, request)) findings.broken = "delta";
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

constexpr std::size_t few = 5;  // updates, and more
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
  EXPECT_EQ(findings.broken, "");
  EXPECT_GT(findings.worlds, 1000U);
}

TYPED_TEST(SmallWorlds, OfTwoReplicasAndTwoKeysObeyTheLaws) {
  const Findings findings = every_world<TypeParam>(2, 2, 5);
  EXPECT_EQ(findings.broken, "");
  EXPECT_GT(findings.worlds, 1000U);
}

TYPED_TEST(SmallWorlds, HaveTheEmptyStateAsTheirBottom) {
  World<TypeParam> world(2, 1, Mutation::none);
  while (world.updates() < 3) world.take(world.steps().front());
  for (const TypeParam& state : world.past()) {
    EXPECT_TRUE(at_most(TypeParam{}, state));
    EXPECT_TRUE(same_bytes(joined(state, TypeParam{}), state));
  }
}

/// Every mistake breaks the law that is named, and at once.
template <class State>
[[nodiscard]] std::string broken_by(Mutation mutation) {
  return every_world<State>(2, 1, 3, mutation).broken;
}

TEST(BrokenLaws, AMergeBySumIsNotIdempotent) {
  EXPECT_EQ(broken_by<GCounter<2>>(Mutation::merge_by_sum), "idempotent");
  EXPECT_EQ(broken_by<PNCounter<2>>(Mutation::merge_by_sum), "idempotent");
}
TEST(BrokenLaws, AMergeByOverwriteIsNotCommutative) {
  EXPECT_EQ(broken_by<GCounter<2>>(Mutation::merge_by_overwrite), "commutative");
  EXPECT_EQ((broken_by<ORSet<Item, 3>>(Mutation::merge_by_overwrite)), "commutative");
  EXPECT_EQ((broken_by<RGA<Item, 3>>(Mutation::merge_by_overwrite)), "commutative");
}
TEST(BrokenLaws, ATieWithoutATieBreakIsNotCommutative) {
  EXPECT_EQ(broken_by<LWWRegister<Item>>(Mutation::tie_without_tie_break), "commutative");
}
TEST(BrokenLaws, WithoutTombstonesARemovalIsNotInflationary) {
  EXPECT_EQ((broken_by<ORSet<Item, 3>>(Mutation::tombstone_dropped)), "inflationary");
  EXPECT_EQ((broken_by<TwoPhaseSet<Item, 3>>(Mutation::tombstone_dropped)), "inflationary");
}
TEST(BrokenLaws, AClockThatStandsStillIsNotInflationary) {
  EXPECT_EQ(broken_by<LWWRegister<Item>>(Mutation::clock_stands_still), "inflationary");
}
TEST(BrokenLaws, AnInsertionWithoutSkippingIsNotCommutative) {
  EXPECT_EQ((broken_by<RGA<Item, 3>>(Mutation::insert_without_skipping)), "commutative");
}

// The mistake that no law sees: taking the greater of two versions is a join, too. What it forgets,
// only the specification tells (models/crdt_state.hpp).
TEST(BrokenLaws, ARegisterThatDropsConcurrentValuesBreaksNoneOfTwoReplicas) {
  EXPECT_EQ((broken_by<MVRegister<Item, 2>>(Mutation::concurrent_value_dropped)), "");
}

template <class State>
class LargeWorlds : public ::testing::Test {};
using LargeTypes = Types<5, many>;
TYPED_TEST_SUITE(LargeWorlds, LargeTypes);

TYPED_TEST(LargeWorlds, ObeyTheLaws) {
  const Laws<TypeParam> laws(Mutation::none);
  EXPECT_TRUE(rc::check([&] {
    World<TypeParam> world(5, 4, Mutation::none);
    const auto length = *rc::gen::inRange<std::size_t>(1, many);
    for (std::size_t taken = 0; taken < length; ++taken) {
      const auto steps = world.steps();
      const auto& step = steps[*rc::gen::inRange<std::size_t>(0, steps.size())];
      if (step.is_update) {
        RC_ASSERT(laws.is_inflationary(world.state(step.replica), world.request_of(step)));
        RC_ASSERT(laws.delta_is_the_update(world.state(step.replica), world.request_of(step)));
      }
      world.take(step);
    }
    const auto& past = world.past();
    const auto any = [&] { return past[*rc::gen::inRange<std::size_t>(0, past.size())]; };
    for (int i = 0; i < 20; ++i) {
      const TypeParam a = any();
      const TypeParam b = any();
      RC_ASSERT(laws.broken_among({a, b}) == "");
      RC_ASSERT(laws.broken_by(a, b, any()) == "");
    }
  }));
}

}  // namespace
}  // namespace everyway::crdt::testing
