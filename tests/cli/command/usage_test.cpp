// Wrong usage: status 2, nothing on standard output, one clear line on standard error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

struct WrongUsage {
  std::vector<std::string> arguments;
  std::string message;  ///< a part of the line
};

const std::vector<WrongUsage> wrong_usages = {
    {{}, "give a command: list, check, simulate, fuzz, replay, minimise or history"},
    {{""}, "give a command"},
    {{"chek"}, "unknown command 'chek'; did you mean check?"},
    {{"--jsn"}, "unknown option '--jsn'; one of: --help, --version"},
    {{"check"}, "name the model to check"},
    {{"check", "two_phase"}, "unknown model 'two_phase'; did you mean two_phase_"},
    {{"check", "--max-states", "5"}, "name the model to check"},
    {{"check", "die_hard", "more"}, "unexpected argument 'more'"},
    {{"check", "die_hard", "--managers", "3"}, "unknown option '--managers'"},
    {{"check", "two_phase_tla", "--manager", "3"}, "did you mean --managers?"},
    {{"check", "two_phase_tla", "--managers"}, "--managers needs a value"},
    {{"check", "two_phase_tla", "--managers="}, "--managers needs a value"},
    {{"check", "two_phase_tla", "--managers", "x"},
     "--managers 'x': not a number; give a whole number from 1 to 37"},
    {{"check", "two_phase_tla", "--managers", "0"}, "--managers '0': out of range; give"},
    {{"check", "two_phase_tla", "--managers", "-1"}, "--managers '-1': out of range; give"},
    {{"check", "two_phase_tla", "--managers", "99999999999999999999"}, "out of range; give"},
    {{"check", "two_phase_tla", "--managers", "1", "--managers", "2"}, "more than once"},
    {{"check", "die_hard", "--mutant", "x"}, "unknown mutant 'x'"},
    {{"check", "die_hard", "--mutant", ""}, "--mutant: needs a value"},
    {{"check", "die_hard", "--property", "solve"},
     "unknown property 'solve'; did you mean Solved?"},
    {{"check", "die_hard", "--search", "best"}, "--search 'best': one of: bfs, dfs"},
    {{"check", "die_hard", "--storage", "disk"}, "one of: fingerprints, exact"},
    {{"check", "die_hard", "--reduction", "ample"}, "--reduction 'ample': one of: none, sleep"},
    {{"check", "two_phase_tla", "--reduction", "sleep", "--search", "dfs"},
     "--search dfs does not go with --reduction sleep"},
    {{"check", "die_hard", "--reduction", "sleep"}, "which actions commute: this one does not"},
    {{"check", "two_phase_commit", "--reduction", "sleep"}, "'Stability' is about every step"},
    {{"check", "raft", "--reduction", "sleep", "--property", "log-matching", "--property",
      "terms-never-fall"},
     "'Terms Never Fall' is about every step (always_step)"},
    {{"check", "die_hard", "--property", "solved", "--property", "Solved"}, "is given twice"},
    {{"check", "die_hard", "--property", "solved", "--property"}, "--property needs a value"},
    {{"check", "die_hard", "--workers", "0"}, "give a whole number from 1 to 256"},
    {{"check", "die_hard", "--max-states", "1e6"}, "give a whole number from 1"},
    {{"check", "die_hard", "--max-seconds", "nan"}, "give a number of seconds greater than 0"},
    {{"check", "die_hard", "--max-seconds", "-1"}, "give a number of seconds greater than 0"},
    {{"check", "die_hard", "--max-memory", "4X"}, "give an amount of memory such as 512M or 4G"},
    {{"check", "die_hard", "--max-memory", "99999999999T"}, "give an amount of memory"},
    {{"check", "die_hard", "--search", "dfs", "--max-depth", "3"}, "does not go with --max-depth"},
    {{"check", "die_hard", "--search", "dfs", "--workers", "2"}, "--search dfs has one worker"},
    {{"check", "die_hard", "--no-deadlock", "--property", "deadlock"}, "does not go with"},
    {{"check", "die_hard", "--trace", "--keep-going"}, "give the name of a file"},
    {{"check", "die_hard", "--trace", "-"}, "give the name of a file"},
    {{"check", "die_hard", "--trace", "/tmp/x", "--json", "/tmp/x"}, "both name"},
    {{"check", "die_hard", "--keep-going=yes"}, "--keep-going takes no value"},
    {{"simulate"}, "name the model to simulate, as in everyway simulate raft"},
    {{"simulate", "die_hrad"}, "unknown model 'die_hrad'; did you mean die_hard?"},
    {{"simulate", "die_hard", "--walks", "0"}, "--walks '0': give a whole number from 1"},
    {{"simulate", "die_hard", "--depth", "0"}, "--depth '0': give a whole number from 1"},
    {{"simulate", "die_hard", "--max-steps", "1e6"}, "--max-steps '1e6': give a whole number"},
    {{"simulate", "die_hard", "--max-seconds", "0"}, "a number of seconds greater than 0"},
    {{"simulate", "die_hard", "--seed", "-1"}, "--seed '-1': give a whole number from 0"},
    {{"simulate", "die_hard", "--seed", "1", "--walk", "0"}, "--walk '0': give a whole number"},
    {{"simulate", "die_hard", "--walk", "3"}, "give --seed too"},
    {{"simulate", "die_hard", "--seed", "1", "--walk", "3", "--walks", "2"}, "does not go with"},
    {{"simulate", "die_hard", "--check", "all"}, "--check 'all': one of: chosen, enabled"},
    {{"simulate", "die_hard", "--workers", "257"}, "give a whole number from 1 to 256"},
    {{"simulate", "die_hard", "--no-deadlock", "--property", "deadlock"}, "does not go with"},
    {{"simulate", "die_hard", "--mutant", "x"}, "unknown mutant 'x'"},
    {{"simulate", "die_hard", "--search", "dfs"}, "unknown option '--search'"},
    {{"simulate", "die_hard", "--max-states", "9"}, "did you mean --max-ste"},
    {{"check", "die_hard", "--walks", "9"}, "unknown option '--walks'"},
    {{"list", "dei_hard"}, "unknown model 'dei_hard'; did you mean die_hard?"},
    {{"list", "--json"}, "--json needs a value"},
    {{"replay"}, "name the trace file to replay"},
    {{"replay", "/nonexistent"}, "cannot read '/nonexistent': No such file or directory"},
    {{"replay", "/"}, "cannot read '/': Is a directory"},
    {{"replay", "/dev/null"}, "/dev/null:1:1: not valid JSON: the text ends too early"},
    {{"check", "a\nb"}, "unknown model 'a\\x0ab'"},
};

