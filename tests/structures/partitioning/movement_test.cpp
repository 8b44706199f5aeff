// How much moves when a node comes or goes: by consistent hashing the share of one node, by hash
// modulo N nearly everything. And rings that one can draw.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "properties/partitioning.hpp"
#include "structures/partitioning/hash_ring.hpp"
#include "structures/partitioning/modulo_partition.hpp"
#include "tests/structures/partitioning/small_rings.hpp"

namespace everyway::testing {
namespace {

using partitioning::HashRing;
using partitioning::Key;
using partitioning::ModuloPartition;
using partitioning::Node;
using partitioning::share_that_moves;

struct Identity {
  std::uint64_t operator()(Key key) const { return key; }
};

// By the Chinese remainder theorem, a hash below N (N - 1) has the same remainder by both exactly
// if it is below N - 1: one in N.
TEST(ModuloPartition, MovesAllButOneInNWhenOneOfNNodesLeaves) {
  for (Node count = 2; count <= 20; ++count) {
    ModuloPartition<Identity> before;
    for (Node node = 0; node < count; ++node) before.add(node);
    ModuloPartition<Identity> after = before;
    after.remove(count - 1);
    const auto keys = first_keys(std::size_t{count} * (count - 1));
    EXPECT_DOUBLE_EQ(share_that_moves(before, after, keys), (count - 1.0) / count);
  }
}

/// What moves when a node joins so many: percent of 100,000 keys. The table of
/// docs/PARTITIONING.md.
struct Moves {
  Node nodes;
  double ring;  ///< 128 points a node
  double modulo;
};
// clang-format off
constexpr std::array<Moves, 4> moves{{
    {4, 20.1, 80.2},
    {10, 7.8, 90.9},
    {30, 2.8, 96.8},
    {100, 1.1, 99.0},
}};
// clang-format on

TEST(Partitions, MoveTheSharesOfTheTable) {
  const auto keys = first_keys(100'000);
  for (const Moves& row : moves) {
    HashRing<> ring;
    ModuloPartition<> modulo;
    for (Node node = 0; node < row.nodes; ++node) {
      ring.add(node, 128);
      modulo.add(node);
    }
    const auto old_ring = ring;
    const auto old_modulo = modulo;
    ring.add(row.nodes, 128);
    modulo.add(row.nodes);
    const double by_ring = 100 * share_that_moves(old_ring, ring, keys);
    const double by_modulo = 100 * share_that_moves(old_modulo, modulo, keys);
    EXPECT_NEAR(by_ring, row.ring, 0.05) << row.nodes;
    EXPECT_NEAR(by_modulo, row.modulo, 0.05) << row.nodes;
    // One in N + 1, within 4 standard deviations of the share of 128 points; and all but that.
    const double fair = 100.0 / (row.nodes + 1);
    EXPECT_NEAR(by_ring, fair, 4 * fair / std::sqrt(128));
    EXPECT_NEAR(by_modulo, 100 - fair, 1);
    // Nothing moves but what the newcomer has now.
    EXPECT_NEAR(by_ring, 100 * ring.shares().at(row.nodes), 1);
  }
}

// Rings by hand: keys are positions of a ring of a given size, and nodes have their points where
// the table says.

constexpr Node a = 1;
constexpr Node b = 2;
constexpr Node c = 3;
constexpr Node d = 4;
constexpr Node e = 5;

struct Drawn {
  std::map<Node, std::vector<std::uint64_t>> table;

  std::uint64_t operator()(Key key) const { return key; }
  std::uint64_t operator()(Node node, std::uint32_t index) const { return table.at(node)[index]; }
};
HashRing<Drawn> ring_of(const Drawn& drawn, const std::vector<Node>& present) {
  HashRing<Drawn> ring(drawn);
  for (const Node node : present) {
    ring.add(node, static_cast<std::uint32_t>(drawn.table.at(node).size()));
  }
  return ring;
}

/// How many keys move, from which node to which.
using Flow = std::map<std::pair<Node, Node>, std::size_t>;
template <class P>
Flow flow(const P& before, const P& after, const std::vector<Key>& keys) {
  Flow flow;
  for (const Key key : keys) {
    const Node from = before.owner(key).value();
    const Node to = after.owner(key).value();
    if (from != to) ++flow[{from, to}];
  }
  return flow;
}

// Clockwise A, D, k3, B, k2, C, k1: "Removing Node C only moves keys between B and C to the next
// clockwise node. All others stay put."
TEST(HashRing, OfFourNodesMovesTheKeysBetweenBAndCWhenCLeaves) {
  const Drawn drawn{{{a, {0}}, {d, {90}}, {b, {180}}, {c, {270}}}};
  constexpr Key k3 = 120;
  constexpr Key k2 = 225;
  constexpr Key k1 = 300;
  const auto before = ring_of(drawn, {a, b, c, d});
  EXPECT_EQ(before.owner(k1), a);
  EXPECT_EQ(before.owner(k2), c);
  EXPECT_EQ(before.owner(k3), b);
  const auto after = ring_of(drawn, {a, b, d});
  for (const Key key : first_keys(360)) {
    const bool must_move = key > 180 && key <= 270;
    EXPECT_EQ(before.owner(key) != after.owner(key), must_move) << key;
    if (must_move) {
      EXPECT_EQ(after.owner(key), a);
    }
  }
  EXPECT_EQ(after.owner(k2), a);
}

// Four nodes with three points each, of which C fails, and then E joins. A ring of 120 positions:
//   A 0, B 10, C 20, D 30, A 40, C 50, B 60, D 70, C 80, A 90, B 100, D 110; E 5, 35, 65
class TwelvePoints : public ::testing::Test {
 protected:
  const Drawn drawn{{{a, {0, 40, 90}},
                     {b, {10, 60, 100}},
                     {c, {20, 50, 80}},
                     {d, {30, 70, 110}},
                     {e, {5, 35, 65}}}};
  const std::vector<Key> keys = first_keys(120);
  const HashRing<Drawn> full = ring_of(drawn, {a, b, c, d});
  const HashRing<Drawn> without_c = ring_of(drawn, {a, b, d});
  const HashRing<Drawn> with_e = ring_of(drawn, {a, b, d, e});
};

TEST_F(TwelvePoints, SpreadTheKeysOfANodeThatFailsOverThoseThatFollowItsPoints) {
  EXPECT_EQ(flow(full, without_c, keys), (Flow{{{c, d}, 10}, {{c, b}, 10}, {{c, a}, 10}}));
  EXPECT_DOUBLE_EQ(share_that_moves(full, without_c, keys), 0.25);
}

TEST_F(TwelvePoints, GiveANodeThatJoinsOnlyWhatLiesBeforeItsPoints) {
  EXPECT_EQ(flow(without_c, with_e, keys), (Flow{{{b, e}, 5}, {{a, e}, 5}, {{d, e}, 5}}));
  EXPECT_DOUBLE_EQ(share_that_moves(without_c, with_e, keys), 0.125);
}

// Where the hashes are the same, modulo 4, 3 and 4 again move three in four, each time.
TEST_F(TwelvePoints, MoveLessThanHashModuloN) {
  ModuloPartition<Identity> four;
  for (const Node node : {a, b, c, d}) four.add(node);
  auto three = four;
  three.remove(c);
  auto with_newcomer = three;
  with_newcomer.add(e);
  EXPECT_DOUBLE_EQ(share_that_moves(four, three, keys), 0.75);
  EXPECT_DOUBLE_EQ(share_that_moves(three, with_newcomer, keys), 0.75);
}

}  // namespace
}  // namespace everyway::testing
