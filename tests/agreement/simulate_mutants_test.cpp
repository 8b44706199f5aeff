// Random walks find the mistakes that a search finds, within a bounded number of steps, and what
// they find replays.
#include <gtest/gtest.h>

#include "models/registry.hpp"
#include "tests/laws/arguments.hpp"

namespace everyway::testing {
namespace {

[[nodiscard]] SimulateReport simulate(const CatalogueEntry& model, const MutantInfo& mutant,
                                      const std::string& name, Checks checks, unsigned workers) {
  SimulateRequest request;
  request.parameters = values_from(model, mutant.parameters);
  request.mutant = name;
  request.options.properties = {std::string(mutant.breaks)};
  request.options.checks = checks;
  request.options.seed = 1;
  request.options.max_steps = 1'000'000;
  request.options.workers = workers;
  return model.simulate(request, {});
}

void expect_found(const CatalogueEntry& model, const MutantInfo& mutant, Checks checks) {
  const SimulateReport report = simulate(model, mutant, std::string(mutant.name), checks, 1);
  ASSERT_EQ(report.verdict, Verdict::violated);
  const PropertyReport& outcome = report.properties.front();
  ASSERT_TRUE(outcome.trace.has_value());
  EXPECT_GE(outcome.trace->actions.size(), mutant.length) << "no run is shorter than the shortest";
  const ReplayReport replayed = model.replay(*outcome.trace);
  EXPECT_TRUE(replayed.violated());
  EXPECT_TRUE(replayed.reproduced());
  EXPECT_NE(outcome.why.find(replayed.findings.front().why), std::string::npos) << outcome.why;
  EXPECT_EQ(replayed.findings.front().step, outcome.trace->actions.size());

  const SimulateReport together = simulate(model, mutant, std::string(mutant.name), checks, 3);
  EXPECT_EQ(together.properties.front().walk, outcome.walk);
  EXPECT_EQ(together.properties.front().story, outcome.story);
  EXPECT_EQ(together.counts.steps, report.counts.steps);
}

TEST(SimulationOfMutants, FindsEachWithinAMillionStepsAndItsTraceReplays) {
  const Catalogue models = ready_models();
  for (const char* const name : {"two_phase_tla", "tcommit_tla", "paxos_tla", "two_phase_commit"}) {
    const CatalogueEntry& model = find_model(models, name);
    ASSERT_FALSE(model.mutants().empty());
    for (const MutantInfo& mutant : model.mutants()) {
      for (const Checks checks : {Checks::chosen, Checks::enabled}) {
        SCOPED_TRACE(fmt::format("{} {} {}", name, mutant.name, enum_name(checks)));
        expect_found(model, mutant, checks);
      }
    }
  }
}

TEST(SimulationOfMutants, FindsNothingInTheUnchangedProtocol) {
  const Catalogue models = ready_models();
  for (const auto& model : models) {
    for (const MutantInfo& mutant : model->mutants()) {
      SimulateReport report = simulate(*model, mutant, "", Checks::chosen, 0);
      EXPECT_EQ(report.verdict, Verdict::unknown) << model->name() << ' ' << mutant.parameters;
      EXPECT_EQ(report.counts.steps, 1'000'000U);
      break;
    }
  }
}

TEST(SimulationOfDieHard, SolvesTheRiddle) {
  const Catalogue models = ready_models();
  const CatalogueEntry& model = find_model(models, "die_hard");
  SimulateRequest request;
  request.options.properties = {"Solved"};
  request.options.seed = 1;
  request.options.max_steps = 1'000'000;
  const SimulateReport report = model.simulate(request, {});
  EXPECT_EQ(report.verdict, Verdict::holds);
  EXPECT_TRUE(model.replay(*report.properties.front().trace).reproduced());
}

}  // namespace
}  // namespace everyway::testing
