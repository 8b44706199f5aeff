// `everyway check`, as a user and as a program see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checker/trace/json_text.hpp"
#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> good = {"check", "two_phase_tla", "--managers", "3"};
const std::vector<std::string> bad = {"check", "two_phase_tla", "--managers",
                                      "2",     "--mutant",      "commit-without-all-prepared"};
/// More states than any test waits for.
const std::vector<std::string> endless = {"check", "two_phase_tla", "--managers", "14"};

[[nodiscard]] std::vector<std::string> with(std::vector<std::string> arguments,
                                            const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

[[nodiscard]] std::vector<std::string> keys(const boost::json::object& object) {
  std::vector<std::string> names;
  for (const auto& member : object) names.emplace_back(member.key());
  return names;
}

TEST(CheckCommand, EndsWith0AndSaysSoIfEveryPropertyHolds) {
  const Ran ran = everyway(good);
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, HasSubstr("288 distinct, 1,146 generated"));
  EXPECT_THAT(ran.out, HasSubstr("the longest of the shortest paths has 11 states"));
  EXPECT_THAT(ran.out, HasSubstr("holds  All commit    reachable  reached after 10 actions"));
  EXPECT_THAT(ran.out, HasSubstr("fingerprint collision hid a state is about 1.3e-14"));
  EXPECT_THAT(ran.out, EndsWith("\nholds: every property, in all 288 states that are reachable\n"));
}

TEST(CheckCommand, EndsWith1AndAStoryIfAPropertyIsViolated) {
  const Ran ran = everyway(bad);
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, HasSubstr("TCConsistent is violated after 3 actions: "));
  EXPECT_THAT(ran.out, HasSubstr("\n 1. "));
  EXPECT_THAT(ran.out, HasSubstr("tm_state: init -> committed"));
  EXPECT_THAT(ran.out, HasSubstr("Add --trace FILE to save this run"));
  EXPECT_THAT(ran.out, EndsWith("\nviolated: TCConsistent\n"));
}

TEST(CheckCommand, SaysWhatAReductionLeftOut) {
  const Ran ran = everyway(with(good, {"--reduction", "sleep", "--workers", "1"}));
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("288 distinct, "));
  EXPECT_THAT(ran.out, HasSubstr("\nreduction sleep sets: "));
  EXPECT_THAT(ran.out, EndsWith("\nholds: every property, in all 288 states that are reachable\n"));
  const boost::json::object report = everyway_json(with(good, {"--reduction", "sleep"}));
  EXPECT_EQ(report.at("reduction"), "sleep");
  EXPECT_GT(report.at("skipped").to_number<std::int64_t>(), 0);
  EXPECT_EQ(report.at("generated").to_number<std::int64_t>() +
                report.at("skipped").to_number<std::int64_t>(),
            1146);
}

TEST(CheckCommand, ChecksEachPropertyThatIsNamed) {
  const boost::json::object report =
      everyway_json(with(good, {"--property", "all-commit", "--property", "deadlock"}));
  ASSERT_EQ(report.at("properties").as_array().size(), 2U);
  EXPECT_EQ(report.at("properties").at(0).at("name"), "All commit");
  EXPECT_EQ(report.at("properties").at(1).at("name"), "deadlock");
}

TEST(CheckCommand, EndsWith3IfItStoppedEarly) {
  const Ran ran = everyway(with(endless, {"--max-states", "1000", "--workers", "1"}));
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.out,
              HasSubstr("\nunknown: the limit of 1000 distinct states was reached; nothing"));
  EXPECT_THAT(ran.out, Not(HasSubstr("warning")));
}

TEST(CheckCommand, WritesOneJsonObjectAndNothingElse) {
  const boost::json::object report = everyway_json(good);
  EXPECT_THAT(
      keys(report),
      ElementsAre("model", "parameters", "mutant", "verdict", "stop", "stop_detail", "distinct",
                  "generated", "depth", "seconds", "workers", "search", "storage", "symmetry",
                  "reduction", "skipped", "peak_memory_bytes", "visited_bytes", "fingerprint_bits",
                  "collision_probability", "properties", "actions", "warnings"));
  EXPECT_EQ(report.at("model"), "two_phase_tla");
  EXPECT_EQ(report.at("parameters"), parse_json(R"({"managers": 3})"));
  EXPECT_EQ(report.at("mutant"), "");
  EXPECT_EQ(report.at("verdict"), "holds");
  EXPECT_EQ(report.at("stop"), "exhausted");
  EXPECT_EQ(report.at("distinct"), 288);
  EXPECT_EQ(report.at("generated"), 1146);
  EXPECT_EQ(report.at("depth"), 11);
  EXPECT_GT(report.at("peak_memory_bytes").to_number<std::int64_t>(), 0);
  EXPECT_EQ(report.at("properties"),
            parse_json(R"([{"name": "TCConsistent", "kind": "always", "verdict": "holds"},
                           {"name": "All commit", "kind": "reachable", "verdict": "holds",
                            "length": 10},
                           {"name": "All abort", "kind": "reachable", "verdict": "holds",
                            "length": 3},
                           {"name": "deadlock", "kind": "deadlock", "verdict": "holds"}])"));
  std::int64_t taken = 0;
  for (const auto& action : report.at("actions").as_array()) {
    EXPECT_THAT(keys(action.as_object()), ElementsAre("name", "taken"));
    taken += action.at("taken").to_number<std::int64_t>();
  }
  EXPECT_EQ(taken, 1145) << "every generated state but the initial one is one action taken";
}

