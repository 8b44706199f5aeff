// `everyway history`, as a user and as a program see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

const std::string folder = "examples/histories/";
const std::vector<std::string> stale = {"history", folder + "stale_read.jsonl", "--model",
                                        "register"};

[[nodiscard]] std::vector<std::string> with(std::vector<std::string> arguments,
                                            const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(HistoryCommand, DrawsTheSmallestViolationAndEndsWith1) {
  const Ran ran = everyway(stale);
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, HasSubstr("linearizable is violated: no order of these operations"));
  EXPECT_THAT(ran.out, HasSubstr("\n  process 1"));
  EXPECT_THAT(ran.out, HasSubstr("|- read 2 -|"));
  EXPECT_THAT(ran.out, HasSubstr("4 of 6 operations. None of them can be left out.\n"));
  EXPECT_THAT(ran.out, EndsWith("\nviolated: linearizable\n"));
}

TEST(HistoryCommand, ShowsAnOrderThatExplainsTheHistoryAndEndsWith0) {
  const Ran ran = everyway(with(stale, {"--consistency", "sequential"}));
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("An order that explains it:\n  line 1   process 0  write 1\n"));
  EXPECT_THAT(ran.out, EndsWith("\nholds: sequential\n"));
}

TEST(HistoryCommand, EndsWith3WhereTheLevelDoesNotSay) {
  const Ran ran = everyway(
      {"history", folder + "cas.log", "--model", "cas-register", "--consistency", "causal"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.out, HasSubstr("unknown: causal; this level is defined for reads and writes"));
}

TEST(HistoryCommand, ReadsJepsensLog) {
  const std::vector<std::string> log = {"history", folder + "cas.log", "--model", "cas-register"};
  const Ran ran = everyway(log);
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("6 operations of 3 processes, 1 failed, 1 indeterminate\n"));
  EXPECT_THAT(ran.out, HasSubstr("process 2  cas 3 to 0"));
  EXPECT_EQ(everyway(with(log, {"--initial", "4"})).status, 1) << "a read found nothing";
  const Ran strict = everyway(with(log, {"--failed-cas-found-another"}));
  EXPECT_EQ(strict.status, 0);
  EXPECT_THAT(strict.out, HasSubstr("cas 4 to 1 found another"));
}

TEST(HistoryCommand, JudgesEveryLevelOfAKeyValueStore) {
  const auto status = [](const std::string& level) {
    return everyway(
               {"history", folder + "comments.edn", "--model", "key-value", "--consistency", level})
        .status;
  };
  for (const char* const broken :
       {"linearizable", "sequential", "causal", "causal-memory", "causal-convergence",
        "writes-follow-reads", "sessions", "convergent"}) {
    EXPECT_EQ(status(broken), 1) << broken;
  }
  for (const char* const kept : {"read-your-writes", "monotonic-reads", "monotonic-writes"}) {
    EXPECT_EQ(status(kept), 0) << kept;
  }
}

TEST(HistoryCommand, JudgesQueues) {
  const std::vector<std::string> queue = {"history", folder + "queue.jsonl", "--model", "queue"};
  EXPECT_EQ(everyway(queue).status, 1);
  EXPECT_EQ(everyway(with(queue, {"--consistency", "sequential"})).status, 0);
}

TEST(HistoryCommand, WritesOneJsonObjectAndNothingElse) {
  const boost::json::object violated = everyway_json(stale);
  EXPECT_EQ(violated.at("verdict"), "violated");
  EXPECT_EQ(violated.at("consistency"), "linearizable");
  EXPECT_EQ(violated.at("model"), "register");
  EXPECT_EQ(violated.at("operations"), 6);
  EXPECT_EQ(violated.at("minimal"), true);
  EXPECT_EQ(violated.at("counterexample").as_array().size(), 4U);
  const boost::json::object& last = violated.at("counterexample").as_array().back().as_object();
  EXPECT_EQ(last.at("line"), 8);
  EXPECT_EQ(last.at("process"), "2");
  EXPECT_EQ(last.at("operation"), "read 1");
  EXPECT_EQ(last.at("outcome"), "ok");
  const boost::json::object held = everyway_json(with(stale, {"--consistency", "sequential"}));
  EXPECT_EQ(held.at("verdict"), "holds");
  EXPECT_EQ(held.at("witness").as_array().size(), 6U);
}

TEST(HistoryCommand, ExplainsItself) {
  const Ran ran = everyway({"history", "--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("writes-follow-reads"));
  EXPECT_THAT(ran.out, HasSubstr("Exit status: 0"));
}

struct WrongUse {
  std::vector<std::string> arguments;
  std::string message;  ///< a part of the line
};

TEST(HistoryCommand, EndsWith2AndOneLineIfItIsUsedWrongly) {
  const Folder temporary;
  const std::vector<WrongUse> wrong_uses = {
      {{}, "name the file of the history"},
      {{folder + "queue.jsonl"}, "say what the history is of: --model register"},
      {{folder + "queue.jsonl", "--model", "quee"}, "unknown model 'quee'; did you mean queue?"},
      {{folder + "queue.jsonl", "--model", "queue", "--consistency", "casual"},
       "unknown level 'casual'; did you mean causal"},
      {{folder + "queue.jsonl", "--model", "queue", "--consistency", "causal"},
       "--consistency causal is for registers"},
      {{folder + "queue.jsonl", "--model", "queue", "--initial", "1"}, "a queue is empty at first"},
      {{folder + "queue.jsonl", "--model", "register"},
       "queue.jsonl:1: f 'enqueue': a register has read, write"},
      {{folder + "cas.log", "--model", "cas-register", "--initial", "["}, "--initial '['"},
      {{folder + "cas.log", "--model", "cas-register", "--max-seconds", "0"}, "--max-seconds '0'"},
      {{temporary.file("none"), "--model", "queue"}, "cannot read"},
      {{"/dev/null", "--model", "queue"}, "/dev/null: this is not a history"}};
  for (const WrongUse& wrong : wrong_uses) {
    const Ran ran = everyway(with({"history"}, wrong.arguments));
    EXPECT_EQ(ran.status, 2) << wrong.message;
    EXPECT_EQ(ran.out, "") << wrong.message;
    EXPECT_THAT(ran.err, HasSubstr(wrong.message));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
  }
}

}  // namespace
}  // namespace everyway::testing
