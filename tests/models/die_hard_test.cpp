// DieHard.tla against TLC: its own test suite expects 16 distinct states, 97 generated, depth 8.
#include "models/die_hard.hpp"

#include <gtest/gtest.h>

#include "tests/models/tla_counts.hpp"

namespace everyway::die_hard {
namespace {

TEST(DieHard, CountsWhatTlcCounts) {
  EXPECT_EQ(testing::counts_of<Family>(""), (testing::TlcCounts{16, 97, 8}));
}

TEST(DieHard, TheHeroesNeedSixSteps) {
  EXPECT_EQ(testing::shortest_trace<Family>("", "Solved"), 6);
}

}  // namespace
}  // namespace everyway::die_hard
