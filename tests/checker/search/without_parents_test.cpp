// Searches whose visited set keeps no parents: compact storage finds what exact storage finds, with
// runs as short; bitstate storage finds nothing that is not there, and never says `holds`.
#include <gtest/gtest.h>

#include <cmath>

#include "checker/search/search.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

[[nodiscard]] SearchOptions with_storage(Storage storage) {
  SearchOptions options;
  options.storage = storage;
  options.keep_going = true;
  if (has_fixed_table(storage)) options.max_memory_bytes = std::size_t{16} << 20U;
  return options;
}

/// Whether the trace is one of the graph's, and shows what it is said to show.
void expect_real(const RandomGraph& graph, const PropertyOutcome<RandomGraph>& outcome) {
  std::uint16_t before_last = 0;
  const GraphState last = replay(graph, *outcome.trace,
                                 [&](std::size_t, const GraphState& before, const Edge&,
                                     const GraphState&) { before_last = before.node; });
  if (outcome.name == "not bad") {
    EXPECT_EQ(last.node, graph.bad_node());
  } else if (outcome.name == "good") {
    EXPECT_EQ(last.node, graph.good_node());
  } else if (outcome.name == "deadlock") {
    EXPECT_TRUE(graph.successors(last.node).empty());
  } else {
    EXPECT_TRUE(graph.is_bad_step(before_last, last.node));
  }
}

TEST(CompactStorage, FindsTheSameStatesVerdictsAndLengthsAsExactStorage) {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const RandomGraph graph(seed, static_cast<std::uint16_t>(20 + seed * 10), 3);
    const auto exact = search(graph, with_storage(Storage::exact));
    for (const unsigned workers : {1U, 2U, 5U}) {
      SCOPED_TRACE(fmt::format("seed {}, {} workers", seed, workers));
      SearchOptions options = with_storage(Storage::compact);
      options.workers = workers;
      const auto compact = search(graph, options);
      EXPECT_EQ(compact.verdict, exact.verdict);
      EXPECT_EQ(compact.stop, exact.stop);
      EXPECT_EQ(compact.distinct, exact.distinct);
      EXPECT_EQ(compact.generated, exact.generated);
      EXPECT_EQ(compact.depth, exact.depth);
      for (std::size_t i = 0; i < exact.properties.size(); ++i) {
        const auto& outcome = compact.properties[i];
        EXPECT_EQ(outcome.verdict, exact.properties[i].verdict);
        ASSERT_EQ(outcome.trace.has_value(), exact.properties[i].trace.has_value());
        if (!outcome.trace) continue;
        EXPECT_EQ(outcome.trace->actions.size(), exact.properties[i].trace->actions.size());
        expect_real(graph, outcome);
      }
    }
  }
}

TEST(CompactStorage, DepthFirstFindsTheSameStatesAndVerdictsAndRealRuns) {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    const RandomGraph graph(seed, static_cast<std::uint16_t>(20 + seed * 20), 3);
    SearchOptions options = with_storage(Storage::exact);
    options.strategy = Strategy::dfs;
    const auto exact = search(graph, options);
    options = with_storage(Storage::compact);
    options.strategy = Strategy::dfs;
    const auto compact = search(graph, options);
    EXPECT_EQ(compact.distinct, exact.distinct);
    EXPECT_EQ(compact.depth, exact.depth);
    for (std::size_t i = 0; i < exact.properties.size(); ++i) {
      const auto& outcome = compact.properties[i];
      EXPECT_EQ(outcome.verdict, exact.properties[i].verdict);
      ASSERT_EQ(outcome.trace.has_value(), exact.properties[i].trace.has_value());
      if (!outcome.trace) continue;
      EXPECT_EQ(outcome.trace->actions.size(), exact.properties[i].trace->actions.size());
      expect_real(graph, outcome);
    }
  }
}

TEST(CompactStorage, ThatIsTooSmallEndsAsUnknown) {
  const RandomGraph graph(1, 20'000, 4);
  SearchOptions options = with_storage(Storage::compact);
  options.check_deadlock = false;
  options.properties = {"no bad step"};
  options.table_bytes = 64 * 100;
  const auto result = search(graph, options);
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.stop, Stop::max_memory);
  EXPECT_FALSE(result.stop_detail.empty());
}

