// Partitions of keys among nodes: what must hold however nodes come and go, and what each kind of
// partition is good and bad at.
#include "properties/partitioning.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "structures/partitioning/hash_ring.hpp"
#include "structures/partitioning/modulo_partition.hpp"
#include "structures/partitioning/range_partition.hpp"
#include "tests/structures/partitioning/small_rings.hpp"

namespace everyway::testing {
namespace {

using partitioning::HashRing;
using partitioning::Key;
using partitioning::MixingHash;
using partitioning::ModuloPartition;
using partitioning::moves_only_from;
using partitioning::moves_only_to;
using partitioning::Node;
using partitioning::one_owner;
using partitioning::RangePartition;

static_assert(partitioning::Partition<HashRing<>> && partitioning::Partition<ModuloPartition<>> &&
              partitioning::Partition<RangePartition>);

RC_GTEST_PROP(HashRing, MovesNoOtherKeysHoweverNodesComeAndGo, ()) {
  const auto keys = *rc::gen::container<std::vector<Key>>(200, rc::gen::arbitrary<Key>());
  HashRing<> ring(MixingHash{*rc::gen::arbitrary<std::uint64_t>()});
  std::vector<Node> present{0};
  ring.add(0, 4);
  for (int step = 0; step < 12; ++step) {
    const HashRing<> before = ring;
    const Node node = *rc::gen::inRange<Node>(0, 10);
    const auto found = std::find(present.begin(), present.end(), node);
    if (found == present.end()) {
      ring.add(node, *rc::gen::inRange<std::uint32_t>(1, 20));
      present.push_back(node);
      RC_ASSERT(moves_only_to(before, ring, keys, node) == Refutation{});
    } else if (present.size() > 1) {
      ring.remove(node);
      present.erase(found);
      RC_ASSERT(moves_only_from(before, ring, keys, node) == Refutation{});
    }
    RC_ASSERT(one_owner(ring, keys, present) == Refutation{});
    double all = 0;
    for (const auto& share : ring.shares()) all += share.second;
    RC_ASSERT(std::abs(all - 1) < 1e-9);
  }
}

// A ring depends on who is there, not on who came and went.
RC_GTEST_PROP(HashRing, ForgetsWhoWasThere, ()) {
  const MixingHash hash{*rc::gen::arbitrary<std::uint64_t>()};
  const auto comers = *rc::gen::container<std::vector<Node>>(10, rc::gen::inRange<Node>(0, 20));
  HashRing<> ring(hash);
  std::set<Node> present;
  for (const Node node : comers) {
    if (present.insert(node).second) {
      ring.add(node, node + 1);
    } else {
      present.erase(node);
      ring.remove(node);
    }
  }
  HashRing<> fresh(hash);
  for (const Node node : present) fresh.add(node, node + 1);
  RC_ASSERT(ring.points() == fresh.points());
}

RC_GTEST_PROP(RangePartition, MovesNoOtherKeysHoweverNodesComeAndGo, ()) {
  const auto keys = *rc::gen::container<std::vector<Key>>(200, rc::gen::inRange<Key>(0, 100));
  RangePartition ranges(0);
  std::vector<Node> present{0};
  for (int step = 0; step < 12; ++step) {
    const RangePartition before = ranges;
    const Node node = *rc::gen::inRange<Node>(0, 10);
    const auto found = std::find(present.begin(), present.end(), node);
    if (found == present.end()) {
      // Where a range begins, a cut would give all of it away.
      const Key from = *rc::gen::inRange<Key>(1, 100);
      if (ranges.ranges().count(from) != 0) continue;
      ranges.split(from, node);
      present.push_back(node);
      RC_ASSERT(ranges.owner(from) == node);
      RC_ASSERT(moves_only_to(before, ranges, keys, node) == Refutation{});
    } else if (present.size() > 1) {
      ranges.remove(node);
      present.erase(found);
      RC_ASSERT(moves_only_from(before, ranges, keys, node) == Refutation{});
    }
    RC_ASSERT(one_owner(ranges, keys, present) == Refutation{});
  }
}

// Hash modulo N gives each key one owner, too; it fails at the other two.
RC_GTEST_PROP(ModuloPartition, GivesEachKeyOneOwnerAndMovesKeysOfNodesThatStay, ()) {
  const Node count = *rc::gen::inRange<Node>(3, 20);
  ModuloPartition<> partition(MixingHash{*rc::gen::arbitrary<std::uint64_t>()});
  std::vector<Node> present;
  for (Node node = 0; node < count; ++node) {
    partition.add(node);
    present.push_back(node);
  }
  const auto keys = first_keys(1000);
  RC_ASSERT(one_owner(partition, keys, present) == Refutation{});

  ModuloPartition<> larger = partition;
  larger.add(count);
  RC_ASSERT(moves_only_to(partition, larger, keys, count) != Refutation{});
  ModuloPartition<> smaller = partition;
  smaller.remove(0);
  RC_ASSERT(moves_only_from(partition, smaller, keys, Node{0}) != Refutation{});
}

TEST(RangePartition, KeepsNeighboursTogether) {
  RangePartition ranges(1);
  ranges.split(100, 2);
  ranges.split(200, 3);
  EXPECT_EQ(ranges.owner(99), Node{1});
  EXPECT_EQ(ranges.owner(100), Node{2});
  EXPECT_EQ(ranges.owner(199), Node{2});
  EXPECT_EQ(ranges.owner(~Key{0}), Node{3});
  ranges.remove(1);
  EXPECT_EQ(ranges.owner(0), Node{2});
  ranges.remove(3);
  EXPECT_EQ(ranges.owner(~Key{0}), Node{2});
}

TEST(Partitions, WithoutNodesHaveNoOwners) {
  EXPECT_EQ(RangePartition().owner(7), std::nullopt);
  EXPECT_EQ(ModuloPartition<>().owner(7), std::nullopt);
  EXPECT_EQ(HashRing<>().owner(7), std::nullopt);
}

/// The keys of each node.
template <class P>
std::map<Node, std::size_t> counts(const P& partition, const std::vector<Key>& keys) {
  std::map<Node, std::size_t> counts;
  for (const Key key : keys) ++counts[partition.owner(key).value()];
  return counts;
}

// A thousand neighbouring keys, of ten nodes that share all keys evenly: by ranges, one node has
// them all, which is good for a scan and bad for the node; by hashes, each has about a tenth.
TEST(Partitions, ByRangesHaveHotspotsAndByHashesScatterScans) {
  constexpr Node count = 10;
  RangePartition ranges(0);
  ModuloPartition<> modulo;
  HashRing<> ring;
  for (Node node = 0; node < count; ++node) {
    ranges.split(~Key{0} / count * node, node);
    modulo.add(node);
    ring.add(node, 256);
  }
  const auto neighbours = first_keys(1000);
  EXPECT_EQ(counts(ranges, neighbours), (std::map<Node, std::size_t>{{0, 1000}}));
  EXPECT_EQ(counts(modulo, neighbours).size(), count);
  EXPECT_EQ(counts(ring, neighbours).size(), count);
  for (const auto& [node, keys] : counts(modulo, neighbours)) {
    // Binomial: 4 standard deviations are 38.
    EXPECT_NEAR(static_cast<double>(keys), 100, 38) << node;
  }
}

}  // namespace
}  // namespace everyway::testing
