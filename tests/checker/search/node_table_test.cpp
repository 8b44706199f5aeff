// NodeTable against std::map.
#include "checker/search/node_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <thread>

namespace everyway::testing {
namespace {

constexpr std::size_t ample = std::size_t{1} << 30U;

/// Small numbers, pairs of small numbers and wide ones.
[[nodiscard]] std::uint64_t some_word(std::mt19937_64& random) {
  switch (random() % 3) {
    case 0:
      return random() % 1000;
    case 1:
      return ((random() % 300) << 32U) | (random() % 300);
    default:
      return random() % 200'000 * 0x9e37'79b9'7f4a'7c15U;
  }
}

TEST(NodeTable, GivesEveryWordOneReferenceForGoodAcrossGrowth) {
  MemoryBudget budget(ample);
  NodeTable table(budget);
  std::map<std::uint64_t, NodeRef> twin{{0, 0}};
  std::set<NodeRef> given{0};
  std::mt19937_64 random(1);
  for (int i = 0; i < 300'000; ++i) {
    const std::uint64_t word = some_word(random);
    const NodeRef ref = table.intern(word);
    const auto [known, is_new] = twin.emplace(word, ref);
    ASSERT_EQ(ref, known->second);
    if (is_new) {
      ASSERT_TRUE(given.insert(ref).second) << "two words with one reference";
    }
    if (i % 50'000 == 0) table.drop_replaced_indexes();
  }
  for (const auto& [word, ref] : twin) ASSERT_EQ(table.word_of(ref), word);
}

TEST(NodeTable, AWorkersMemoryChangesNothing) {
  MemoryBudget budget(ample);
  NodeTable table(budget);
  NodeMemory memory;
  std::mt19937_64 random(2);
  for (int i = 0; i < 300'000; ++i) {
    const std::uint64_t word = some_word(random);
    ASSERT_EQ(table.intern(word, memory), table.intern(word));
    ASSERT_EQ(table.word_of(table.intern(word, memory)), word);
  }
  EXPECT_EQ(table.intern(0, memory), 0U);
}

TEST(NodeTable, ManyThreadsGetTheSameReferences) {
  MemoryBudget budget(ample);
  NodeTable table(budget);
  constexpr std::uint64_t words = 40'000;
  std::vector<std::vector<NodeRef>> refs(4, std::vector<NodeRef>(words));
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 0; thread < refs.size(); ++thread) {
    threads.emplace_back([&, thread] {
      NodeMemory memory;
      for (std::uint64_t i = 0; i < words; ++i) {
        const std::uint64_t word = (i + thread * words / 8) % words;
        const NodeRef ref =
            thread % 2 == 0 ? table.intern(word * word) : table.intern(word * word, memory);
        refs[thread][word] = ref;
        table.prefetch_word(word);
        if (table.word_of(ref) != word * word) refs[thread][word] = ~NodeRef{0};
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::set<NodeRef>(refs[0].begin(), refs[0].end()).size(), words);
  for (std::uint64_t word = 0; word < words; ++word) {
    ASSERT_EQ(table.word_of(refs[0][word]), word * word);
    for (const auto& others : refs) ASSERT_EQ(others[word], refs[0][word]);
  }
}

/// Interns until there is no room and returns the words that went in.
[[nodiscard]] std::uint64_t fill(NodeTable& table) {
  for (std::uint64_t word = 1;; ++word) {
    try {
      if (table.intern(word) == 0) ADD_FAILURE() << "no reference";
    } catch (const std::bad_alloc&) {
      return word - 1;
    }
  }
}

TEST(NodeTable, RefusesWordsPastTheBudgetAndKeepsWhatItHas) {
  MemoryBudget budget(std::size_t{1} << 19U);
  {
    NodeTable table(budget);
    const std::uint64_t words = fill(table);
    EXPECT_GT(words, 1000U);
    EXPECT_LE(table.bytes(), budget.limit());
    EXPECT_EQ(table.bytes(), budget.used());
    EXPECT_THROW(static_cast<void>(table.intern(words + 1)), std::bad_alloc);
    std::set<NodeRef> refs;
    for (std::uint64_t word = 1; word <= words; ++word) {
      const NodeRef ref = table.intern(word);
      ASSERT_EQ(table.word_of(ref), word);
      refs.insert(ref);
    }
    EXPECT_EQ(refs.size(), words);
  }
  EXPECT_EQ(budget.used(), 0U);
}

TEST(NodeTable, RefusesWordsPastItsLimitInsteadOfWrappingAround) {
  MemoryBudget budget(ample);
  constexpr std::uint64_t most = 5000;
  NodeTable table(budget, most);
  const std::uint64_t words = fill(table);
  EXPECT_LE(words, most);
  EXPECT_GT(words, most / 2);
  for (std::uint64_t word = 1; word <= words; ++word) {
    ASSERT_EQ(table.word_of(table.intern(word)), word);
  }
}

}  // namespace
}  // namespace everyway::testing