TEST(CompactStorage, StatesTheOddsOfItsNarrowerFingerprints) {
  const RandomGraph graph(1, 5000, 4);
  SearchOptions options = with_storage(Storage::compact);
  options.table_bytes = std::size_t{1} << 20U;
  const auto result = search(graph, options);
  EXPECT_NEAR(result.fingerprint_bits, 14 + 32 + 2, 1e-6);
  const auto distinct = static_cast<double>(result.distinct);
  const auto known = static_cast<double>(result.generated - result.distinct);
  EXPECT_NEAR(result.collision_probability, distinct * known * std::pow(2, -48), 1e-12);
  EXPECT_EQ(search(graph, with_storage(Storage::fingerprints)).fingerprint_bits, 64);
}

/// All engines of bitstate storage, with tables that omit many states, few, and next to none.
[[nodiscard]] std::vector<SearchOptions> bitstate_engines() {
  std::vector<SearchOptions> engines;
  for (const std::size_t bytes :
       {std::size_t{64}, std::size_t{512}, std::size_t{4096}, std::size_t{1} << 20U}) {
    for (const unsigned bits : {1U, 3U, 7U}) {
      SearchOptions options = with_storage(Storage::bitstate);
      options.table_bytes = bytes;
      options.bits_per_state = bits;
      options.seed = bytes + bits;
      engines.push_back(options);
      options.strategy = Strategy::dfs;
      engines.push_back(options);
      options.max_depth = 12;
      engines.push_back(options);
      options.strategy = Strategy::bfs;
      options.max_depth = 0;
      options.swarm = 5;
      options.workers = 2;
      engines.push_back(options);
    }
  }
  return engines;
}

TEST(BitstateStorage, FindsRealViolationsOnlyAndNeverSaysThatAllHolds) {
  std::size_t found = 0;
  for (std::uint32_t seed = 0; seed < 25; ++seed) {
    const RandomGraph graph(seed, static_cast<std::uint16_t>(20 + seed * 60), 3);
    const Truth truth = truth_about(graph);
    for (const SearchOptions& options : bitstate_engines()) {
      SCOPED_TRACE(fmt::format("seed {}, {} bytes, {} bits, {}, swarm {}", seed,
                               options.table_bytes, options.bits_per_state,
                               enum_name(options.strategy), options.swarm));
      const auto result = search(graph, options);
      EXPECT_NE(result.stop, Stop::exhausted);
      EXPECT_LE(result.distinct, truth.distinct);
      for (const auto& outcome : result.properties) {
        if (!outcome.trace) {
          EXPECT_EQ(outcome.verdict, Verdict::unknown);
          continue;
        }
        ++found;
        ASSERT_TRUE(truth.shortest.contains(outcome.name));
        EXPECT_GE(outcome.trace->actions.size(), truth.shortest.at(outcome.name));
        expect_real(graph, outcome);
      }
    }
  }
  EXPECT_GT(found, 1000U);
}

TEST(BitstateStorage, WithAmpleRoomMissesNothingAndSaysHowFullItIs) {
  const RandomGraph graph(8, 3000, 3);
  const Truth truth = truth_about(graph);
  SearchOptions options = with_storage(Storage::bitstate);
  options.table_bytes = std::size_t{8} << 20U;
  const auto result = search(graph, options);
  EXPECT_EQ(result.distinct, truth.distinct);
  ASSERT_TRUE(result.coverage.has_value());
  const double bits = 8.0 * static_cast<double>(options.table_bytes);
  EXPECT_NEAR(result.coverage->fill, 3.0 * static_cast<double>(truth.distinct) / bits, 3e-5);
  EXPECT_LT(result.coverage->omission_probability, 1e-6);
}

TEST(BitstateStorage, IsUnknownWhenItFoundNothing) {
  const RandomGraph graph(8, 3000, 3);
  SearchOptions options = with_storage(Storage::bitstate);
  for (const auto& property : properties_of(graph)) {
    options.properties = {property.name};
    const auto exact = search(graph, [&] {
      SearchOptions other = with_storage(Storage::exact);
      other.properties = {property.name};
      return other;
    }());
    const auto result = search(graph, options);
    if (exact.properties.front().trace) {
      EXPECT_EQ(result.verdict, exact.verdict) << property.name;
    } else {
      EXPECT_EQ(result.verdict, Verdict::unknown) << property.name;
      EXPECT_EQ(result.stop, Stop::omissions);
    }
  }
}

