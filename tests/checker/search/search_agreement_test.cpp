// The engine against a dumb twin on random graphs, in every combination of its parts.
#include <gtest/gtest.h>

#include "checker/search/search.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

using Outcome = PropertyOutcome<RandomGraph>;

[[nodiscard]] std::vector<SearchOptions> all_engines() {
  std::vector<SearchOptions> engines;
  for (const Storage storage : {Storage::fingerprints, Storage::exact}) {
    for (const unsigned workers : {1U, 2U, 5U}) {
      SearchOptions options;
      options.storage = storage;
      options.workers = workers;
      engines.push_back(options);
    }
    SearchOptions depth_first;
    depth_first.storage = storage;
    depth_first.strategy = Strategy::dfs;
    engines.push_back(depth_first);
  }
  return engines;
}

[[nodiscard]] std::string text(const SearchOptions& options, std::uint32_t seed) {
  return fmt::format("seed {}, {}, {}, {} workers", seed, enum_name(options.strategy),
                     enum_name(options.storage), options.workers);
}

[[nodiscard]] Verdict expected(const Outcome& outcome, const Truth& truth) {
  const bool found = truth.shortest.contains(outcome.name);
  return found == (outcome.kind == PropertyKind::reachable) ? Verdict::holds : Verdict::violated;
}

TEST(Search, CountsAndDecidesAsATextbookSearchDoesOnRandomGraphs) {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    const RandomGraph graph(seed, static_cast<std::uint16_t>(20 + seed * 5), 3);
    const Truth truth = truth_about(graph);
    for (SearchOptions options : all_engines()) {
      SCOPED_TRACE(text(options, seed));
      options.keep_going = true;
      const auto result = search(graph, options);
      if (result.stop == Stop::decided) continue;  // the counts are of what it needed
      ASSERT_EQ(result.stop, Stop::exhausted);
      EXPECT_EQ(result.distinct, truth.distinct);
      EXPECT_EQ(result.generated, truth.generated);
      if (options.strategy == Strategy::bfs) {
        EXPECT_EQ(result.depth, truth.depth);
      }
      ASSERT_EQ(result.properties.size(), 4U);
      for (const Outcome& outcome : result.properties) {
        EXPECT_EQ(outcome.verdict, expected(outcome, truth)) << outcome.name;
      }
    }
  }
}

TEST(Search, BreadthFirstTracesAreShortestForAnyNumberOfWorkers) {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    const RandomGraph graph(seed, static_cast<std::uint16_t>(50 + seed * 20), 3);
    const Truth truth = truth_about(graph);
    for (SearchOptions options : all_engines()) {
      if (options.strategy != Strategy::bfs) continue;
      SCOPED_TRACE(text(options, seed));
      options.keep_going = true;
      for (const Outcome& outcome : search(graph, options).properties) {
        if (!outcome.trace) continue;
        EXPECT_EQ(outcome.trace->actions.size(), truth.shortest.at(outcome.name)) << outcome.name;
      }
    }
  }
}

// Replaying throws if the trace is not one of the model's.
TEST(Search, EveryTraceReplaysToAStateOrStepThatShowsItsProperty) {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const RandomGraph graph(seed, static_cast<std::uint16_t>(30 + seed * 10), 3);
    for (SearchOptions options : all_engines()) {
      SCOPED_TRACE(text(options, seed));
      options.keep_going = true;
      for (const Outcome& outcome : search(graph, options).properties) {
        if (!outcome.trace) continue;
        std::uint16_t before_last = 0;
        const GraphState last = replay(graph, *outcome.trace,
                                       [&](std::size_t, const GraphState& before, const Edge&,
                                           const GraphState&) { before_last = before.node; });
        if (outcome.name == "not bad") {
          EXPECT_EQ(last.node, graph.bad_node());
        }
        if (outcome.name == "good") {
          EXPECT_EQ(last.node, graph.good_node());
        }
        if (outcome.name == "deadlock") {
          EXPECT_TRUE(graph.successors(last.node).empty());
        }
        if (outcome.name == "no bad step") {
          EXPECT_TRUE(graph.is_bad_step(before_last, last.node));
        }
      }
    }
  }
}

TEST(Search, StoppingAtAViolationGivesTheSameCountsAndLengthForAnyNumberOfWorkers) {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    const RandomGraph graph(seed, 3000, 4);
    SearchOptions options;
    options.workers = 1;
    const auto alone = search(graph, options);
    for (const unsigned workers : {2U, 3U, 8U}) {
      options.workers = workers;
      const auto together = search(graph, options);
      SCOPED_TRACE(text(options, seed));
      EXPECT_EQ(together.verdict, alone.verdict);
      EXPECT_EQ(together.stop, alone.stop);
      EXPECT_EQ(together.distinct, alone.distinct);
      EXPECT_EQ(together.generated, alone.generated);
      EXPECT_EQ(together.depth, alone.depth);
      for (std::size_t i = 0; i < alone.properties.size(); ++i) {
        EXPECT_EQ(together.properties[i].verdict, alone.properties[i].verdict);
        ASSERT_EQ(together.properties[i].trace.has_value(), alone.properties[i].trace.has_value());
        if (!alone.properties[i].trace) continue;
        EXPECT_EQ(together.properties[i].trace->actions.size(),
                  alone.properties[i].trace->actions.size());
      }
    }
  }
}

}  // namespace
}  // namespace everyway::testing
