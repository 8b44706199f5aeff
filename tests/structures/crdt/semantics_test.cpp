// What each type is known for, and the counters' examples of the literature.
#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <vector>

#include "models/crdt_types.hpp"
#include "structures/crdt/lattice.hpp"
#include "structures/crdt/operation_based.hpp"

namespace everyway::crdt {
namespace {

const NodeId n1 = NodeId::at(0);
const NodeId n2 = NodeId::at(1);

template <std::size_t Size>
[[nodiscard]] GCounter<Size> counter_of(const std::array<std::uint8_t, Size>& counts) {
  GCounter<Size> counter;
  for (std::size_t i = 0; i < Size; ++i) counter.counts[i] = counts[i];
  return counter;
}

TEST(GCounter, MergesTheCountsOfThreeNodes) {
  GCounter<3> merged = counter_of<3>({3, 0, 0});
  merged.merge(counter_of<3>({0, 5, 0}));
  merged.merge(counter_of<3>({0, 0, 2}));
  EXPECT_EQ(merged, counter_of<3>({3, 5, 2}));
  EXPECT_EQ(merged.value(), 10U);
}

// Node X: [4, 0, 0]. Node Y: [2, 3, 0]. Node Z: [2, 1, 5].
TEST(GCounter, CountsWhatOthersKnewEarlierOnce) {
  GCounter<3> merged = counter_of<3>({4, 0, 0});
  merged.merge(counter_of<3>({2, 3, 0}));
  merged.merge(counter_of<3>({2, 1, 5}));
  EXPECT_EQ(merged, counter_of<3>({4, 3, 5}));
  EXPECT_EQ(merged.value(), 12U);
}

TEST(GCounter, ThrowsRatherThanStartAgainFromZero) {
  GCounter<2> counter = counter_of<2>({std::numeric_limits<std::uint8_t>::max(), 0});
  EXPECT_THROW(counter.increment(n1), ModelBoundError);
  GCounter<2, std::uint32_t> wide;
  for (int i = 0; i < 300; ++i) wide.increment(n1);
  EXPECT_EQ(wide.value(), 300U);
}

TEST(PNCounter, GoesBelowZero) {
  PNCounter<2> one;
  PNCounter<2> other;
  one.increment(n1);
  other.decrement(n2);
  other.decrement(n2);
  one.merge(other);
  EXPECT_EQ(one.value(), -1);
}

TEST(TwoPhaseSet, DoesNotTakeAnElementBack) {
  TwoPhaseSet<Item, 2> set;
  set.add(7);
  set.remove(7);
  set.add(7);
  EXPECT_FALSE(set.contains(7));
}

TEST(ORSet, TakesAnElementBack) {
  ORSet<Item, 4> set;
  set.add(n1, 7);
  set.remove(7);
  EXPECT_FALSE(set.contains(7));
  set.add(n1, 7);
  EXPECT_TRUE(set.contains(7));
}

TEST(ORSet, LetsAConcurrentAdditionWin) {
  ORSet<Item, 4> one;
  one.add(n1, 7);
  ORSet<Item, 4> other = one;
  one.remove(7);
  other.add(n2, 7);
  one.merge(other);
  other.merge(one);
  EXPECT_TRUE(one.contains(7));
  EXPECT_EQ(one, other);
}

TEST(LWWRegister, KeepsTheLaterAndBreaksATieByTheName) {
  LWWRegister<Item> one;
  LWWRegister<Item> other;
  one.assign(n1, 10);
  other.assign(n2, 20);
  EXPECT_EQ(joined(one, other).value, 20);
  one.assign(n1, 30);
  EXPECT_EQ(joined(one, other).value, 30);
}

TEST(MVRegister, KeepsConcurrentValuesUntilTheyAreSeen) {
  MVRegister<Item, 2> one;
  MVRegister<Item, 2> other;
  one.assign(n1, 10);
  other.assign(n2, 20);
  one.merge(other);
  EXPECT_EQ(one.versions.size(), 2U);
  one.assign(n1, 30);
  one.merge(other);
  ASSERT_EQ(one.versions.size(), 1U);
  EXPECT_EQ(one.versions[0].value, 30);
}

TEST(LWWMap, LetsALaterErasureWinAndAnEarlierOneLose) {
  LWWMap<Item, Item, 2> one;
  one.put(n1, 1, 10);
  LWWMap<Item, Item, 2> other = one;
  other.erase(n2, 1);
  EXPECT_EQ(joined(one, other).get(1), std::nullopt);
  one.put(n1, 1, 11);
  one.put(n1, 1, 12);
  EXPECT_EQ(joined(one, other).get(1), std::optional<Item>(12));
}

/// The values of a sequence that are not removed.
[[nodiscard]] std::vector<int> values_of(const RGA<Item, 8>& sequence) {
  std::vector<int> values;
  for (const std::int8_t value : answer_of(sequence)) values.push_back(value);
  return values;
}

TEST(RGA, DoesNotInterleaveWhatTwoReplicasTypedAtOnePlace) {
  RGA<Item, 8> one;
  RGA<Item, 8> other;
  Timestamp behind;
  for (Item value = 1; value <= 3; ++value) {
    one.insert(n1, behind, value);
    behind = id_of(one, value);
  }
  behind = {};
  for (Item value = 4; value <= 6; ++value) {
    other.insert(n2, behind, value);
    behind = id_of(other, value);
  }
  one.merge(other);
  EXPECT_EQ(values_of(one), (std::vector<int>{4, 5, 6, 1, 2, 3}));
}

TEST(RGA, InsertsBehindAnElementThatAnotherReplicaRemoved) {
  RGA<Item, 8> one;
  one.insert(n1, {}, 1);
  RGA<Item, 8> other = one;
  (void)one.apply_remove(id_of(one, 1));
  other.insert(n2, id_of(other, 1), 2);
  one.merge(other);
  EXPECT_EQ(values_of(one), std::vector<int>{2});
}

TEST(RGA, RefusesAnOperationOnWhatItDoesNotKnow) {
  RGA<Item, 8> here;
  RGA<Item, 8> there;
  here.insert(n1, {}, 1);
  EXPECT_FALSE(there.apply_insert(here.insertion(n1, id_of(here, 1), 2)));
  EXPECT_FALSE(there.apply_remove(id_of(here, 1)));
}

TEST(OperationORSet, RemovesWhatWasObservedAndNothingElse) {
  OperationORSet<Item, 4> set;
  set.apply_add(7, {n1, 1});
  const auto observed = set.observed(7);
  set.apply_add(7, {n2, 1});
  set.apply_remove(7, observed);
  EXPECT_TRUE(set.contains(7));
  set.apply_remove(7, set.observed(7));
  EXPECT_FALSE(set.contains(7));
}

}  // namespace
}  // namespace everyway::crdt
