// A property is trusted only after it was seen to fail: each mutant of each model breaks the
// property that it names, in exactly as many actions as it says, and nothing but the mutation is to
// blame.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/registry.hpp"
#include "tests/agreement/commuting.hpp"
#include "tests/laws/arguments.hpp"

namespace everyway::testing {
namespace {

/// One mutant of one model.
struct Mutant {
  std::string model;
  MutantInfo info;

  friend std::ostream& operator<<(std::ostream& out, const Mutant& mutant) {
    return out << "everyway check " << mutant.model << ' ' << mutant.info.parameters << " --mutant "
               << mutant.info.name;
  }
};

[[nodiscard]] std::vector<Mutant> all_mutants() {
  std::vector<Mutant> all;
  for (const auto& model : ready_models()) {
    for (const MutantInfo& info : model->mutants()) {
      all.push_back({std::string(model->name()), info});
    }
  }
  return all;
}

[[nodiscard]] std::string name_of(const ::testing::TestParamInfo<Mutant>& info) {
  std::string name = info.param.model + "_" + std::string(info.param.info.name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class EveryMutant : public ::testing::TestWithParam<Mutant> {
 protected:
  [[nodiscard]] const MutantInfo& info() const { return GetParam().info; }
  [[nodiscard]] const CatalogueEntry& model() const {
    return find_model(catalogue_, GetParam().model);
  }

  /// The one property that the mutant must break, in the configuration that shows it.
  [[nodiscard]] CheckReport check(const std::string& mutant, SearchOptions options = {}) const {
    CheckRequest request;
    request.options = std::move(options);
    request.parameters = values_from(model(), info().parameters);
    request.mutant = mutant;
    request.options.properties = {std::string(info().breaks)};
    return model().check(request, {});
  }

 private:
  Catalogue catalogue_ = ready_models();
};

TEST_P(EveryMutant, BreaksItsPropertyInTheStatedNumberOfActionsAndReplays) {
  const CheckReport report = check(std::string(info().name));
  EXPECT_EQ(report.verdict, Verdict::violated);
  ASSERT_EQ(report.properties.size(), 1U);
  ASSERT_TRUE(report.properties[0].trace);
  EXPECT_EQ(report.properties[0].trace->actions.size(), info().length);
  EXPECT_FALSE(report.properties[0].why.empty());

  const ReplayReport replay = model().replay(*report.properties[0].trace);
  EXPECT_TRUE(replay.violated());
  EXPECT_TRUE(replay.reproduced());
  ASSERT_FALSE(replay.findings.empty());
  EXPECT_EQ(replay.findings.front().step, info().length);
  EXPECT_EQ(replay.findings.front().property.name, info().breaks);
}

/// Whether a reduced search can decide the property that the mutant breaks.
[[nodiscard]] bool may_be_reduced(const CatalogueEntry& model, const MutantInfo& mutant) {
  if (!tells_what_commutes(model.name())) return false;
  for (const PropertyInfo& property : model.properties(values_from(model, mutant.parameters))) {
    if (property.name == mutant.breaks) return property.kind != PropertyKind::always_step;
  }
  return true;
}

TEST_P(EveryMutant, IsFoundInAsManyActionsAndStatesByAReducedSearchOrThatIsRefused) {
  SearchOptions options;
  options.reduction = Reduction::sleep;
  if (!may_be_reduced(model(), info())) {
    EXPECT_THROW((void)check(std::string(info().name), options), UsageError);
    return;
  }
  const CheckReport full = check(std::string(info().name));
  for (const unsigned workers : {1U, 2U}) {
    options.workers = workers;
    const CheckReport report = check(std::string(info().name), options);
    EXPECT_EQ(report.verdict, Verdict::violated);
    ASSERT_TRUE(report.properties[0].trace);
    EXPECT_EQ(report.properties[0].trace->actions.size(), info().length);
    EXPECT_EQ(report.distinct, full.distinct);
    EXPECT_EQ(report.depth, full.depth);
    EXPECT_EQ(report.generated + report.skipped, full.generated);
    EXPECT_TRUE(model().replay(*report.properties[0].trace).reproduced());
  }
}

// Exhaustively, where that is a matter of seconds; elsewhere as deep as the mutant's
// counterexample.
TEST_P(EveryMutant, IsAloneToBlame) {
  SearchOptions options;
  options.max_states = 2'000'000;
  const CheckReport report = check("", options);
  EXPECT_EQ(report.verdict, report.stop == Stop::exhausted ? Verdict::holds : Verdict::unknown);
  if (report.stop == Stop::exhausted) return;
  ASSERT_EQ(report.stop, Stop::max_states);

  options.max_states = 0;
  options.max_depth = info().length;
  const CheckReport as_deep = check("", options);
  EXPECT_EQ(as_deep.verdict, Verdict::unknown);
  EXPECT_EQ(as_deep.stop, Stop::max_depth);
}

INSTANTIATE_TEST_SUITE_P(Models, EveryMutant, ::testing::ValuesIn(all_mutants()), name_of);

/// The deadlock check goes with every model, so a mutant may name it too.
[[nodiscard]] std::set<std::string> refutable_properties(const CatalogueEntry& model,
                                                         std::string_view parameters = "") {
  std::set<std::string> names{std::string(deadlock_property)};
  for (const PropertyInfo& property : model.properties(values_from(model, parameters))) {
    if (property.kind != PropertyKind::reachable) names.insert(property.name);
  }
  return names;
}

TEST(EveryModel, HasTheRefutablePropertiesThatItsMutantsName) {
  for (const auto& model : ready_models()) {
    for (const MutantInfo& mutant : model->mutants()) {
      EXPECT_TRUE(
          refutable_properties(*model, mutant.parameters).contains(std::string(mutant.breaks)))
          << model->name() << ' ' << mutant.name << " breaks " << mutant.breaks;
    }
  }
}

/// Properties that no mutant breaks, and why. By model and name.
[[nodiscard]] const std::map<std::pair<std::string, std::string>, std::string>& never_broken() {
  static const std::map<std::pair<std::string, std::string>, std::string> reasons{
      {{"die_hard", "TypeOK"}, "the riddle is a first model to read, and has no mutants"},
  };
  return reasons;
}

TEST(EveryModel, HasAMutantForEachRefutableProperty) {
  for (const auto& model : ready_models()) {
    // The deadlock check is the engine's, and seen to fail in its own tests.
    std::set<std::string> broken{std::string(deadlock_property)};
    for (const MutantInfo& mutant : model->mutants()) broken.insert(std::string(mutant.breaks));
    for (const std::string& property : refutable_properties(*model)) {
      const bool excused = never_broken().contains({std::string(model->name()), property});
      EXPECT_NE(broken.contains(property), excused) << model->name() << ": " << property;
    }
  }
}

TEST(EveryModel, HasAReachableProperty) {
  for (const auto& model : ready_models()) {
    const std::vector<PropertyInfo> properties = model->properties({});
    EXPECT_TRUE(std::any_of(properties.begin(), properties.end(), [](const PropertyInfo& each) {
      return each.kind == PropertyKind::reachable;
    })) << model->name();
  }
}

TEST(EveryModel, HasAsManyMutantsAsItNeedsUnderDistinctNames) {
  const std::map<std::string, std::size_t> fewest{
      {"raft", 8},
      {"request_vote", 4},
      {"paxos", 4},
      {"two_phase_commit", 4},
      {"three_phase_commit", 4},
      {"saga_choreography", 4},
      {"primary_copy_register", 3},
      {"causal_register", 2},
      {"gossip_register", 3},
      {"quorum_register", 5},
      {"saga_orchestration", 4},
      {"pbft", 8},
      {"rebalancing", 10},
      {"clocks", 8},
      {"crdt_state", 8},
      {"crdt_operation", 4},
      {"transport", 6},
      {"non_blocking", 2},
  };
  for (const auto& model : ready_models()) {
    std::set<std::string_view> names;
    for (const MutantInfo& mutant : model->mutants()) names.insert(mutant.name);
    EXPECT_EQ(names.size(), model->mutants().size()) << model->name();
    const auto needed = fewest.find(std::string(model->name()));
    if (needed != fewest.end()) {
      EXPECT_GE(names.size(), needed->second) << model->name();
    }
  }
}

TEST(EveryModel, IsInTheCatalogueOnce) {
  std::set<std::string_view> names;
  const Catalogue models = ready_models();
  for (const auto& model : models) EXPECT_TRUE(names.insert(model->name()).second);
  for (const std::string_view wanted :
       {"primary_copy_register", "raft", "request_vote", "paxos", "two_phase_commit",
        "three_phase_commit", "saga_choreography", "saga_orchestration", "rebalancing", "pbft",
        "raft_tla", "paxos_tla", "two_phase_tla", "tcommit_tla", "die_hard"}) {
    EXPECT_TRUE(names.contains(wanted)) << wanted;
  }
}

}  // namespace
}  // namespace everyway::testing
