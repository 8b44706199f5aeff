// Swarms: members that differ, and a whole that is their union.
#include <gtest/gtest.h>

#include <set>

#include "checker/search/search.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

[[nodiscard]] SearchOptions swarm_of(unsigned members, unsigned workers) {
  SearchOptions options;
  options.storage = Storage::bitstate;
  options.swarm = members;
  options.workers = workers;
  options.max_memory_bytes = std::size_t{8} << 20U;
  return options;
}

TEST(SwarmPlan, MembersDifferInSeedAndOrderAndShareTheMemoryAmongThoseThatRun) {
  const SearchOptions options = completed(swarm_of(40, 4));
  std::set<std::uint64_t> seeds;
  std::set<std::uint64_t> orders;
  std::set<std::pair<Strategy, std::uint32_t>> shapes;
  for (unsigned member = 0; member < options.swarm; ++member) {
    const SwarmPlan plan = swarm_plan(options, member);
    seeds.insert(plan.options.seed);
    orders.insert(plan.order);
    shapes.emplace(plan.options.strategy, plan.options.max_depth);
    EXPECT_EQ(plan.options.max_memory_bytes, options.max_memory_bytes / 4);
    EXPECT_EQ(plan.options.workers, 1U);
    EXPECT_NO_THROW((void)completed(plan.options));
    EXPECT_TRUE(plan.options.strategy == Strategy::dfs || plan.options.max_depth == 0);
  }
  EXPECT_EQ(seeds.size(), 40U);
  EXPECT_EQ(orders.size(), 40U);
  EXPECT_GT(shapes.size(), 5U);
}

TEST(SwarmPlan, DependsOnTheSeedAndTheNumberOfTheMemberOnly) {
  SearchOptions options = completed(swarm_of(8, 2));
  const std::uint64_t first = swarm_plan(options, 3).options.seed;
  options.swarm = 100;
  options.workers = 1;
  EXPECT_EQ(swarm_plan(options, 3).options.seed, first);
  options.seed = 5;
  EXPECT_NE(swarm_plan(options, 3).options.seed, first);
}

TEST(ModelView, EnumeratesTheSameSuccessorsInAnotherOrder) {
  const RandomGraph graph(1, 500, 6);
  int reordered = 0;
  for (const std::uint64_t order : {0U, 1U, 2U}) {
    const ModelView<RandomGraph> view(graph, order);
    for (std::uint16_t node = 0; node < 500; ++node) {
      const auto successors = [&](const auto& model) {
        std::vector<std::pair<int, int>> all;
        model.next(state_of(node), [&](const Edge& edge, auto&& effect) {
          GraphState successor = state_of(node);
          effect(successor);
          all.emplace_back(edge.number, successor.node);
        });
        return all;
      };
      const auto plain = successors(graph);
      const auto viewed = successors(view);
      EXPECT_EQ(successors(view), viewed) << "the same whenever it is asked";
      EXPECT_TRUE(std::is_permutation(plain.begin(), plain.end(), viewed.begin(), viewed.end()));
      if (order == 0) {
        EXPECT_EQ(viewed, plain);
      }
      reordered += viewed != plain ? 1 : 0;
    }
  }
  EXPECT_GT(reordered, 500);
}

TEST(Swarm, RunsAllItsMembersIfTheyFindNothing) {
  const RandomGraph graph(8, 3000, 3);
  SearchOptions options = swarm_of(9, 2);
  options.properties = {"no bad step"};
  options.check_deadlock = false;
  const Truth truth = truth_about(graph);
  const auto result = search(graph, options);
  EXPECT_EQ(result.swarm.size(), 9U);
  if (truth.shortest.contains("no bad step")) {
    EXPECT_EQ(result.verdict, Verdict::violated);
    return;
  }
  EXPECT_EQ(result.verdict, Verdict::unknown);
  std::uint64_t most = 0;
  std::uint64_t generated = 0;
  for (const SwarmMember& member : result.swarm) {
    most = std::max(most, member.distinct);
    generated += member.generated;
  }
  EXPECT_EQ(result.distinct, most);
  EXPECT_EQ(result.generated, generated);
}

// Tables so small that one search sees a part only: together they see more.
TEST(Swarm, FindsMoreThanItsFirstMember) {
  int alone = 0;
  int together = 0;
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    const RandomGraph graph(seed, 3000, 3);
    SearchOptions options = swarm_of(1, 1);
    options.table_bytes = 256;
    options.keep_going = true;
    const auto count = [](const auto& result) {
      int found = 0;
      for (const auto& outcome : result.properties) found += outcome.trace ? 1 : 0;
      return found;
    };
    alone += count(search(graph, options));
    options.swarm = 16;
    together += count(search(graph, options));
  }
  EXPECT_GT(together, alone);
}

TEST(Swarm, EndsAtTheFirstViolation) {
  std::size_t stopped = 0;
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const RandomGraph graph(seed, 300, 3);
    const Truth truth = truth_about(graph);
    if (!truth.shortest.contains("not bad")) continue;
    for (const unsigned workers : {1U, 3U}) {
      SearchOptions options = swarm_of(500, workers);
      options.properties = {"not bad"};
      const auto result = search(graph, options);
      EXPECT_EQ(result.verdict, Verdict::violated);
      EXPECT_EQ(result.stop, Stop::violation);
      EXPECT_LT(result.swarm.size(), 500U);
      ++stopped;
    }
  }
  EXPECT_GT(stopped, 0U);
}

TEST(Swarm, KeepsTheTimeLimitAsAWhole) {
  const RandomGraph graph(8, 20'000, 3);
  SearchOptions options = swarm_of(100'000, 2);
  options.properties = {"no bad step"};
  options.max_seconds = 0.5;
  options.keep_going = true;
  const auto result = search(graph, options);
  EXPECT_LT(result.swarm.size(), 100'000U);
  EXPECT_LT(result.seconds, 20);
  if (result.verdict != Verdict::violated) {
    EXPECT_EQ(result.stop, Stop::max_seconds);
  }
}

}  // namespace
}  // namespace everyway::testing
