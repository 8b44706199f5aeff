// RootTable against std::map, at sizes where its buckets change their kind.
#include "checker/search/root_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <thread>

#include "checker/search/mixing.hpp"

namespace everyway::testing {
namespace {

constexpr std::size_t ample = std::size_t{1} << 30U;

[[nodiscard]] bool leads_to(const RootTable& table, StateId id, StateId parent) {
  const std::vector<StateId> parents = table.possible_parents(id);
  return std::find(parents.begin(), parents.end(), parent) != parents.end();
}

TEST(Mixing, LosesNothing) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t x = random() >> (random() % 64);
    ASSERT_EQ(unmixed(mixed(x)), x);
    ASSERT_EQ(mixed(unmixed(x)), x);
  }
  EXPECT_EQ(mixed(0), 0U);
  EXPECT_EQ(unmixed(mixed(~std::uint64_t{0})), ~std::uint64_t{0});
}

// From 1024 buckets over 65536, where they become narrow, to those that grow by an eighth.
TEST(RootTable, HasExactlyWhatWasInsertedAcrossAllKindsOfGrowth) {
  MemoryBudget budget(ample);
  RootTable table(budget);
  std::map<StateId, StateId> twin;
  constexpr std::uint64_t ids = 700'000;
  for (std::uint64_t n = 1; n <= ids; ++n) {
    if (n - 1 == table.room()) {
      ASSERT_TRUE(table.grow());
    }
    ASSERT_TRUE(table.insert(mixed(n), mixed(n / 3)));
    const std::uint64_t known = n - n / 2 % 1000;
    ASSERT_FALSE(table.insert(mixed(known), no_parent)) << known;
  }
  for (std::uint64_t n = 1; n <= ids; ++n) ASSERT_FALSE(table.insert(mixed(n), no_parent));
  for (std::uint64_t n = 3; n <= ids; n += 97) ASSERT_TRUE(leads_to(table, mixed(n), mixed(n / 3)));
  EXPECT_TRUE(table.possible_parents(mixed(1)).empty());
  EXPECT_EQ(table.bytes(), budget.used());
  EXPECT_LT(static_cast<double>(table.bytes()) / ids, 15);
}

// Ids that differ in the last bits only share a bucket; more than fit within reach of it are kept
// aside. At every size, and next to ids at both ends of the table.
TEST(RootTable, TellsCrowdedIdsApartAcrossGrowth) {
  MemoryBudget budget(ample);
  RootTable table(budget);
  const StateId parent = 0x7777'0000'1234'5678;
  std::vector<StateId> crowd{parent, 1, ~std::uint64_t{0}};
  for (std::uint64_t n = 1; n <= 400; ++n) {
    crowd.push_back(0x0123'4567'0000'0000 + n);
    crowd.push_back(0xFFFF'FFFF'FFFF'0000 + n);
    crowd.push_back(1 + n);
    crowd.push_back((std::uint64_t{0xabc} << 48U) + (n << 40U));
  }
  for (const StateId id : crowd) ASSERT_TRUE(table.insert(id, parent));
  for (int growth = 0; growth < 12; ++growth) {
    for (const StateId id : crowd) ASSERT_FALSE(table.insert(id, no_parent)) << id;
    crowd.push_back(0x0123'4567'0000'0000 + crowd.size());
    ASSERT_TRUE(table.insert(crowd.back(), parent));
    for (std::size_t i = 0; i < crowd.size(); i += 7) {
      ASSERT_TRUE(leads_to(table, crowd[i], parent));
    }
    ASSERT_TRUE(table.grow());
  }
  EXPECT_EQ(table.bytes(), budget.used());
}

TEST(RootTable, FindsParentsWhoseUpperHalfIsZeroOrOne) {
  MemoryBudget budget(ample);
  RootTable table(budget);
  for (const StateId parent : {StateId{5}, (StateId{1} << 32U) | 5U}) {
    ASSERT_TRUE(table.insert(parent, no_parent));
    ASSERT_TRUE(table.insert(mixed(parent), parent));
  }
  for (const StateId parent : {StateId{5}, (StateId{1} << 32U) | 5U}) {
    EXPECT_TRUE(leads_to(table, mixed(parent), parent));
  }
}

void many_threads_insert_each_id_once(std::uint64_t ids, const auto& id_of) {
  MemoryBudget budget(ample);
  RootTable table(budget);
  while (table.room() < ids) ASSERT_TRUE(table.grow());
  std::atomic<std::uint64_t> fresh{0};
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint64_t i = 0; i < ids; ++i) {
        if (table.insert(id_of((i + thread * ids / 16) % ids), no_parent)) ++fresh;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fresh, ids);
}

TEST(RootTable, ManyThreadsInsertEachIdOnce) {
  many_threads_insert_each_id_once(60'000, [](std::uint64_t n) { return mixed(n + 1); });
  many_threads_insert_each_id_once(400'000, [](std::uint64_t n) { return mixed(n + 1); });
}

TEST(RootTable, ManyThreadsInsertEachIdOfACrowdOnce) {
  many_threads_insert_each_id_once(400, [](std::uint64_t n) { return n + 1; });
}

TEST(RootTable, RefusesToGrowPastTheBudget) {
  MemoryBudget budget(std::size_t{1} << 20U);
  RootTable table(budget);
  ASSERT_TRUE(table.insert(42, no_parent));
  while (table.grow()) {
  }
  EXPECT_LE(table.bytes(), budget.limit());
  EXPECT_FALSE(table.insert(42, no_parent));
}

}  // namespace
}  // namespace everyway::testing
