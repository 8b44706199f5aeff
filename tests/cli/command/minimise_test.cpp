// `everyway minimise`, as a user and as a program see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sstream>

#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class MinimiseCommand : public ::testing::Test {
 protected:
  MinimiseCommand() {
    const Ran ran = everyway({"simulate", "two_phase_tla", "--managers", "4", "--seed", "1",
                              "--mutant", "commit-without-all-prepared", "--trace", bug_});
    EXPECT_EQ(ran.status, 1);
  }
  [[nodiscard]] static std::string contents(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  Folder folder_;
  std::string bug_ = folder_.file("bug.json");
};

TEST_F(MinimiseCommand, TellsAShortestRunAndWhatIsKnownOfShorterOnes) {
  const Ran ran = everyway({"minimise", bug_});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, StartsWith("two_phase_tla --managers "));
  EXPECT_THAT(ran.out, HasSubstr("TCConsistent is violated after "));
  EXPECT_THAT(ran.out, HasSubstr("\nchanged   --managers 2 instead of 4\n"));
  EXPECT_THAT(ran.out, HasSubstr("\nproved shortest: no run of fewer actions shows it, in "));
  EXPECT_THAT(ran.out, HasSubstr("Add -o FILE to save this run"));
}

TEST_F(MinimiseCommand, WritesARunThatReplaysAndCannotBeMinimisedFurther) {
  const std::string out = folder_.file("short.json");
  const Ran ran = everyway({"minimise", bug_, "-o", out});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("Replay it with: everyway replay " + out + "\n"));
  EXPECT_EQ(everyway({"replay", out}).status, 1);
  const auto again = everyway_json({"minimise", out});
  EXPECT_EQ(again.at("length"), again.at("original_length"));
  EXPECT_EQ(again.at("optimality"), "proved");
  EXPECT_TRUE(again.at("changed").as_array().empty());
}

TEST_F(MinimiseCommand, MayReplaceTheFileThatItReads) {
  EXPECT_EQ(everyway({"minimise", bug_, "-o", bug_}).status, 1);
  EXPECT_EQ(everyway({"replay", bug_}).status, 1);
}

TEST_F(MinimiseCommand, LeavesTheFileAloneWithoutAnOutput) {
  const std::string before = contents(bug_);
  EXPECT_EQ(everyway({"minimise", bug_}).status, 1);
  EXPECT_EQ(contents(bug_), before);
}

TEST_F(MinimiseCommand, KeepsParametersIfToldTo) {
  const auto report = everyway_json({"minimise", bug_, "--keep-parameters", "--optimal"});
  EXPECT_TRUE(report.at("changed").as_array().empty());
  EXPECT_EQ(report.at("parameters").at("managers"), 4);
  EXPECT_NE(report.at("optimality"), "not_proved");
}

TEST_F(MinimiseCommand, EndsWith0ForAWitness) {
  const std::string witness = folder_.file("witness.json");
  EXPECT_EQ(
      everyway({"simulate", "die_hard", "--property", "solved", "--seed", "1", "--trace", witness})
          .status,
      0);
  const Ran ran = everyway({"minimise", witness});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("Solved is reached after 6 actions\n"));
}

void expect_one_line(const Ran& ran, const std::string& text) {
  EXPECT_EQ(ran.status, 2) << ran.out;
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr(text));
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);
}

TEST_F(MinimiseCommand, RefusesBadInputInOneLine) {
  expect_one_line(everyway({"minimise"}), "name the trace file to minimise");
  expect_one_line(everyway({"minimise", folder_.file("none.json")}), "cannot read");
  expect_one_line(everyway({"minimise", bug_, "--otimal"}), "did you mean --optimal");
  expect_one_line(everyway({"minimise", bug_, "-o", folder_.file("no/such/folder.json")}), "no");
  expect_one_line(everyway({"minimise", bug_, "--max-seconds", "0"}), "--max-seconds");
  expect_one_line(everyway({"minimise", bug_, "--max-memory", "1K"}), "too little");

  const std::string damaged = folder_.file("damaged.json");
  std::ofstream(damaged) << contents(bug_).substr(0, 300);
  expect_one_line(everyway({"minimise", damaged}), damaged + ":");
}

TEST_F(MinimiseCommand, RefusesARunThatShowsNothing) {
  std::string text = contents(bug_);
  const auto replace = [&](const std::string& from, const std::string& to) {
    ASSERT_NE(text.find(from), std::string::npos);
    text.replace(text.find(from), from.size(), to);
  };
  replace("\"mutant\": \"commit-without-all-prepared\"", "\"mutant\": \"\"");
  const std::string good = folder_.file("good.json");
  std::ofstream(good) << text;
  const Ran ran = everyway({"minimise", good});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, Not(HasSubstr("internal")));
}

TEST_F(MinimiseCommand, LeavesTheBestSoFarWhenInterrupted) {
  const std::string bug = folder_.file("raft.json");
  EXPECT_EQ(everyway({"simulate", "raft", "--servers", "5", "--max-term", "4", "--seed", "1",
                      "--mutant", "count-stale-votes", "--property", "election-safety",
                      "--max-in-flight", "10", "--trace", bug})
                .status,
            1);
  const std::string out = folder_.file("short.json");
  Running running({"minimise", bug, "--keep-parameters", "--optimal", "-o", out});
  running.wait_until("SigCgt", SIGINT);
  running.send(SIGINT);
  const Ran ran = running.wait();
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(everyway({"replay", out}).status, 1);
}

}  // namespace
}  // namespace everyway::testing
