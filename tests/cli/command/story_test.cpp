// Counterexamples as people read them, kept as files beside this one. After a change that is meant
// to change them, run this program with EVERYWAY_UPDATE_STORIES=1, and read what became of them
// before you commit it: a story that got worse is a defect, however right its trace.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

struct Told {
  const char* file;
  std::vector<std::string> arguments;
};

const std::vector<Told> stories = {
    {"raft_vote_without_log_check",
     {"raft", "--max-log", "1", "--requests", "1", "--crashes", "0", "--restarts", "0", "--mutant",
      "vote-without-log-check"}},
    {"raft_vote_not_persisted",
     {"raft", "--max-term", "1", "--requests", "0", "--mutant", "vote-not-persisted"}},
    {"paxos_ignore_promised_value",
     {"paxos", "--acceptors", "1", "--crashes", "0", "--restarts", "0", "--mutant",
      "ignore-promised-value"}},
    {"two_phase_commit_decide_before_record",
     {"two_phase_commit", "--mutant", "decide-before-record"}},
    {"two_phase_tla_commit_without_all_prepared",
     {"two_phase_tla", "--managers", "2", "--mutant", "commit-without-all-prepared"}},
};

/// The report without its figures, which vary.
[[nodiscard]] std::string story_in(const std::string& report) {
  return report.substr(0, report.find("\nAdd --trace FILE"));
}

TEST(Stories, ReadAsTheyDid) {
  const bool update = std::getenv("EVERYWAY_UPDATE_STORIES") != nullptr;
  for (const Told& told : stories) {
    std::vector<std::string> arguments = told.arguments;
    arguments.insert(arguments.begin(), "check");
    // Several workers agree on the length, but which of the shortest runs they tell is up to them.
    arguments.insert(arguments.end(), {"--workers", "1"});
    const Ran ran = everyway(arguments);
    EXPECT_EQ(ran.status, 1) << told.file;
    const std::string path = std::string("tests/cli/command/stories/") + told.file + ".txt";
    if (update) std::ofstream(path) << story_in(ran.out);
    EXPECT_EQ(story_in(ran.out), contents_of(path)) << told.file;
  }
  EXPECT_FALSE(update) << "the stories were written; read them, and run the test without the flag";
}

}  // namespace
}  // namespace everyway::testing
