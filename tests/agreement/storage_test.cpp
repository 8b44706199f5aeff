// Compact storage against fingerprints, on the models that are small enough to be searched often:
// the same states, verdicts and lengths, for the protocol and for each of its mutants.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/registry.hpp"
#include "tests/laws/arguments.hpp"

namespace everyway::testing {
namespace {

class StorageOf : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] const CatalogueEntry& model() const { return find_model(catalogue_, GetParam()); }

  /// "" for the unchanged protocol, and every mutant, each with the parameters that show it.
  [[nodiscard]] std::vector<CheckRequest> requests() const {
    std::vector<CheckRequest> requests(1);
    for (const MutantInfo& mutant : model().mutants()) {
      CheckRequest request;
      request.mutant = std::string(mutant.name);
      request.parameters = values_from(model(), mutant.parameters);
      requests.push_back(request);
    }
    return requests;
  }

  [[nodiscard]] CheckReport check(CheckRequest request, Storage storage) const {
    request.options.storage = storage;
    if (has_fixed_table(storage)) request.options.max_memory_bytes = std::size_t{32} << 20U;
    return model().check(request, {});
  }

 private:
  Catalogue catalogue_ = ready_models();
};

void expect_same(const CheckReport& report, const CheckReport& other) {
  EXPECT_EQ(report.verdict, other.verdict);
  EXPECT_EQ(report.stop, other.stop);
  EXPECT_EQ(report.distinct, other.distinct);
  EXPECT_EQ(report.generated, other.generated);
  EXPECT_EQ(report.depth, other.depth);
  ASSERT_EQ(report.properties.size(), other.properties.size());
  for (std::size_t i = 0; i < report.properties.size(); ++i) {
    const PropertyReport& mine = report.properties[i];
    const PropertyReport& theirs = other.properties[i];
    SCOPED_TRACE(mine.property.name);
    EXPECT_EQ(mine.verdict, theirs.verdict);
    ASSERT_EQ(mine.trace.has_value(), theirs.trace.has_value());
    if (!mine.trace) continue;
    EXPECT_EQ(mine.trace->actions.size(), theirs.trace->actions.size());
  }
}

TEST_P(StorageOf, CompactFindsWhatFingerprintsFindWithRunsAsShort) {
  for (CheckRequest request : requests()) {
    for (const bool keep_going : {false, true}) {
      SCOPED_TRACE(request.mutant);
      request.options.keep_going = keep_going;
      expect_same(check(request, Storage::compact), check(request, Storage::fingerprints));
    }
  }
}

TEST_P(StorageOf, CompactRunsReplay) {
  for (CheckRequest request : requests()) {
    SCOPED_TRACE(request.mutant);
    request.options.keep_going = true;
    for (const Strategy strategy : {Strategy::bfs, Strategy::dfs}) {
      request.options.strategy = strategy;
      for (const PropertyReport& outcome : check(request, Storage::compact).properties) {
        if (!outcome.trace) continue;
        EXPECT_TRUE(model().replay(*outcome.trace).reproduced());
      }
    }
  }
}

TEST_P(StorageOf, BitstateFindsEveryMutantInASwarmAndItsRunsReplay) {
  for (CheckRequest request : requests()) {
    SCOPED_TRACE(request.mutant);
    request.options.swarm = 4;
    const CheckReport report = check(request, Storage::bitstate);
    EXPECT_EQ(report.verdict, request.mutant.empty() ? Verdict::unknown : Verdict::violated);
    for (const PropertyReport& outcome : report.properties) {
      if (!outcome.trace) continue;
      EXPECT_TRUE(model().replay(*outcome.trace).reproduced());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Models, StorageOf,
                         ::testing::Values("die_hard", "two_phase_tla", "tcommit_tla", "paxos_tla"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace everyway::testing