TEST(WrongUsage, IsOneLineAndStatus2) {
  for (const WrongUsage& wrong : wrong_usages) {
    const Ran ran = everyway(wrong.arguments);
    EXPECT_EQ(ran.status, 2) << wrong.message;
    EXPECT_EQ(ran.out, "") << wrong.message;
    EXPECT_THAT(ran.err, MatchesRegex("everyway: [^\n]*\n"));
    EXPECT_THAT(ran.err, HasSubstr(wrong.message));
  }
}

TEST(StandardOutput, ThatTakesNothingIsNoSuccess) {
  const std::vector<std::vector<std::string>> commands = {
      {"list"}, {"--help"}, {"check", "die_hard"}, {"check", "die_hard", "--json", "-"}};
  for (const auto& arguments : commands) {
    for (const char* const place : {">/dev/full", ">&-", "1</dev/null"}) {
      const Ran ran = everyway(arguments, start_it + place);
      EXPECT_EQ(ran.status, 2) << arguments.front() << " " << place;
      EXPECT_THAT(ran.err, MatchesRegex("everyway: cannot write to standard output: [^\n]*\n"));
    }
  }
}

TEST(StandardOutput, ThatIsClosedNeverBecomesAnotherFile) {
  const Folder folder;
  const std::string report = folder.file("report.json");
  const Ran ran = everyway({"check", "die_hard", "--json", report}, start_it + ">&- 2>&-");
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(contents_of(report).front(), '{');
  EXPECT_THAT(contents_of(report), ::testing::EndsWith("\n}\n"));
}

TEST(Help, TeachesWithExamplesAndEndsWith0) {
  const Ran ran = everyway({"--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  for (const char* const part : {"everyway check raft", "everyway replay", "Exit status: 0"}) {
    EXPECT_THAT(ran.out, HasSubstr(part));
  }
}

TEST(Help, OfACheckShowsTheModelsOwnParametersPropertiesAndMutants) {
  const Ran ran = everyway({"check", "two_phase_tla", "--help"});
  EXPECT_EQ(ran.status, 0);
  for (const char* const part : {"--managers N", "1 to 37; 3 if not given", "TCConsistent",
                                 "abort-after-commit", "--workers N", "--max-memory SIZE"}) {
    EXPECT_THAT(ran.out, HasSubstr(part));
  }
  EXPECT_EQ(everyway({"check", "--help"}).status, 0);
  EXPECT_EQ(everyway({"simulate", "--help"}).status, 0);
  EXPECT_EQ(everyway({"list", "--help"}).status, 0);
  EXPECT_EQ(everyway({"replay", "--help"}).status, 0);
}

TEST(Help, IsAtMost100ColumnsWide) {
  for (const char* const model : {"two_phase_tla", "two_phase_commit", "paxos", "raft"}) {
    const std::string text = everyway({"check", model, "--help"}).out +
                             everyway({"simulate", model, "--help"}).out +
                             everyway({"list", model}).out;
    std::size_t begin = 0;
    while (begin < text.size()) {
      const std::size_t end = text.find('\n', begin);
      EXPECT_LE(end - begin, 100U) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(Version, IsThatOfTheProject) {
  const Ran ran = everyway({"--version"});
  EXPECT_EQ(ran.status, 0);
  const std::string build_file = contents_of("CMakeLists.txt");
  const std::size_t begin = build_file.find("VERSION ", build_file.find("project(everyway")) + 8;
  const std::string version = build_file.substr(begin, build_file.find('\n', begin) - begin);
  EXPECT_EQ(ran.out, "everyway " + version + "\n");
}

}  // namespace
}  // namespace everyway::testing
