// Both visited sets against std::unordered_map.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <thread>
#include <unordered_map>

#include "checker/search/exact_set.hpp"
#include "checker/search/fingerprint_set.hpp"
#include "checker/search/mixing.hpp"

namespace everyway::testing {
namespace {

struct Numbers {
  std::array<std::uint64_t, 3> value{};
};

constexpr std::size_t ample = std::size_t{1} << 30U;

template <class Set>
class VisitedSet : public ::testing::Test {};
using Sets = ::testing::Types<FingerprintSet, ExactSet>;
TYPED_TEST_SUITE(VisitedSet, Sets);

[[nodiscard]] Numbers numbers(std::uint64_t n) { return {{n % 7, 0, n}}; }

TYPED_TEST(VisitedSet, HasExactlyWhatWasInsertedAcrossGrowth) {
  MemoryBudget budget(ample);
  TypeParam set(budget);
  typename TypeParam::Writer writer(set);
  std::unordered_map<std::uint64_t, StateId> twin;
  std::mt19937_64 random(1);
  for (int i = 0; i < 400'000; ++i) {
    if (twin.size() == set.room()) {
      ASSERT_TRUE(set.grow());
    }
    const std::uint64_t n = random() % 150'000;
    const Numbers state = numbers(n);
    const Inserted inserted = set.insert(writer, state, fingerprint(state), no_parent);
    const auto [known, fresh] = twin.emplace(n, inserted.id);
    ASSERT_EQ(inserted.fresh, fresh);
    ASSERT_EQ(inserted.id, known->second);
    ASSERT_TRUE(set.matches(inserted.id, state));
  }
}

TYPED_TEST(VisitedSet, LeadsFromEveryStateToItsParentAcrossGrowth) {
  MemoryBudget budget(ample);
  TypeParam set(budget);
  typename TypeParam::Writer writer(set);
  std::vector<StateId> ids;
  for (std::uint64_t n = 0; n < 200'000; ++n) {
    if (n == set.room()) {
      ASSERT_TRUE(set.grow());
    }
    const Numbers state = numbers(n);
    ids.push_back(
        set.insert(writer, state, fingerprint(state), n == 0 ? no_parent : ids[n / 3]).id);
  }
  EXPECT_TRUE(set.possible_parents(ids[0]).empty());
  for (std::uint64_t n = 1; n < ids.size(); ++n) {
    const std::vector<StateId> parents = set.possible_parents(ids[n]);
    ASSERT_NE(std::find(parents.begin(), parents.end(), ids[n / 3]), parents.end()) << n;
  }
}

TYPED_TEST(VisitedSet, KeepsTheFirstParent) {
  MemoryBudget budget(ample);
  TypeParam set(budget);
  typename TypeParam::Writer writer(set);
  const auto insert = [&](std::uint64_t n, StateId parent) {
    return set.insert(writer, numbers(n), fingerprint(numbers(n)), parent);
  };
  const StateId first = insert(1, no_parent).id;
  const StateId second = insert(2, no_parent).id;
  const StateId child = insert(3, first).id;
  EXPECT_FALSE(insert(3, second).fresh);
  EXPECT_EQ(set.possible_parents(child), std::vector<StateId>{first});
}

TYPED_TEST(VisitedSet, ManyThreadsInsertEachStateOnce) {
  MemoryBudget budget(ample);
  TypeParam set(budget);
  while (set.room() < 120'000) ASSERT_TRUE(set.grow());
  std::atomic<std::uint64_t> fresh{0};
  const auto insert_all = [&](std::uint64_t start) {
    typename TypeParam::Writer writer(set);
    for (std::uint64_t i = 0; i < 100'000; ++i) {
      const Numbers state = numbers((start + i) % 100'000);
      if (set.insert(writer, state, fingerprint(state), no_parent).fresh) ++fresh;
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < 4; ++i) threads.emplace_back(insert_all, i * 20'000);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fresh, 100'000U);
}

TYPED_TEST(VisitedSet, RefusesToGrowPastTheBudgetAndKeepsWhatItHas) {
  MemoryBudget budget(std::size_t{16} << 20U);
  TypeParam set(budget);
  typename TypeParam::Writer writer(set);
  const Numbers state = numbers(5);
  ASSERT_TRUE(set.insert(writer, state, fingerprint(state), no_parent).fresh);
  while (set.grow()) {
  }
  EXPECT_LE(set.bytes(), budget.limit());
  EXPECT_FALSE(set.insert(writer, state, fingerprint(state), no_parent).fresh);
}

// Threads that move entries write without locks where they are alone: at growths by 2 and by 3/2.
TEST(FingerprintSet, LosesNothingWhenManyThreadsMakeItGrow) {
  MemoryBudget budget(std::size_t{1} << 30U);
  FingerprintSet set(budget);
  FingerprintSet::Writer writer(set);
  const auto print_of = [](std::uint64_t number) {
    return mixed(number + 1) | (std::uint64_t{1} << 40U);
  };
  const auto insert = [&](std::uint64_t number) {
    return set.insert(writer, Numbers{}, print_of(number), print_of(number / 2)).fresh;
  };
  std::uint64_t inserted = 0;
  for (unsigned threads = 2; set.bytes() < std::size_t{90} << 20U; ++threads) {
    for (; inserted < set.room(); ++inserted) ASSERT_TRUE(insert(inserted));
    ASSERT_TRUE(set.grow(threads));
    for (std::uint64_t number = 0; number < inserted; ++number) ASSERT_FALSE(insert(number));
  }
  for (std::uint64_t number = 0; number < inserted; number += 101) {
    const std::vector<StateId> parents = set.possible_parents(print_of(number));
    ASSERT_NE(std::find(parents.begin(), parents.end(), print_of(number / 2)), parents.end());
  }
}

// What a budget leaves is used up: by less than a quarter, then by crowding what there is.
TEST(FingerprintSet, UsesUpItsBudget) {
  constexpr std::size_t limit = std::size_t{35} << 20U;
  MemoryBudget budget(limit);
  FingerprintSet set(budget);
  FingerprintSet::Writer writer(set);
  std::uint64_t inserted = 0;
  const auto is_fresh = [&](std::uint64_t number) {
    const std::uint64_t print = mixed(number + 1) | (std::uint64_t{1} << 40U);
    return set.insert(writer, Numbers{}, print, no_parent).fresh;
  };
  do {
    for (; inserted < set.room(); ++inserted) ASSERT_TRUE(is_fresh(inserted));
  } while (set.grow());
  EXPECT_GE(set.bytes(), limit / 100 * 95);
  EXPECT_LE(set.bytes(), limit);
  EXPECT_GE(inserted, limit / 64 * 6 / 100 * 87);
  for (std::uint64_t number = 0; number < inserted; ++number) ASSERT_FALSE(is_fresh(number));
}

// Neighbours in the table, at its very end, and with equal upper halves.
TEST(FingerprintSet, KeepsCrowdedFingerprintsApartAndAcrossGrowth) {
  MemoryBudget budget(ample);
  FingerprintSet set(budget);
  FingerprintSet::Writer writer(set);
  std::vector<std::uint64_t> crowd;
  for (std::uint64_t n = 0; n < 100; ++n) {
    crowd.push_back(~std::uint64_t{0} - n);          // wraps around the end
    crowd.push_back((std::uint64_t{1} << 33U) + n);  // the first bucket
    crowd.push_back((std::uint64_t{7} << 60U) | n);  // one upper half
  }
  for (const std::uint64_t print : crowd) {
    ASSERT_TRUE(set.insert(writer, Numbers{}, print, crowd.front()).fresh);
  }
  for (int growth = 0; growth < 8; ++growth) {
    for (const std::uint64_t print : crowd) {
      ASSERT_FALSE(set.insert(writer, Numbers{}, print, no_parent).fresh);
      const std::vector<StateId> parents = set.possible_parents(print);
      ASSERT_NE(std::find(parents.begin(), parents.end(), crowd.front()), parents.end());
    }
    ASSERT_TRUE(set.grow());
  }
}

}  // namespace
}  // namespace everyway::testing
