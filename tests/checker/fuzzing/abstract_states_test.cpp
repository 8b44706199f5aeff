#include "checker/fuzzing/abstract_states.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "checker/search/chooser.hpp"
#include "tests/folder.hpp"

namespace everyway::testing {
namespace {

TEST(AbstractStates, AgreeWithASetOfTheStandardLibrary) {
  const Folder folder;
  AbstractStates states(folder.file("states"));
  std::set<std::uint64_t> twin;
  RandomChooser chooser(1, 1);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t hash = 1 + chooser.choose(30'000);
    EXPECT_EQ(states.insert(hash), twin.insert(hash).second);
  }
  EXPECT_EQ(states.count(), twin.size());
  EXPECT_FALSE(states.is_full());
}

TEST(AbstractStates, OutliveTheOneWhoMadeThem) {
  const Folder folder;
  { EXPECT_TRUE(AbstractStates(folder.file("states")).insert(42)); }
  AbstractStates again(folder.file("states"));
  EXPECT_EQ(again.count(), 1U);
  EXPECT_FALSE(again.insert(42));
}

TEST(AbstractStates, GiveEachNewOneToOneWorker) {
  const Folder folder;
  constexpr std::uint64_t hashes = 50'000;
  std::atomic<std::uint64_t> news{0};
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      AbstractStates states(folder.file("states"));  // a mapping of its own, as a process has
      for (std::uint64_t hash = 1; hash <= hashes; ++hash) news += states.insert(hash) ? 1 : 0;
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(news, hashes);
  EXPECT_EQ(AbstractStates(folder.file("states")).count(), hashes);
}

TEST(AbstractStates, SayThatTheyAreFullRatherThanLookForEver) {
  const Folder folder;
  AbstractStates states(folder.file("states"));
  std::uint64_t hash = 1;
  while (states.insert(hash)) ++hash;
  EXPECT_TRUE(states.is_full());
  EXPECT_EQ(states.count(), hash - 1);
  EXPECT_FALSE(states.insert(hash + 1));
}

}  // namespace
}  // namespace everyway::testing
