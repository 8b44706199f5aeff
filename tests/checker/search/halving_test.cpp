// Rebuilding a run by halving, with a textbook search as the one that finds states again.
#include "checker/search/halving.hpp"

#include <gtest/gtest.h>

#include <map>
#include <queue>

#include "checker/trace/replay.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

/// Distances and parents of a breadth-first search, by node.
struct Tree {
  std::map<std::uint16_t, std::uint32_t> depth;
  std::map<std::uint16_t, std::uint16_t> parent;
};

[[nodiscard]] Tree tree_of(const RandomGraph& graph, const std::vector<std::uint16_t>& starts) {
  Tree tree;
  std::queue<std::uint16_t> queue;
  for (const std::uint16_t node : starts) {
    if (graph.within(state_of(node)) && tree.depth.emplace(node, 0).second) queue.push(node);
  }
  for (; !queue.empty(); queue.pop()) {
    const std::uint16_t node = queue.front();
    for (const std::uint16_t target : graph.successors(node)) {
      if (!graph.within(state_of(target))) continue;
      if (!tree.depth.emplace(target, tree.depth[node] + 1).second) continue;
      tree.parent[target] = node;
      queue.push(target);
    }
  }
  return tree;
}

/// Finds states again by their whole tree.
struct SearchByTree {
  const RandomGraph* graph;
  int* searches;

  MetAgain operator()(const std::optional<GraphState>& start, std::uint64_t target,
                      std::uint32_t depth, std::uint32_t milestone_depth) const {
    ++*searches;
    const Tree tree =
        tree_of(*graph, start ? std::vector<std::uint16_t>{start->node} : graph->initial());
    for (const auto& [node, distance] : tree.depth) {
      if (fingerprint(state_of(node)) != target || distance > depth) continue;
      std::uint16_t milestone = node;
      for (std::uint32_t at = distance; at > milestone_depth; --at) {
        milestone = tree.parent.at(milestone);
      }
      return {distance, fingerprint(state_of(milestone))};
    }
    throw std::logic_error("not found");
  }
};

TEST(Halving, RebuildsAShortestRunToEveryState) {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const RandomGraph graph(seed, static_cast<std::uint16_t>(20 + 10 * seed), 2);
    for (const auto& [node, depth] : tree_of(graph, graph.initial()).depth) {
      int searches = 0;
      const Halving<RandomGraph, SearchByTree> halving(graph, {&graph, &searches});
      const Trace<RandomGraph> trace = halving.trace_to(fingerprint(state_of(node)), depth);
      EXPECT_EQ(trace.actions.size(), depth);
      EXPECT_EQ(replay(graph, trace, [](auto&&...) {}).node, node);
      EXPECT_LE(searches, static_cast<int>(depth)) << "one for each action but one";
    }
  }
}

// What a search under bitstate storage may know: a path that is longer than it must be.
TEST(Halving, TakesAShorterRunIfThereIsOne) {
  const RandomGraph graph(3, 500, 3);
  for (const auto& [node, depth] : tree_of(graph, graph.initial()).depth) {
    int searches = 0;
    const Halving<RandomGraph, SearchByTree> halving(graph, {&graph, &searches});
    if (depth < 1) continue;
    const Trace<RandomGraph> trace = halving.trace_to(fingerprint(state_of(node)), depth + 3);
    EXPECT_EQ(trace.actions.size(), depth);
    EXPECT_EQ(replay(graph, trace, [](auto&&...) {}).node, node);
  }
}

TEST(Halving, NeverMakesARunUp) {
  const RandomGraph graph(3, 500, 3);
  int searches = 0;
  const Halving<RandomGraph, SearchByTree> halving(graph, {&graph, &searches});
  for (std::uint32_t depth = 0; depth < 9; ++depth) {
    EXPECT_THROW((void)halving.trace_to(12345, depth), std::logic_error);
  }
}

}  // namespace
}  // namespace everyway::testing
