// How even the shares of a ring are, by the number of its points. After DeCandia et al., "Dynamo"
// (2007), section 6.2.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "structures/partitioning/hash_ring.hpp"

namespace everyway::testing {
namespace {

using partitioning::HashRing;
using partitioning::MixingHash;
using partitioning::Node;

/// Of 10 nodes, over 300 rings: the standard deviation of a share in units of the mean, and the
/// mean of the largest.
struct Balance {
  double deviation;
  double largest;
};
Balance balance_of(std::uint32_t points_each) {
  constexpr Node count = 10;
  constexpr std::uint64_t rings = 300;
  Balance balance{0, 0};
  for (std::uint64_t seed = 0; seed < rings; ++seed) {
    HashRing<> ring(MixingHash{seed});
    for (Node node = 0; node < count; ++node) ring.add(node, points_each);
    double largest = 0;
    for (const auto& [node, share] : ring.shares()) {
      balance.deviation += (share * count - 1) * (share * count - 1);
      largest = std::max(largest, share * count);
    }
    balance.largest += largest;
  }
  balance.deviation = std::sqrt(balance.deviation / (rings * count));
  balance.largest /= rings;
  return balance;
}

/// The table of docs/PARTITIONING.md.
struct Evenness {
  std::uint32_t points;
  double deviation;  ///< percent of a fair share
  double largest;    ///< fair shares that the fullest node has
};
// clang-format off
constexpr std::array<Evenness, 5> evenness{{
    {1, 90, 2.94},
    {4, 47, 1.89},
    {16, 24, 1.42},
    {64, 12, 1.20},
    {256, 6, 1.10},
}};
// clang-format on

// Random points cut a ring into arcs whose lengths are those of a Dirichlet distribution: the share
// of V out of N V points has a Beta distribution with parameters V and N V - V.
TEST(HashRing, IsAsEvenAsTheNumberOfPointsMakesIt) {
  constexpr double count = 10;
  for (const Evenness& row : evenness) {
    const Balance balance = balance_of(row.points);
    EXPECT_NEAR(100 * balance.deviation, row.deviation, 0.5) << row.points;
    EXPECT_NEAR(balance.largest, row.largest, 0.005) << row.points;
    const double expected = std::sqrt((count - 1) / (count * row.points + 1));
    EXPECT_NEAR(balance.deviation / expected, 1, 0.1) << row.points;
  }
}

// The largest of N random arcs is 1 + 1/2 + ... + 1/N fair shares on average.
TEST(HashRing, WithOnePointANodeIsAsUnevenAsRandomArcs) {
  double harmonic = 0;
  for (int i = 1; i <= 10; ++i) harmonic += 1.0 / i;
  EXPECT_NEAR(balance_of(1).largest, harmonic, 0.2);
}

// Dynamo gives a node of twice the capacity twice as many points: 2 in 11 of 10 nodes.
TEST(HashRing, GivesANodeWithTwiceThePointsTwiceTheShare) {
  double share = 0;
  constexpr std::uint64_t rings = 300;
  for (std::uint64_t seed = 0; seed < rings; ++seed) {
    HashRing<> ring(MixingHash{seed});
    ring.add(0, 128);
    for (Node node = 1; node < 10; ++node) ring.add(node, 64);
    share += ring.shares().at(0) / rings;
  }
  EXPECT_NEAR(share, 2.0 / 11, 0.01);
}

}  // namespace
}  // namespace everyway::testing
