// `everyway fuzz`, as a user and as a program see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "checker/trace/json_text.hpp"
#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

/// A mutant that every strategy finds at once.
const std::vector<std::string> easy = {"two_phase_commit",
                                       "--mutant",
                                       "commit-without-all-votes",
                                       "--participants",
                                       "4",
                                       "--seed",
                                       "1",
                                       "--jobs",
                                       "1"};

class FuzzCommand : public ::testing::Test {
 protected:
  /// `everyway fuzz` with folders of its own.
  [[nodiscard]] std::vector<std::string> fuzz(const std::vector<std::string>& model,
                                              const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"fuzz"};
    arguments.insert(arguments.end(), model.begin(), model.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.insert(arguments.end(),
                     {"--corpus", folder_.file("corpus"), "--findings", folder_.file("findings")});
    return arguments;
  }

  Folder folder_;
};

TEST_F(FuzzCommand, FindsAMutantWithEachStrategyAndTheCommandThatItGivesReplaysIt) {
  for (const std::string strategy : {"random", "swarm", "pct", "pos"}) {
    const Ran ran =
        everyway(fuzz(easy, {"--strategy", strategy, "--executions", "5000", "--first"}));
    EXPECT_EQ(ran.status, 1) << strategy << ran.err;
    EXPECT_THAT(ran.out, EndsWith("\nviolated: Validity\n"));
    const std::string label = "replay  everyway replay ";
    const std::size_t begin = ran.out.find(label);
    ASSERT_NE(begin, std::string::npos) << ran.out;
    const std::size_t path = begin + label.size();
    const Ran again = everyway({"replay", ran.out.substr(path, ran.out.find('\n', path) - path)});
    EXPECT_EQ(again.status, 1);
    EXPECT_THAT(again.out, HasSubstr("violated: Validity, after "));
  }
}

TEST_F(FuzzCommand, EndsWith3IfNothingIsFound) {
  const Ran ran = everyway(fuzz({"two_phase_commit", "--seed", "1", "--jobs", "2"},
                                {"--strategy", "random", "--executions", "500"}));
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\nunknown: every schedule that was asked for is tested; 500 "));
}

TEST_F(FuzzCommand, GoesOnWhereItWas) {
  const std::vector<std::string> session =
      fuzz(easy, {"--strategy", "random", "--executions", "1000", "--json", "-"});
  const Ran one = everyway(session);
  const Ran two = everyway(session);
  EXPECT_EQ(one.status, 1) << one.err;
  const boost::json::value first = parse_json(one.out);
  const boost::json::value second = parse_json(two.out);
  EXPECT_EQ(second.at("sessions"), 2);
  EXPECT_EQ(second.at("executions"), 2000);
  EXPECT_EQ(second.at("session_executions"), 1000);
  EXPECT_EQ(second.at("findings").as_array().front().at("name"),
            first.at("findings").as_array().front().at("name"));
}

TEST_F(FuzzCommand, LeavesASummaryWhenItIsInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Running running(fuzz({"two_phase_commit", "--jobs", "1"},
                         {"--strategy", "random", "--time", "10m", "--json", "-"}));
    running.wait_until("SigCgt", signal);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    running.send(signal);
    const Ran ran = running.wait();
    EXPECT_EQ(ran.status, 3) << ran.err;
    const boost::json::value report = parse_json(ran.out);
    EXPECT_EQ(report.at("stop"), "interrupted");
    EXPECT_GT(report.at("executions").to_number<std::uint64_t>(), 0U);
  }
}

TEST_F(FuzzCommand, GoesOnAfterItWasKilled) {
  Running running(
      fuzz({"two_phase_commit", "--jobs", "1"}, {"--strategy", "random", "--time", "10m"}));
  running.wait_until("SigCgt", SIGINT);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  running.send(SIGKILL);
  EXPECT_EQ(running.wait().status, -SIGKILL);
  const Ran ran = everyway(
      fuzz({"two_phase_commit", "--jobs", "1"}, {"--strategy", "random", "--executions", "100"}));
  EXPECT_EQ(ran.status, 3) << ran.err;
}

TEST_F(FuzzCommand, SaysPlainlyThatThereIsNoTarget) {
  const Ran ran = everyway(fuzz(easy, {"--target", folder_.file("no-such-program")}));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("not a program"));
}

TEST_F(FuzzCommand, RefusesWhatMakesNoSense) {
  const auto error_of = [&](const std::vector<std::string>& more) {
    const Ran ran = everyway(fuzz({"two_phase_commit"}, more));
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    return ran.err;
  };
  EXPECT_THAT(error_of({"--strategy", "genetic"}),
              HasSubstr("one of: libfuzzer, random, swarm, pct, pos"));
  EXPECT_THAT(error_of({"--time", "8x"}), HasSubstr("a time such as 45s, 30m, 8h"));
  EXPECT_THAT(error_of({"--jobs", "0"}), HasSubstr("--jobs '0'"));
  EXPECT_THAT(error_of({"--depth", "0"}), HasSubstr("--depth '0'"));
  EXPECT_THAT(error_of({"--strategy", "pct", "--feedback", "code"}),
              HasSubstr("--feedback is for --strategy libfuzzer; pct has none"));
  EXPECT_THAT(error_of({"--strategy", "random", "--mutant", "no-such"}), HasSubstr("mutant"));
  EXPECT_THAT(error_of({"--strategy", "random", "--max-seconds", "3"}), HasSubstr("--max-seconds"));
}

TEST_F(FuzzCommand, ExplainsItself) {
  const Ran ran = everyway({"fuzz", "raft", "--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("--strategy"));
  EXPECT_THAT(ran.out, HasSubstr("--servers"));
  EXPECT_THAT(ran.out, HasSubstr("A campaign never says holds"));
}

}  // namespace
}  // namespace everyway::testing
