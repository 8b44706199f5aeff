// `everyway simulate`, as a user and as a program see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

const std::vector<std::string> good = {"simulate", "two_phase_tla", "--seed", "1", "--walks", "50"};
const std::vector<std::string> bad = {"simulate",   "two_phase_tla",
                                      "--managers", "2",
                                      "--seed",     "1",
                                      "--mutant",   "commit-without-all-prepared"};

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

TEST(SimulateCommand, EndsWith3IfNoWalkViolatesAnything) {
  const Ran ran = everyway(good);
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, HasSubstr("walks     50 of seed 1; the longest has "));
  EXPECT_THAT(ran.out, HasSubstr("unknown  TCConsistent  always"));
  EXPECT_THAT(ran.out, HasSubstr("\nunknown: every walk that was asked for is taken; 50 walks"));
}

TEST(SimulateCommand, EndsWith1AndAStoryAndACommandThatFindsItAgain) {
  const Ran ran = everyway(bad);
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("TCConsistent is violated after "));
  EXPECT_THAT(ran.out, HasSubstr("\n 1. "));
  EXPECT_THAT(ran.out, EndsWith("\nviolated: TCConsistent\n"));

  const std::string label = "Find it again with: everyway ";
  const std::size_t begin = ran.out.find(label) + label.size();
  std::istringstream words(ran.out.substr(begin, ran.out.find("\n\n", begin) - begin));
  const std::vector<std::string> again{std::istream_iterator<std::string>(words), {}};
  const Ran found = everyway(again);
  EXPECT_EQ(found.status, 1);
  EXPECT_THAT(found.out, HasSubstr("walks     1 of seed 1"));
  EXPECT_EQ(found.out.substr(0, found.out.find("Find it again")),
            ran.out.substr(0, ran.out.find("Find it again")));
}

TEST(SimulateCommand, EndsWith0IfAllThatWasAskedForIsWitnessed) {
  const Ran ran = everyway({"simulate", "die_hard", "--property", "solved", "--seed", "1"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, EndsWith("\nholds: every property asked about is witnessed\n"));
}

TEST(SimulateCommand, WritesOneJsonObjectAndNothingElse) {
  const boost::json::object report = everyway_json(good);
  EXPECT_THAT(keys(report),
              ElementsAre("model", "parameters", "mutant", "verdict", "stop", "stop_detail", "seed",
                          "depth", "check", "walks", "steps", "turned_back", "enabled", "generated",
                          "longest", "ends", "seconds", "workers", "properties", "actions"));
  EXPECT_EQ(report.at("verdict"), "unknown");
  EXPECT_EQ(report.at("stop"), "max_walks");
  EXPECT_EQ(report.at("walks"), 50);
  EXPECT_EQ(report.at("seed"), 1);
  EXPECT_EQ(report.at("check"), "chosen");
  EXPECT_EQ(report.at("depth"), 100);
  std::int64_t taken = 0;
  for (const auto& action : report.at("actions").as_array()) {
    taken += action.at("taken").to_number<std::int64_t>();
  }
  EXPECT_EQ(taken, report.at("steps").to_number<std::int64_t>());
  std::int64_t ended = 0;
  for (const auto& end : report.at("ends").as_object()) {
    ended += end.value().to_number<std::int64_t>();
  }
  EXPECT_EQ(ended, 50);
}

TEST(SimulateCommand, SaysTheSameForAnyNumberOfWorkers) {
  for (const auto& arguments : {good, bad}) {
    boost::json::object reports[2];
    for (const int workers : {1, 2}) {
      boost::json::object& report = reports[workers - 1];
      report = everyway_json(with(arguments, {"--workers", std::to_string(workers)}));
      report.erase("workers");
      report.erase("seconds");
    }
    EXPECT_EQ(reports[0], reports[1]);
  }
}

TEST(SimulateCommand, DrawsASeedAndReportsItIfNoneIsGiven) {
  const std::vector<std::string> unseeded = {"simulate", "die_hard", "--walks", "3"};
  const boost::json::object first = everyway_json(unseeded);
  const boost::json::object second = everyway_json(unseeded);
  EXPECT_NE(first.at("seed"), second.at("seed")) << "equal once in four billion runs";
  const std::string seed = std::to_string(first.at("seed").to_number<std::uint64_t>());
  EXPECT_EQ(everyway_json(with(unseeded, {"--seed", seed})).at("actions"), first.at("actions"));
}

TEST(SimulateCommand, WritesATraceThatReplays) {
  const Folder folder;
  const std::string trace = folder.file("bug.json");
  const Ran simulated = everyway(with(bad, {"--trace", trace}));
  EXPECT_EQ(simulated.status, 1);
  EXPECT_THAT(simulated.out, HasSubstr("\nReplay it with: everyway replay " + trace + "\n"));
  EXPECT_EQ(everyway({"replay", trace}).status, 1);
}

TEST(SimulateCommand, ChecksEverySuccessorIfToldTo) {
  const boost::json::object chosen = everyway_json(good);
  const boost::json::object enabled = everyway_json(with(good, {"--check", "enabled"}));
  EXPECT_EQ(enabled.at("steps"), chosen.at("steps")) << "the walks are the same";
  EXPECT_GT(enabled.at("generated").to_number<int>(), chosen.at("generated").to_number<int>());
}

TEST(SimulateCommand, KeepsToEveryLimit) {
  const boost::json::object steps =
      everyway_json({"simulate", "die_hard", "--max-steps", "777", "--depth", "10"});
  EXPECT_EQ(steps.at("steps"), 777);
  EXPECT_EQ(steps.at("longest"), 10);
  EXPECT_EQ(steps.at("stop"), "max_steps");
  const boost::json::object seconds =
      everyway_json({"simulate", "die_hard", "--max-seconds", "0.2", "--keep-going"});
  EXPECT_EQ(seconds.at("stop"), "max_seconds");
}

}  // namespace
}  // namespace everyway::testing
