// The compact set against std::set, from one bucket to many, alone and with several threads.
#include "checker/search/compact_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <cmath>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace everyway::testing {
namespace {

struct NoState {};

constexpr std::size_t ample = std::size_t{1} << 30U;

/// Which of the 2^W fingerprints that a table of so many lines tells apart this one is.
[[nodiscard]] std::uint64_t class_of(std::uint64_t fingerprint, std::uint64_t lines) {
  return scaled_to(fingerprint, lines * 0xFFFFFFFFU * 4);
}

/// Fingerprints of which many share their home, their word, or all but the last bits.
[[nodiscard]] std::uint64_t crowded(std::mt19937_64& random) {
  const std::uint64_t any = random();
  switch (random() % 4) {
    case 0:
      return any;
    case 1:
      return (std::uint64_t{0xABCD} << 48U) | (any >> 16U);
    case 2:
      return (any % 1000) << 24U;
    default:
      return ~(any % 1'000'000'000);
  }
}

TEST(CompactSet, HasExactlyTheClassesThatWereInsertedInTablesOfEverySize) {
  for (const std::size_t lines : {1U, 2U, 3U, 5U, 64U, 100U, 5000U, 16384U}) {
    SCOPED_TRACE(lines);
    MemoryBudget budget(ample);
    CompactSet set(budget, {lines * 64, 0, 3});
    CompactSet::Writer writer(set);
    ASSERT_EQ(set.bytes(), lines * 64);
    std::set<std::uint64_t> twin;
    std::mt19937_64 random(lines);
    bool full = false;
    for (std::uint64_t i = 0; i < 40 * lines + 100 && twin.size() < set.room(); ++i) {
      const std::uint64_t print = crowded(random);
      const bool known = twin.contains(class_of(print, lines));
      try {
        ASSERT_EQ(set.insert(writer, NoState{}, print, no_parent).fresh, !known);
        twin.insert(class_of(print, lines));
      } catch (const VisitedSetFull&) {
        full = true;
        ASSERT_FALSE(known) << "what is there is found, however full the table is";
      }
    }
    EXPECT_GE(twin.size(), std::min<std::uint64_t>(set.room(), lines * 6)) << full;
  }
}

RC_GTEST_PROP(CompactSet, AnswersAsASetOfClassesDoes, ()) {
  const auto lines = *rc::gen::inRange<std::uint64_t>(1, 20);
  const auto prints = *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::oneOf(
      rc::gen::arbitrary<std::uint64_t>(), rc::gen::map(rc::gen::inRange(0, 50), [](int n) {
        return static_cast<std::uint64_t>(n) << 58U;
      })));
  MemoryBudget budget(ample);
  CompactSet set(budget, {lines * 64, 0, 3});
  CompactSet::Writer writer(set);
  std::set<std::uint64_t> twin;
  for (const std::uint64_t print : prints) {
    if (twin.size() == set.room()) break;
    bool fresh = false;
    try {
      fresh = set.insert(writer, NoState{}, print, no_parent).fresh;
    } catch (const VisitedSetFull&) {
      RC_ASSERT(!twin.contains(class_of(print, lines)));
      continue;
    }
    RC_ASSERT(fresh == twin.insert(class_of(print, lines)).second);
  }
}

TEST(CompactSet, ThatIsFullSaysSoAndStillKnowsWhatItHas) {
  MemoryBudget budget(ample);
  CompactSet set(budget, {64, 0, 3});
  CompactSet::Writer writer(set);
  std::mt19937_64 random(5);
  std::vector<std::uint64_t> held;
  while (held.size() < 12) {
    held.push_back(random());
    ASSERT_TRUE(set.insert(writer, NoState{}, held.back(), no_parent).fresh);
  }
  for (int i = 0; i < 1000; ++i) {
    EXPECT_THROW((void)set.insert(writer, NoState{}, random(), no_parent), VisitedSetFull);
  }
  for (const std::uint64_t print : held) {
    EXPECT_FALSE(set.insert(writer, NoState{}, print, no_parent).fresh);
  }
}

TEST(CompactSet, TakesRandomFingerprintsUpToItsRoom) {
  MemoryBudget budget(ample);
  CompactSet set(budget, {std::size_t{8} << 20U, 0, 3});
  CompactSet::Writer writer(set);
  std::set<std::uint64_t> twin;
  std::mt19937_64 random(9);
  while (twin.size() < set.room()) {
    const std::uint64_t print = random();
    const bool fresh = twin.insert(class_of(print, set.bytes() / 64)).second;
    ASSERT_EQ(set.insert(writer, NoState{}, print, no_parent).fresh, fresh);
  }
  EXPECT_LT(static_cast<double>(set.bytes()) / static_cast<double>(twin.size()), 5.93);
  EXPECT_FALSE(set.grow());
}

/// Each thread inserts all fingerprints, in nearly the same order, so that they meet in the same
/// slots at the same time. Returns how many were called fresh.
[[nodiscard]] std::uint64_t insert_from_threads(CompactSet& set,
                                                const std::vector<std::uint64_t>& prints) {
  std::atomic<std::uint64_t> fresh{0};
  const auto insert_all = [&](std::size_t first) {
    CompactSet::Writer writer(set);
    for (std::size_t i = 0; i < prints.size(); ++i) {
      const std::uint64_t print = prints[(first + i) % prints.size()];
      if (set.insert(writer, NoState{}, print, no_parent).fresh) ++fresh;
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) threads.emplace_back(insert_all, i);
  for (std::thread& thread : threads) thread.join();
  return fresh;
}

TEST(CompactSet, ManyThreadsInsertEachClassOnce) {
  constexpr std::uint64_t lines = 4096;
  MemoryBudget budget(ample);
  for (std::uint64_t round = 0; round < 5; ++round) {
    CompactSet set(budget, {lines * 64, 0, 3});
    std::mt19937_64 random(round);
    std::vector<std::uint64_t> prints;
    std::set<std::uint64_t> twin;
    while (twin.size() < set.room()) {
      prints.push_back(random());
      twin.insert(class_of(prints.back(), lines));
    }
    EXPECT_EQ(insert_from_threads(set, prints), twin.size());
    CompactSet::Writer writer(set);
    for (const std::uint64_t print : prints) {
      ASSERT_FALSE(set.insert(writer, NoState{}, print, no_parent).fresh);
    }
  }
}

// One word for all: every comparison needs a tag that another thread may be about to write.
TEST(CompactSet, ManyThreadsTellEntriesApartThatDifferInTheirTagsOnly) {
  constexpr std::uint64_t lines = 256;
  MemoryBudget budget(ample);
  std::set<std::uint64_t> twin;
  std::vector<std::uint64_t> prints;
  for (std::uint64_t home = 0; home < lines; ++home) {
    for (std::uint64_t rest = 0; rest < 16; ++rest) {
      // An eighth of a rest apart: two prints share a class, eight share a word.
      prints.push_back((home << 56U) + (std::uint64_t{77} << 24U) + (rest << 21U));
      twin.insert(class_of(prints.back(), lines));
    }
  }
  for (int round = 0; round < 20; ++round) {
    CompactSet set(budget, {lines * 64, 0, 3});
    EXPECT_EQ(insert_from_threads(set, prints), twin.size());
  }
}

TEST(CompactSet, SaysHowWideTheFingerprintsAreThatItTellsApart) {
  MemoryBudget budget(ample);
  const CompactSet small(budget, {std::size_t{64} << 10U, 0, 3});
  EXPECT_NEAR(small.fingerprint_bits(), 10 + 32 + 2, 1e-6);
  const CompactSet large(budget, {std::size_t{64} << 20U, 0, 3});
  EXPECT_NEAR(large.fingerprint_bits(), 20 + 32 + 2, 1e-6);
}

TEST(CompactSet, TakesFingerprintsForOneUnderOneSeedOnly) {
  MemoryBudget budget(ample);
  const std::uint64_t print = 0x1234'5678'9abc'0000;
  for (const std::uint64_t seed : {0U, 1U, 2U}) {
    CompactSet set(budget, {64 * 64, seed, 3});
    CompactSet::Writer writer(set);
    EXPECT_TRUE(set.insert(writer, NoState{}, print, no_parent).fresh);
    EXPECT_EQ(set.insert(writer, NoState{}, print + 1, no_parent).fresh, seed != 0);
  }
}

TEST(CompactSet, TakesItsMemoryFromTheBudgetAndGivesItBack) {
  MemoryBudget budget(std::size_t{1} << 20U);
  EXPECT_THROW(CompactSet(budget, {std::size_t{2} << 20U, 0, 3}), std::bad_alloc);
  EXPECT_EQ(budget.used(), 0U);
  {
    CompactSet set(budget, {100'000, 0, 3});
    EXPECT_EQ(budget.used(), 100'000 / 64 * 64U);
    set.release();
    EXPECT_EQ(budget.used(), 0U);
  }
  EXPECT_EQ(budget.used(), 0U);
}

}  // namespace
}  // namespace everyway::testing