TEST(CheckCommand, GivesTheLengthAndTheReasonOfAViolationInJson) {
  const boost::json::object report = everyway_json(bad);
  EXPECT_EQ(report.at("verdict"), "violated");
  EXPECT_EQ(report.at("stop"), "violation");
  EXPECT_EQ(report.at("mutant"), "commit-without-all-prepared");
  const boost::json::object& property = report.at("properties").as_array().at(0).as_object();
  EXPECT_THAT(keys(property), ElementsAre("name", "kind", "verdict", "length", "why"));
  EXPECT_EQ(property.at("length"), 3);
}

TEST(CheckCommand, WritesJsonToAFileBesidesTheText) {
  const Folder folder;
  const Ran ran = everyway(with(good, {"--json", folder.file("report.json")}));
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("288 distinct"));
  EXPECT_EQ(parse_json(contents_of(folder.file("report.json"))).at("distinct"), 288);
  EXPECT_EQ(folder.size(), 1U);
}

TEST(CheckCommand, WritesATraceThatReplays) {
  const Folder folder;
  const std::string trace = folder.file("bug.json");
  const Ran checked = everyway(with(bad, {"--trace", trace}));
  EXPECT_EQ(checked.status, 1);
  EXPECT_THAT(checked.out, HasSubstr("\nReplay it with: everyway replay " + trace + "\n"));
  const Ran replayed = everyway({"replay", trace});
  EXPECT_EQ(replayed.status, 1);
  EXPECT_THAT(replayed.out, HasSubstr("violated: TCConsistent, after 3 actions"));
}

TEST(CheckCommand, WritesNoTraceIfThereIsNoViolation) {
  const Folder folder;
  const Ran ran = everyway(with(good, {"--trace", folder.file("bug.json")}));
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("bug.json is not written: there is no violation to tell\n"));
  EXPECT_EQ(folder.size(), 0U);
}

TEST(CheckCommand, WritesTheWitnessOfAReachablePropertyThatIsAskedForByName) {
  const Folder folder;
  const std::string trace = folder.file("witness.json");
  const Ran checked = everyway(with(good, {"--property", "all-commit", "--trace", trace}));
  EXPECT_EQ(checked.status, 0);
  const Ran replayed = everyway({"replay", trace});
  EXPECT_EQ(replayed.status, 0);
  EXPECT_THAT(replayed.out, HasSubstr("reached: All commit, after 10 actions"));
}

TEST(CheckCommand, ReportsAFileThatCannotBeWrittenBeforeItSearches) {
  for (const char* const option : {"--trace", "--json"}) {
    const Ran ran = everyway(with(endless, {option, "/nonexistent/file"}));
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "everyway: cannot write '/nonexistent/file': No such file or directory\n");
  }
}

TEST(CheckCommand, CountsAndDecidesTheSameForAnyNumberOfWorkers) {
  for (const auto& arguments : {good, bad}) {
    boost::json::object reports[2];
    for (const int workers : {1, 2}) {
      boost::json::object& report = reports[workers - 1];
      report = everyway_json(with(arguments, {"--workers", std::to_string(workers)}));
      EXPECT_EQ(report.at("workers"), workers);
      for (const char* const varies :
           {"workers", "seconds", "peak_memory_bytes", "visited_bytes"}) {
        report.erase(varies);
      }
    }
    EXPECT_EQ(reports[0], reports[1]);
  }
}

TEST(CheckCommand, FindsTheSameStatesUnderEveryStrategyAndStorage) {
  for (const auto& options : std::vector<std::vector<std::string>>{
           {"--search", "dfs"}, {"--search", "bfs"}, {"--storage", "exact"}}) {
    const boost::json::object report = everyway_json(with(good, options));
    EXPECT_EQ(report.at("verdict"), "holds");
    EXPECT_EQ(report.at("distinct"), 288);
    EXPECT_EQ(report.at("generated"), 1146);
  }
  const boost::json::object exact = everyway_json(with(good, {"--storage", "exact"}));
  EXPECT_EQ(exact.at("collision_probability").to_number<double>(), 0);
  EXPECT_THAT(everyway(with(good, {"--storage", "exact"})).out, HasSubstr("none: exact storage"));
}

TEST(CheckCommand, ChecksOnlyThePropertyThatIsAskedFor) {
  const boost::json::object report = everyway_json(with(bad, {"--property", "all-abort"}));
  EXPECT_EQ(report.at("verdict"), "holds");
  EXPECT_EQ(report.at("properties").as_array().size(), 1U);
}

TEST(CheckCommand, TakesTheModelsNameAfterItsOptionsToo) {
  EXPECT_EQ(everyway({"check", "--managers", "3", "two_phase_tla"}).status, 0);
}

TEST(CheckCommand, DecidesEveryPropertyIfToldToKeepGoing) {
  const boost::json::object report = everyway_json(with(bad, {"--keep-going"}));
  EXPECT_EQ(report.at("verdict"), "violated");
  for (const auto& property : report.at("properties").as_array()) {
    EXPECT_NE(property.at("verdict"), "unknown") << property.at("name");
  }
}

}  // namespace
}  // namespace everyway::testing
