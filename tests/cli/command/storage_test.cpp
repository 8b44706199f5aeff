// Compact and bitstate storage and swarms, as the command offers them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

using Arguments = std::vector<std::string>;

[[nodiscard]] Arguments with(Arguments arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

const Arguments good = {"check", "two_phase_tla", "--max-memory", "32M"};
const Arguments bad = with(good, {"--mutant", "abort-after-commit"});

TEST(CompactStorageCommand, GivesTheVerdictAndTheWidthOfItsFingerprints) {
  const boost::json::object report = everyway_json(with(good, {"--storage", "compact"}));
  EXPECT_EQ(report.at("verdict"), "holds");
  EXPECT_EQ(report.at("distinct"), 288);
  EXPECT_EQ(report.at("storage"), "compact");
  const double bits = report.at("fingerprint_bits").to_number<double>();
  EXPECT_GT(bits, 45);
  EXPECT_LT(bits, 64);
  EXPECT_GT(report.at("collision_probability").to_number<double>(), 0);
  EXPECT_THAT(everyway(with(good, {"--storage", "compact"})).out, HasSubstr("fingerprints of 5"));
}

TEST(CompactStorageCommand, WritesAShortestCounterexampleThatReplays) {
  const Folder folder;
  const std::string file = folder.file("bug.json");
  const Ran ran = everyway(with(bad, {"--storage", "compact", "--trace", file}));
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(everyway(with(bad, {})).out.find("is violated after"),
            ran.out.find("is violated after"));
  EXPECT_THAT(ran.out, HasSubstr("TCConsistent is violated after 10 actions"));
  EXPECT_EQ(everyway({"replay", file}).status, 1);
}

TEST(BitstateStorageCommand, IsUnknownWithItsCoverageWhenNothingWasFound) {
  const Arguments arguments = with(good, {"--storage", "bitstate", "--bits-per-state", "5"});
  const Ran ran = everyway(arguments);
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.out, HasSubstr("bitstate storage omits states"));
  EXPECT_THAT(ran.out, HasSubstr("\nunknown: bitstate storage may have taken new states"));
  const boost::json::object report = everyway_json(arguments);
  EXPECT_EQ(report.at("verdict"), "unknown");
  EXPECT_EQ(report.at("stop"), "omissions");
  EXPECT_TRUE(report.at("collision_probability").is_null());
  EXPECT_TRUE(report.at("fingerprint_bits").is_null());
  const auto& coverage = report.at("bitstate").as_object();
  EXPECT_EQ(coverage.at("bits_per_state"), 5);
  EXPECT_GT(coverage.at("fill").to_number<double>(), 0);
  EXPECT_LT(coverage.at("omission_probability").to_number<double>(), 1e-9);
}

TEST(BitstateStorageCommand, ShowsAViolationThatReplays) {
  for (const char* const order : {"bfs", "dfs"}) {
    const Folder folder;
    const std::string file = folder.file("bug.json");
    const Ran ran =
        everyway(with(bad, {"--storage", "bitstate", "--search", order, "--trace", file}));
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(everyway({"replay", file}).status, 1);
  }
}

TEST(SwarmCommand, ReportsEveryMemberAndRepeatsUnderOneSeed) {
  const Arguments arguments = with(good, {"--storage", "bitstate", "--swarm", "5", "--seed", "7"});
  const boost::json::object report = everyway_json(arguments);
  EXPECT_EQ(report.at("verdict"), "unknown");
  const auto& members = report.at("swarm").as_array();
  ASSERT_EQ(members.size(), 5U);
  for (const auto& member : members) EXPECT_GT(member.at("distinct").to_number<int>(), 0);
  EXPECT_EQ(everyway_json(arguments).at("swarm"), members);
  EXPECT_NE(everyway_json(with(good, {"--storage", "bitstate", "--swarm", "5"})).at("swarm"),
            members);
  EXPECT_THAT(everyway(arguments).out, HasSubstr("5 members ran"));
}

TEST(SwarmCommand, EndsWithTheFirstViolation) {
  const Ran ran = everyway(with(bad, {"--storage", "bitstate", "--swarm", "1000"}));
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("TCConsistent is violated after "));
}

TEST(StorageCommand, RefusesWhatDoesNotGoTogetherInOneLine) {
  const std::vector<std::pair<Arguments, std::string>> wrong = {
      {{"--storage", "bitstate", "--workers", "2"}, "--storage bitstate has one worker"},
      {{"--swarm", "3"}, "--swarm goes with --storage bitstate only"},
      {{"--storage", "compact", "--swarm", "3"}, "--swarm goes with --storage bitstate only"},
      {{"--storage", "bitstate", "--swarm", "0"}, "--swarm '0': give a whole number from 1 to"},
      {{"--storage", "bitstate", "--swarm", "3", "--search", "dfs"},
       "--search does not go with --swarm"},
      {{"--storage", "compact", "--bits-per-state", "3"}, "--bits-per-state goes with"},
      {{"--storage", "bitstate", "--bits-per-state", "8"}, "give a whole number from 1 to 7"},
      {{"--seed", "3"}, "--seed goes with --storage compact and --storage bitstate only"},
      {{"--table", "1M"}, "--table goes with --storage compact and --storage bitstate only"},
      {{"--storage", "compact", "--table", "2M", "--max-memory", "1M"},
       "--table is more than --max-memory"},
      {{"--storage", "bitstate", "--seed", "x"}, "--seed 'x': give a whole number from 0"},
      {{"--storage", "compact", "--search", "dfs", "--max-depth", "3"},
       "--search dfs does not go with --max-depth"},
  };
  for (const auto& [arguments, message] : wrong) {
    const Ran ran = everyway(with({"check", "die_hard"}, arguments));
    EXPECT_EQ(ran.status, 2) << message;
    EXPECT_EQ(ran.out, "") << message;
    EXPECT_THAT(ran.err, MatchesRegex("everyway: [^\n]*\n"));
    EXPECT_THAT(ran.err, HasSubstr(message));
  }
}

TEST(StorageCommand, StopsAsUnknownWhenACompactTableIsFull) {
  const Ran ran = everyway({"check", "two_phase_tla", "--managers", "8", "--storage", "compact",
                            "--max-memory", "64M", "--table", "2M"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.out, HasSubstr("\nunknown: the visited set needs more memory"));
}

}  // namespace
}  // namespace everyway::testing
