// Minimising through the catalogue: traces without their types, and parameters that can be lower.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checker/catalogue/carry_over.hpp"
#include "tests/checker/catalogue/test_family.hpp"

namespace everyway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

[[nodiscard]] boost::json::array actions(const std::string& text) {
  return boost::json::parse(text).as_array();
}

TEST(WithoutNodes, DropsWhatNamesThemAndMovesTheOthersDown) {
  const auto all = actions(R"([{"node": "n1", "to": ["n3"]}, {"node": "n2"}, {"node": "n3"}])");
  EXPECT_EQ(highest_node(all), 3U);
  EXPECT_EQ(without_nodes(all, 0b010),
            actions(R"([{"node": "n1", "to": ["n2"]}, {"node": "n2"}])"));
  EXPECT_EQ(without_nodes(all, 0b100), actions(R"([{"node": "n2"}])"));
  EXPECT_EQ(without_nodes(all, 0), all);
}

TEST(WithoutNodes, LeavesWhatOnlyLooksLikeANode) {
  const auto all = actions(R"([{"a": "n", "b": "n2x", "c": "none", "d": "v3", "e": 3}])");
  EXPECT_EQ(highest_node(all), 0U);
  EXPECT_EQ(without_nodes(all, 0b111), all);
}

TEST(WithFewerNodes, TriesAllSetsSmallOnesFirstUntilOneDoes) {
  const auto all = actions(R"(["n1", "n2", "n3"])");
  std::vector<std::size_t> lengths;
  EXPECT_FALSE(with_fewer_nodes(all, [&](const ActionsJson& some) {
    lengths.push_back(some.size());
    return false;
  }));
  EXPECT_THAT(lengths, ElementsAre(3, 2, 2, 2, 1, 1, 1));
  lengths.clear();
  const auto many = actions(R"(["n1", "n12"])");
  EXPECT_FALSE(with_fewer_nodes(many, [&](const ActionsJson& some) {
    lengths.push_back(some.size());
    return false;
  }));
  EXPECT_EQ(lengths.size(), 1U + 12U + 66U) << "of many nodes, sets of one and two";
  std::size_t tried = 0;
  EXPECT_TRUE(with_fewer_nodes(all, [&](const ActionsJson&) { return ++tried == 2; }));
  EXPECT_EQ(tried, 2U);
}

class MinimiseEntry : public ::testing::Test {
 protected:
  /// A hand-written run of the clock.
  [[nodiscard]] static TraceFile trace(const std::string& property, PropertyKind kind,
                                       const std::string& run, ParameterValues parameters) {
    TraceFile file;
    file.model = "clock";
    file.parameters = std::move(parameters);
    file.property = property;
    file.kind = kind;
    file.initial = {{"hour", 0}};
    file.actions = actions(run);
    return file;
  }
  [[nodiscard]] static TraceFile past_its_end() {
    return trace(
        "On its face", PropertyKind::always,
        R"([{"kind": "tick", "to": 1}, {"kind": "tick", "to": 2},
                     {"kind": "set_back", "to": 0}, {"kind": "tick", "to": 1},
                     {"kind": "tick", "to": 2}, {"kind": "tick", "to": 3}])",
        {{"hours", 2, false}, {"start", 0, false}, {"broken", 1, true}, {"stops", 0, true}});
  }
  [[nodiscard]] MinimiseReport minimise(const TraceFile& file, bool keep_parameters) const {
    MinimiseRequest request{file, {}};
    request.options.keep_parameters = keep_parameters;
    request.options.max_states = 1'000'000;
    request.options.workers = 1;
    return catalogue_.front()->minimise(request, {});
  }

  Catalogue catalogue_ = clock_catalogue();
};

TEST_F(MinimiseEntry, ShortensAHandWrittenRun) {
  const MinimiseReport report = minimise(past_its_end(), true);
  EXPECT_EQ(report.original_length, 6U);
  EXPECT_EQ(report.length, 3U);
  EXPECT_EQ(report.trace.actions.size(), 3U);
  EXPECT_EQ(report.trace.parameters, past_its_end().parameters);
  EXPECT_TRUE(report.changes.empty());
  EXPECT_EQ(report.optimality, Optimality::proved);
  EXPECT_EQ(report.trace.why, "it is 3");
  EXPECT_EQ(report.trace.verdict, Verdict::violated);
  EXPECT_THAT(report.story, HasSubstr(" 3. "));
  EXPECT_TRUE(catalogue_.front()->replay(report.trace).reproduced());
}

TEST_F(MinimiseEntry, LowersParametersWhereTheViolationStillShows) {
  const MinimiseReport report = minimise(past_its_end(), false);
  EXPECT_THAT(report.changes, ElementsAre(ParameterChange{"hours", 2, 1}));
  EXPECT_EQ(report.length, 2U);
  EXPECT_EQ(report.trace.why, "it is 2") << "for the same reason, but for the number";
  EXPECT_TRUE(catalogue_.front()->replay(report.trace).reproduced());
}

TEST_F(MinimiseEntry, KeepsAWitnessAndSaysThatItHolds) {
  const auto file =
      trace("It is three", PropertyKind::reachable,
            R"([{"kind": "tick", "to": 1}, {"kind": "tick", "to": 2},
                              {"kind": "tick", "to": 3}, {"kind": "tick", "to": 4}])",
            {{"hours", 7, false}, {"start", 0, false}, {"broken", 0, true}, {"stops", 0, true}});
  const MinimiseReport report = minimise(file, false);
  EXPECT_EQ(report.length, 3U);
  EXPECT_EQ(report.trace.verdict, Verdict::holds);
  EXPECT_EQ(report.trace.why, "");
  EXPECT_THAT(report.changes, ElementsAre(ParameterChange{"hours", 7, 3}));
}

TEST_F(MinimiseEntry, KeepsADeadlock) {
  const auto file =
      trace("deadlock", PropertyKind::deadlock,
            R"([{"kind": "tick", "to": 1}, {"kind": "tick", "to": 2}])",
            {{"hours", 2, false}, {"start", 0, false}, {"broken", 0, true}, {"stops", 1, true}});
  const MinimiseReport report = minimise(file, false);
  EXPECT_EQ(report.length, 1U);
  EXPECT_TRUE(catalogue_.front()->replay(report.trace).reproduced());
}

TEST_F(MinimiseEntry, RefusesARunThatDoesNotShowWhatItSays) {
  TraceFile file = past_its_end();
  file.actions.pop_back();
  EXPECT_THROW((void)minimise(file, false), UsageError);
  file.actions = actions(R"([{"kind": "tick", "to": 2}])");
  EXPECT_THROW((void)minimise(file, false), UsageError);
  file.actions = actions(R"([{"kind": "sing", "to": 2}])");
  EXPECT_THROW((void)minimise(file, false), UsageError);
}

}  // namespace
}  // namespace everyway::testing
