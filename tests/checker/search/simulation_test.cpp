// What a simulation finds is real, is that of the lowest walk, and does not depend on workers.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>

#include "checker/search/search.hpp"
#include "checker/search/simulate.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

using Result = SimulationResult<RandomGraph>;

[[nodiscard]] SimulationOptions walks_of_seed(std::uint64_t seed, std::uint64_t walks) {
  SimulationOptions options;
  options.seed = seed;
  options.max_walks = walks;
  options.depth = 20;
  options.workers = 1;
  return options;
}

[[nodiscard]] std::string text(const Trace<RandomGraph>& trace) {
  std::string text = std::to_string(trace.initial.node);
  for (const Edge& edge : trace.actions) text += " " + text_of(edge);
  return text;
}

/// All that a result says, but for time and workers.
[[nodiscard]] std::string text(const Result& result) {
  const WalkCounts& c = result.counts;
  std::string report =
      fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {}\n", enum_name(result.verdict),
                  enum_name(result.stop), result.stop_detail, c.walks, c.steps, c.turned_back,
                  c.named, c.generated, c.longest, c.ended_at_depth, c.ended_as_expected,
                  c.deadlocked, c.cornered, c.violating, c.cut_short);
  for (const auto& outcome : result.properties) {
    report += fmt::format("{} {} {} {}", outcome.name, enum_name(outcome.verdict), outcome.why,
                          outcome.walk);
    report += outcome.trace ? " " + text(*outcome.trace) + "\n" : "\n";
  }
  for (const ActionCount& action : result.actions) report += fmt::format("{} ", action.taken);
  return report;
}

[[nodiscard]] SimulationOptions arbitrary_options(std::uint64_t seed) {
  SimulationOptions options = walks_of_seed(seed, *rc::gen::inRange<std::uint64_t>(1, 300));
  options.checks = *rc::gen::element(Checks::chosen, Checks::enabled);
  options.depth = *rc::gen::inRange<std::uint64_t>(1, 40);
  options.keep_going = *rc::gen::arbitrary<bool>();
  options.check_deadlock = *rc::gen::arbitrary<bool>();
  options.max_steps = *rc::gen::element<std::uint64_t>(0, 500);
  return options;
}

RC_GTEST_PROP(Simulation, SaysTheSameForAnyNumberOfWorkers, (std::uint32_t seed)) {
  const RandomGraph graph(seed, 200, 4);
  SimulationOptions options = arbitrary_options(seed);
  const std::string alone = text(simulate(graph, options));
  for (const unsigned workers : {2U, 5U}) {
    options.workers = workers;
    RC_ASSERT(text(simulate(graph, options)) == alone);
  }
}

RC_GTEST_PROP(Simulation, FindsOnlyWhatASearchFindsToo, (std::uint32_t seed)) {
  const RandomGraph graph(seed, 60, 4);
  SearchOptions all;
  all.keep_going = true;
  const auto truth = search(graph, all);
  SimulationOptions options = arbitrary_options(seed);
  options.check_deadlock = true;
  const Result result = simulate(graph, options);
  for (std::size_t i = 0; i < truth.properties.size(); ++i) {
    const auto& found = result.properties[i];
    RC_ASSERT(found.name == truth.properties[i].name);
    if (found.verdict == Verdict::unknown) continue;
    RC_ASSERT(found.verdict == truth.properties[i].verdict);
    RC_ASSERT(found.trace->actions.size() >= truth.properties[i].trace->actions.size());
  }
}

RC_GTEST_PROP(Simulation, DecidesWithEnoughWalksAllThatASearchDecides, (std::uint32_t seed)) {
  const RandomGraph graph(seed, 10, 3);
  SearchOptions all;
  all.keep_going = true;
  const auto truth = search(graph, all);
  SimulationOptions options = walks_of_seed(seed, 20'000);
  options.checks = *rc::gen::element(Checks::chosen, Checks::enabled);
  options.keep_going = true;
  const Result result = simulate(graph, options);
  for (std::size_t i = 0; i < truth.properties.size(); ++i) {
    const bool has_trace = truth.properties[i].trace.has_value();
    RC_ASSERT(result.properties[i].trace.has_value() == has_trace);
    if (has_trace) RC_ASSERT(result.properties[i].verdict == truth.properties[i].verdict);
  }
}

// The walk that a report names is enough to find the same again.
RC_GTEST_PROP(Simulation, FindsTheSameAgainOnTheOneWalkThatItNamed, (std::uint32_t seed)) {
  const RandomGraph graph(seed, 100, 4);
  SimulationOptions options = arbitrary_options(seed);
  options.max_steps = 0;
  options.check_deadlock = true;
  const Result result = simulate(graph, options);
  for (const auto& outcome : result.properties) {
    if (!outcome.trace) continue;
    SimulationOptions again = options;
    again.first_walk = outcome.walk;
    again.max_walks = 1;
    again.properties = {outcome.name};
    const Result one = simulate(graph, again);
    RC_ASSERT(one.counts.walks == 1U);
    RC_ASSERT(one.properties.front().walk == outcome.walk);
    RC_ASSERT(one.properties.front().verdict == outcome.verdict);
    RC_ASSERT(one.properties.front().why == outcome.why);
    RC_ASSERT(text(*one.properties.front().trace) == text(*outcome.trace));
  }
}

RC_GTEST_PROP(Simulation, ReportsTheLowestWalkThatHasAViolation, (std::uint32_t seed)) {
  const RandomGraph graph(seed, 100, 4);
  SimulationOptions options = walks_of_seed(seed, 200);
  options.properties = {"not bad"};
  options.workers = 3;
  const Result together = simulate(graph, options);
  options.workers = 1;
  options.max_walks = 1;
  for (std::uint64_t walk = 1; walk <= 200; ++walk) {
    options.first_walk = walk;
    if (simulate(graph, options).verdict != Verdict::violated) continue;
    RC_ASSERT(together.properties.front().walk == walk);
    return;
  }
  RC_ASSERT(together.verdict == Verdict::unknown);
}

RC_GTEST_PROP(Simulation, CountsEachWalkAndStepOnce, (std::uint32_t seed)) {
  const RandomGraph graph(seed, 200, 4);
  const SimulationOptions options = arbitrary_options(seed);
  const WalkCounts c = simulate(graph, options).counts;
  RC_ASSERT(c.ended_at_depth + c.ended_as_expected + c.deadlocked + c.cornered + c.violating +
                c.cut_short ==
            c.walks);
  RC_ASSERT(c.longest <= options.depth);
  RC_ASSERT(options.max_steps == 0 || c.steps <= options.max_steps);
  const std::uint64_t walked = c.walks + c.steps + c.turned_back;
  RC_ASSERT(c.generated >= walked);
  RC_ASSERT(options.checks == Checks::enabled || c.generated == walked);
}

RC_GTEST_PROP(Simulation, FindsNothingLaterIfItChecksEverySuccessor, (std::uint32_t seed)) {
  const RandomGraph graph(seed, 100, 4);
  SimulationOptions options = walks_of_seed(seed, 100);
  options.properties = {"not bad"};
  const auto chosen = simulate(graph, options).properties.front();
  options.checks = Checks::enabled;
  const auto enabled = simulate(graph, options).properties.front();
  if (!chosen.trace) return;
  RC_ASSERT(enabled.verdict == Verdict::violated);
  RC_ASSERT(enabled.walk <= chosen.walk);
  if (enabled.walk < chosen.walk) return;
  RC_ASSERT(enabled.trace->actions.size() <= chosen.trace->actions.size());
}

}  // namespace
}  // namespace everyway::testing
