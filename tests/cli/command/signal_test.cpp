// Ctrl-C, kills, terminals.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "checker/trace/json_text.hpp"
#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::HasSubstr;

/// More states than any test waits for.
const std::vector<std::string> endless = {"check", "two_phase_tla", "--managers",
                                          "14",    "--workers",     "1"};

TEST(Interrupt, EndsTheSearchWithWhatItHas) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Running running(endless);
    running.wait_until("SigCgt", signal);
    running.send(signal);
    const Ran ran = running.wait();
    EXPECT_EQ(ran.status, 3);
    EXPECT_THAT(ran.out, HasSubstr("\nunknown: interrupted; nothing is known beyond the "));
  }
}

TEST(Interrupt, StillGivesAWholeJsonObject) {
  std::vector<std::string> arguments = endless;
  arguments.insert(arguments.end(), {"--json", "-"});
  Running running(arguments);
  running.wait_until("SigCgt", SIGINT);
  running.send(SIGINT);
  const Ran ran = running.wait();
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(parse_json(ran.out).at("stop"), "interrupted");
}

TEST(Interrupt, EndsASimulationWithWhatItHas) {
  Running running({"simulate", "two_phase_tla", "--max-seconds", "600", "--json", "-"});
  running.wait_until("SigCgt", SIGINT);
  running.send(SIGINT);
  const Ran ran = running.wait();
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(parse_json(ran.out).at("stop"), "interrupted");
}

TEST(Interrupt, ThatKillsLeavesNoFile) {
  const Folder folder;
  std::vector<std::string> arguments = endless;
  arguments.insert(arguments.end(),
                   {"--trace", folder.file("bug.json"), "--json", folder.file("report.json")});
  Running running(arguments);
  running.wait_until("SigCgt", SIGINT);
  EXPECT_EQ(folder.size(), 0U);
  running.send(SIGKILL);
  EXPECT_EQ(running.wait().status, -SIGKILL);
  EXPECT_EQ(folder.size(), 0U);
}

TEST(Interrupt, StaysIgnoredIfItWasIgnored) {
  std::vector<std::string> arguments = endless;
  arguments.insert(arguments.end(), {"--max-seconds", "1"});
  Running running(arguments, "trap '' INT; " + start_it);
  running.wait_until("SigIgn", SIGINT);
  running.send(SIGINT);
  EXPECT_THAT(running.wait().out, HasSubstr("\nunknown: the limit of 1 seconds was reached"));
}

/// Runs the command with standard error on a terminal. Returns what it wrote there.
[[nodiscard]] std::string on_terminal(const std::vector<std::string>& arguments) {
  int master = -1;
  int terminal = -1;
  if (::openpty(&master, &terminal, nullptr, nullptr, nullptr) != 0) return "no terminal";
  const std::string name = ::ttyname(terminal);
  Running running(arguments, start_it + "2>" + name);
  const Ran ran = running.wait();
  ::fcntl(master, F_SETFL, O_NONBLOCK);
  std::string text(100000, '\0');
  const ssize_t size = ::read(master, text.data(), text.size());
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  ::close(terminal);
  ::close(master);
  return text;
}

TEST(Progress, IsOneLineOnATerminalThatIsWipedOutInTheEnd) {
  std::vector<std::string> arguments = endless;
  arguments.insert(arguments.end(), {"--max-seconds", "1.3"});
  const std::string text = on_terminal(arguments);
  EXPECT_THAT(text, ::testing::MatchesRegex(
                        "(\r\x1b\\[K[0-9,]+ states, [0-9,]+/s, queue [0-9,]+, depth [0-9]+, "
                        "[0-9.]+ [kMG]?B, [0-9.]+ s)+\r\x1b\\[K"));
}

TEST(Progress, OfASimulationIsOneLineToo) {
  EXPECT_THAT(on_terminal({"simulate", "two_phase_tla", "--max-seconds", "1.3"}),
              ::testing::MatchesRegex("(\r\x1b\\[K[0-9,]+ walks, [0-9,]+ steps, [0-9,]+ steps/s, "
                                      "[0-9.]+ s)+\r\x1b\\[K"));
}

TEST(Progress, IsSilentInAPipe) {
  std::vector<std::string> arguments = endless;
  arguments.insert(arguments.end(), {"--max-seconds", "1.3"});
  const Ran ran = everyway(arguments);
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(ran.err, "");
}

}  // namespace
}  // namespace everyway::testing