TEST(BitstateStorage, FindsTheSameAgainUnderOneSeed) {
  const RandomGraph graph(4, 2000, 3);
  for (SearchOptions options : bitstate_engines()) {
    options.workers = 1;
    const auto once = search(graph, options);
    const auto again = search(graph, options);
    EXPECT_EQ(again.distinct, once.distinct);
    EXPECT_EQ(again.generated, once.generated);
    ASSERT_EQ(again.swarm.size(), once.swarm.size());
    for (std::size_t i = 0; i < once.swarm.size(); ++i) {
      EXPECT_EQ(again.swarm[i].seed, once.swarm[i].seed);
      EXPECT_EQ(again.swarm[i].distinct, once.swarm[i].distinct);
    }
    for (std::size_t i = 0; i < once.properties.size(); ++i) {
      ASSERT_EQ(again.properties[i].trace.has_value(), once.properties[i].trace.has_value());
      if (!once.properties[i].trace) continue;
      EXPECT_EQ(again.properties[i].trace->actions.size(),
                once.properties[i].trace->actions.size());
    }
  }
}

TEST(WithoutParents, ProgressSaysThatARunIsBeingRebuilt) {
  RandomGraph graph(4, 2000, 3);
  for (const Storage storage : {Storage::compact, Storage::bitstate}) {
    bool searching = false;
    bool rebuilding = false;
    (void)search(graph, with_storage(storage), [&](const Progress& progress) {
      (progress.rebuilding ? rebuilding : searching) = true;
    });
    EXPECT_TRUE(searching);
    EXPECT_TRUE(rebuilding);
  }
}

TEST(WithoutParents, AnInterruptedSearchStillRebuildsWhatItFound) {
  const RandomGraph graph(4, 2000, 3);
  for (const Strategy strategy : {Strategy::bfs, Strategy::dfs}) {
    SearchOptions options = with_storage(Storage::compact);
    options.strategy = strategy;
    options.workers = 1;
    std::size_t traces = 0;
    std::size_t found = 0;
    // The report that precedes rebuilding is where a user's interrupt would have come.
    const auto result = search(graph, options, [&](const Progress& progress) {
      if (!progress.rebuilding) request_interrupt();
    });
    clear_interrupt();
    const auto exact = search(graph, with_storage(Storage::exact));
    for (std::size_t i = 0; i < exact.properties.size(); ++i) {
      traces += result.properties[i].trace ? 1 : 0;
      found += exact.properties[i].trace ? 1 : 0;
    }
    EXPECT_EQ(traces, found);
  }
}

TEST(WithoutParents, OptionsThatDoNotGoTogetherAreRefused) {
  const RandomGraph graph(4, 20, 3);
  const auto refused = [&](auto change, Storage storage) {
    SearchOptions options;
    options.storage = storage;
    change(options);
    EXPECT_THROW((void)search(graph, options), UsageError) << enum_name(storage);
  };
  for (const Storage storage : {Storage::fingerprints, Storage::exact}) {
    refused([](SearchOptions& o) { o.seed = 1; }, storage);
    refused([](SearchOptions& o) { o.table_bytes = 6400; }, storage);
  }
  for (const Storage storage : {Storage::fingerprints, Storage::exact, Storage::compact}) {
    refused([](SearchOptions& o) { o.swarm = 2; }, storage);
    refused([](SearchOptions& o) { o.bits_per_state = 2; }, storage);
    refused([](SearchOptions& o) { o.strategy = Strategy::dfs, o.max_depth = 5; }, storage);
  }
  refused([](SearchOptions& o) { o.workers = 2; }, Storage::bitstate);
  refused([](SearchOptions& o) { o.bits_per_state = 8; }, Storage::bitstate);
  refused([](SearchOptions& o) { o.swarm = 2, o.strategy = Strategy::dfs; }, Storage::bitstate);
  refused([](SearchOptions& o) { o.table_bytes = 2 << 20, o.max_memory_bytes = 1 << 20; },
          Storage::compact);
}

}  // namespace
}  // namespace everyway::testing
