#include <gtest/gtest.h>

#include <cstring>
#include <new>
#include <random>
#include <set>
#include <thread>

#include "checker/search/block_pool.hpp"

namespace everyway::testing {
namespace {

constexpr std::size_t block = 8192;

TEST(BlockPool, KeepsWhatIsWrittenUntilItIsGivenBack) {
  MemoryBudget budget(std::size_t{1} << 30U);
  BlockPool pool(budget, block - 1);
  ASSERT_EQ(pool.block_bytes(), block);
  std::mt19937 random(7);
  std::vector<std::pair<std::byte*, int>> taken;
  for (int step = 0; step < 50'000; ++step) {
    if (random() % 100 == 0) pool.trim(random() % 20);
    if (taken.empty() || random() % 5 < 3) {
      std::byte* const bytes = pool.take();
      std::memset(bytes, step, block);
      taken.emplace_back(bytes, step);
    } else {
      std::swap(taken[random() % taken.size()], taken.back());
      const auto [bytes, filled] = taken.back();
      for (std::size_t i = 0; i < block; ++i) ASSERT_EQ(bytes[i], static_cast<std::byte>(filled));
      pool.give_back(bytes);
      taken.pop_back();
    }
    ASSERT_GE(budget.used(), taken.size() * block);
  }
}

TEST(BlockPool, TakesFromItsBudgetWhatItHolds) {
  MemoryBudget budget(10 * block);
  {
    BlockPool pool(budget, block);
    std::set<std::byte*> taken;
    for (int i = 0; i < 10; ++i) taken.insert(pool.take());
    EXPECT_EQ(taken.size(), 10U);
    EXPECT_THROW(static_cast<void>(pool.take()), std::bad_alloc);
    for (std::byte* each : taken) pool.give_back(each);
    EXPECT_EQ(budget.used(), 10 * block);
    pool.trim(3);
    EXPECT_EQ(budget.used(), 3 * block);
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(taken.contains(pool.take()));
    EXPECT_EQ(budget.used(), 10 * block);
  }
  EXPECT_EQ(budget.used(), 0U);
}

TEST(BlockPool, ServesManyThreads) {
  MemoryBudget budget(std::size_t{1} << 30U);
  BlockPool pool(budget, block);
  const auto work = [&](int number) {
    for (int round = 0; round < 2'000; ++round) {
      std::byte* const bytes = pool.take();
      std::memset(bytes, number, block);
      std::this_thread::yield();
      for (std::size_t i = 0; i < block; ++i) ASSERT_EQ(bytes[i], static_cast<std::byte>(number));
      pool.give_back(bytes);
    }
  };
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) threads.emplace_back(work, number);
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(budget.used(), 4 * block);
}

}  // namespace
}  // namespace everyway::testing
