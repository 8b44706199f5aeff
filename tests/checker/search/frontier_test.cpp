#include <gtest/gtest.h>

#include <deque>
#include <new>
#include <random>
#include <stdexcept>

#include "checker/search/frontier.hpp"

namespace everyway::testing {
namespace {

constexpr std::size_t ample = std::size_t{1} << 28U;

constexpr std::size_t header_words = 1;
constexpr std::size_t most_words = 64;

/// Puts an entry of a header and 1 + `words` words: how many follow, and these tell its number.
void put(Frontier& frontier, std::uint64_t number, std::size_t words, std::uint32_t depth = 0) {
  std::uint64_t* room = frontier.room_for(0, header_words + 1 + words);
  room[0] = number;
  room[1] = words;
  for (std::size_t i = 0; i < words; ++i) room[2 + i] = number + i;
  frontier.put(0, header_words + 1 + words, depth);
}

/// Takes what the round still offers, checks that entries are whole, and returns their numbers.
[[nodiscard]] std::vector<std::uint64_t> take_all(Frontier& frontier, std::uint32_t depth = 0) {
  std::vector<std::uint64_t> numbers;
  for (auto entries = frontier.take(0); !entries.words.empty(); entries = frontier.take(0)) {
    EXPECT_EQ(entries.depth, depth);
    for (auto words = entries.words; !words.empty(); words = words.subspan(2 + words[1])) {
      for (std::size_t i = 0; i < words[1]; ++i) EXPECT_EQ(words[2 + i], words[0] + i);
      numbers.push_back(words[0]);
    }
  }
  return numbers;
}

TEST(Frontiers, SayHowDeepTheirStatesLie) {
  MemoryBudget budget(ample);
  LevelFrontier level(budget, 1, most_words);
  StackFrontier stack(budget);
  for (Frontier* frontier : {static_cast<Frontier*>(&level), static_cast<Frontier*>(&stack)}) {
    for (std::uint32_t depth = 0; depth < 5; ++depth) {
      put(*frontier, depth, 2, depth);
      ASSERT_TRUE(frontier->begin_round());
      EXPECT_EQ(take_all(*frontier, depth), std::vector<std::uint64_t>{depth});
    }
  }
}

TEST(LevelFrontier, OffersALevelInTheOrderInWhichItWasPut) {
  MemoryBudget budget(ample);
  LevelFrontier frontier(budget, 1, most_words);
  std::uint64_t number = 0;
  std::vector<std::uint64_t> last_level;
  for (const std::size_t size : {1U, 10'000U, 3U, 5'000U, 0U}) {
    EXPECT_EQ(frontier.begin_round(), !last_level.empty());
    EXPECT_EQ(take_all(frontier), last_level);
    last_level.clear();
    for (std::size_t i = 0; i < size; ++i) {
      put(frontier, number, 1 + number % 40);
      last_level.push_back(number++);
    }
  }
  EXPECT_FALSE(frontier.begin_round());
}

TEST(LevelFrontier, TakesEntriesAsLargeAsWasSaid) {
  MemoryBudget budget(ample);
  LevelFrontier frontier(budget, 1, 100'002);
  put(frontier, 1, 3);
  put(frontier, 2, 100'000);
  put(frontier, 3, 3);
  ASSERT_TRUE(frontier.begin_round());
  EXPECT_EQ(take_all(frontier), (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_THROW(put(frontier, 4, 200'000), std::length_error);
}

// While a level is expanded, the next one takes its place; a small one gives memory back.
TEST(LevelFrontier, HoldsLittleMoreThanOneLevel) {
  constexpr std::uint64_t large = 1'000'000;
  constexpr std::size_t words = 1 + header_words;
  MemoryBudget budget(ample);
  LevelFrontier frontier(budget, 1, words);
  const std::size_t blocks = std::size_t{20} * 32 * 1024;
  for (std::uint64_t n = 0; n < large; ++n) put(frontier, n, 0);
  const std::size_t level = budget.used();
  EXPECT_LE(level, large * words * 8 + blocks);
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(frontier.begin_round());
    for (auto taken = frontier.take(0); !taken.words.empty(); taken = frontier.take(0)) {
      for (std::size_t n = 0; n < taken.words.size() / words; ++n) put(frontier, n, 0);
    }
    EXPECT_LE(budget.used(), level + blocks);
  }
  ASSERT_TRUE(frontier.begin_round());
  while (!frontier.take(0).words.empty()) {
  }
  put(frontier, 0, 0);
  ASSERT_TRUE(frontier.begin_round());
  EXPECT_LE(budget.used(), blocks);
  EXPECT_EQ(take_all(frontier), std::vector<std::uint64_t>{0});
}

// The dumb twin is std::deque.
TEST(StackFrontier, OffersTheNewestFirst) {
  MemoryBudget budget(ample);
  StackFrontier frontier(budget);
  std::deque<std::uint64_t> twin;
  std::mt19937 random(3);
  std::uint64_t number = 0;
  for (int step = 0; step < 20'000; ++step) {
    if (random() % 2 == 0 || twin.empty()) {
      for (unsigned i = random() % 4; i > 0; --i) {
        put(frontier, number, 1 + number % 30);
        twin.push_back(number++);
      }
    }
    ASSERT_EQ(frontier.begin_round(), !twin.empty());
    if (twin.empty()) continue;
    ASSERT_EQ(take_all(frontier), std::vector<std::uint64_t>{twin.back()});
    twin.pop_back();
  }
}

TEST(Frontiers, StopAtTheBudgetAndGiveItBack) {
  MemoryBudget budget(std::size_t{1} << 20U);
  {
    LevelFrontier level(budget, 1, most_words);
    EXPECT_THROW(for (std::uint64_t n = 0; n < 1'000'000; ++n) put(level, n, 20), std::bad_alloc);
    EXPECT_LE(budget.used(), budget.limit());
  }
  EXPECT_EQ(budget.used(), 0U);
  {
    StackFrontier stack(budget);
    EXPECT_THROW(for (std::uint64_t n = 0; n < 1'000'000; ++n) put(stack, n, 20), std::bad_alloc);
    EXPECT_LE(budget.used(), budget.limit());
  }
  EXPECT_EQ(budget.used(), 0U);
}

}  // namespace
}  // namespace everyway::testing
