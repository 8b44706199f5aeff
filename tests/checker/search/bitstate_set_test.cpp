// The bitstate set: never forgets, and takes new states for known ones as often as it says.
#include "checker/search/bitstate_set.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>
#include <vector>

namespace everyway::testing {
namespace {

struct NoState {};

constexpr std::size_t ample = std::size_t{1} << 30U;

[[nodiscard]] bool is_fresh(BitstateSet& set, std::uint64_t print) {
  BitstateSet::Writer writer(set);
  return set.insert(writer, NoState{}, print, no_parent).fresh;
}

/// Of `count` random fingerprints, those that the set took for known.
[[nodiscard]] std::set<std::uint64_t> omitted(BitstateSet& set, int count) {
  std::mt19937_64 random(1);
  std::set<std::uint64_t> omitted;
  for (int i = 0; i < count; ++i) {
    const std::uint64_t print = random();
    if (!is_fresh(set, print)) omitted.insert(print);
  }
  return omitted;
}

TEST(BitstateSet, CallsNoStateFreshTwice) {
  for (unsigned bits = 1; bits <= most_bits_per_state; ++bits) {
    MemoryBudget budget(ample);
    BitstateSet set(budget, {std::size_t{1} << 16U, 0, bits});
    (void)omitted(set, 50'000);
    EXPECT_EQ(omitted(set, 50'000).size(), 50'000U);
  }
}

TEST(BitstateSet, OmitsNewStatesAsOftenAsItSays) {
  for (const unsigned bits : {1U, 2U, 3U, 5U, 7U}) {
    for (const int states : {1000, 20'000, 100'000, 200'000}) {
      SCOPED_TRACE(states);
      MemoryBudget budget(ample);
      BitstateSet set(budget, {std::size_t{1} << 16U, 3, bits});
      (void)omitted(set, states);
      const BitstateCoverage coverage = set.coverage();
      EXPECT_EQ(coverage.bits_per_state, bits);
      std::mt19937_64 random(999);
      int known = 0;
      constexpr int asked = 2000;  // few enough not to fill the table much more
      for (int i = 0; i < asked; ++i) known += is_fresh(set, random()) ? 0 : 1;
      const double expected = asked * coverage.omission_probability;
      EXPECT_NEAR(known, expected, 5 * std::sqrt(expected) + 0.03 * expected + 20);
    }
  }
}

TEST(BitstateSet, IsFilledAsAsMuchAsItsBitsAreSet) {
  MemoryBudget budget(ample);
  BitstateSet set(budget, {std::size_t{1} << 20U, 0, 3});
  EXPECT_EQ(set.coverage().fill, 0);
  EXPECT_EQ(set.coverage().omission_probability, 0);
  constexpr int states = 500'000;
  (void)omitted(set, states);
  const double bits = 8.0 * static_cast<double>(set.bytes());
  EXPECT_NEAR(set.coverage().fill, 1 - std::exp(-3.0 * states / bits), 0.003);
}

TEST(BitstateSet, OmitsTheSameStatesAgainUnderOneSeedAndOthersUnderAnother) {
  MemoryBudget budget(ample);
  const auto omitted_under = [&](std::uint64_t seed) {
    BitstateSet set(budget, {std::size_t{1} << 14U, seed, 3});
    return omitted(set, 20'000);
  };
  const std::set<std::uint64_t> first = omitted_under(1);
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(omitted_under(1), first);
  const std::set<std::uint64_t> second = omitted_under(2);
  std::size_t common = 0;
  for (const std::uint64_t print : first) common += second.contains(print) ? 1 : 0;
  // Independent: the common share is the product of both.
  const double expected =
      static_cast<double>(first.size()) * static_cast<double>(second.size()) / 20'000;
  EXPECT_LT(static_cast<double>(common), 1.5 * expected + 30);
}

TEST(BitstateSet, TakesItsMemoryFromTheBudgetAndGivesItBack) {
  MemoryBudget budget(std::size_t{1} << 20U);
  BitstateSet set(budget, {std::size_t{1} << 19U, 0, 3});
  EXPECT_EQ(budget.used(), std::size_t{1} << 19U);
  set.release();
  EXPECT_EQ(budget.used(), 0U);
}

}  // namespace
}  // namespace everyway::testing
