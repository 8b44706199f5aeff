// Every small ring: what must hold when nodes come and go, and on how many rings each mistake
// shows. After Karger et al., "Consistent Hashing and Random Trees" (1997), section 4.
#include "tests/structures/partitioning/small_rings.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "structures/partitioning/hash_ring.hpp"
#include "tests/structures/partitioning/flawed_rings.hpp"

namespace everyway::testing {
namespace {

using partitioning::HashRing;
using partitioning::Key;
using partitioning::Node;

TEST(HashRing, GivesEachKeyOneOwnerAndMovesNoOtherKeysOnEverySmallRing) {
  every_table(
      [](const TableHash& hash) { ASSERT_EQ(fault_of(HashRing<TableHash>(hash)), std::nullopt); });
}

/// The owner by going clockwise from position to position; of two nodes the lower one.
Node walked(const TableHash& hash, const std::vector<Node>& present, Key key) {
  for (std::size_t step = 0; step < ring_positions; ++step) {
    for (const Node node : present) {
      for (const std::uint64_t position : hash.table[node - 1]) {
        if (position == (key + step) % ring_positions) return node;
      }
    }
  }
  return 0;
}

TEST(HashRing, FindsTheOwnerThatAWalkClockwiseFinds) {
  every_table([](const TableHash& hash) {
    HashRing<TableHash> ring(hash);
    std::vector<Node> present;
    for (const Node node : ring_nodes) {
      ring.add(node, ring_points);
      present.push_back(node);
      for (const Key key : first_keys(ring_positions)) {
        ASSERT_EQ(ring.owner(key), walked(hash, present, key));
      }
    }
  });
}

/// On how many of the small rings a mistake shows, and on how many of these as `phrase`.
struct Shown {
  std::size_t rings = 0;
  std::size_t so = 0;
};
Shown shown(RingMistake mistake, const std::string& phrase) {
  Shown shown;
  every_table([&](const TableHash& hash) {
    const Refutation fault = fault_of(FlawedRing<TableHash>(mistake, hash));
    if (!fault) return;
    ++shown.rings;
    if (fault->find(phrase) != std::string::npos) ++shown.so;
  });
  return shown;
}

TEST(FlawedRing, WithoutAMistakeIsARing) { EXPECT_EQ(shown(RingMistake::none, "").rings, 0U); }

// No key lies behind the last point while that is at the last position. It does not show if n1 has
// a point there (11 of 36 ways, the others free); or if not, and both n2, which is there first, and
// n3, which is there last, do.
TEST(FlawedRing, WithoutAWayRoundLeavesKeysWithoutAnOwner) {
  const Shown found = shown(RingMistake::no_wrap, "has no owner");
  EXPECT_EQ(found.rings, ring_count - 11U * 36U * 36U - 25U * 11U * 11U);
  EXPECT_EQ(found.so, found.rings);
}

// When n2 has left, n3 has its points. It does not show only if n1 and n2 have the same positions,
// which n1 holds, and n3 has none but those: 6 ways with one position; and with two, 30 for the
// points of n1, 2 for those of n2 and 4 for those of n3.
TEST(FlawedRing, WithPointsByRankMovesKeysOfNodesThatStay) {
  const Shown found = shown(RingMistake::points_by_rank, "moves away from");
  EXPECT_EQ(found.rings, ring_count - 6U - 30U * 2U * 4U);
  EXPECT_GT(found.so, 0U);
}

// What n1 shares with n2 or n3 is lost to it; in a ring that n1 joins last, it is not. It does not
// show if n1 shares nothing: with one position (6 ways) the other four points have 5 positions
// each, with two (30 ways) 4. And not if, of two positions a and b, it shares a with n2 only, and
// no point of n3 lies on the d steps from a to b, so that b holds the keys of both: 12 ways for
// each d from 1 to 5, 5 * 5 - 4 * 4 for n2 (not b, and a at least once), (5 - d) squared for n3.
TEST(FlawedRing, WhereTheLaterPointWinsDependsOnTheOrderOfJoining) {
  const Shown found = shown(RingMistake::later_wins, "the order of joining matters");
  const std::size_t apart = 6U * 625U + 30U * 256U;
  const std::size_t hidden = 12U * 9U * (16U + 9U + 4U + 1U);
  EXPECT_EQ(found.rings, ring_count - apart - hidden);
  EXPECT_EQ(found.so, found.rings);
}

// It shows if n2's points are at two positions (30 ways) and n1, which would hold the one that is
// left behind, is not there (25 ways).
TEST(FlawedRing, ThatForgetsToRemoveAPointLeavesKeysToANodeThatIsGone) {
  const Shown found = shown(RingMistake::half_removed, "n2, which is no node");
  EXPECT_EQ(found.rings, 30U * 25U * 36U);
  EXPECT_EQ(found.so, found.rings);
}

}  // namespace
}  // namespace everyway::testing
