// Recorded histories in their three forms, what is wrong with bad ones, and that nothing crashes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include "checker/model/parameter.hpp"
#include "properties/histories/readers/read_history.hpp"

namespace everyway::histories::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

[[nodiscard]] std::vector<std::string> texts(const Recording& recording) {
  std::vector<std::string> all;
  for (const Operation& operation : recording.history.operations) {
    all.push_back(recording.names.processes[operation.process] + ": " +
                  operation_text(operation, recording.names) +
                  (operation.outcome == Outcome::info ? " (info)" : ""));
  }
  return all;
}

[[nodiscard]] Recording recording_of(const std::string& text, HistoryModel model) {
  return read_history(text, "h", {model, false});
}

[[nodiscard]] std::string error_of(const std::string& text,
                                   HistoryModel model = HistoryModel::one_register) {
  try {
    (void)recording_of(text, model);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

const std::string json_lines =
    R"({"process": 0, "type": "invoke", "f": "write", "value": 1, "time": 1}
{"process": "b", "type": "invoke", "f": "read"}

{"process": 0, "type": "ok", "f": "write", "value": 1, "time": 1.5}
{"process": "b", "type": "ok", "f": "read", "value": 1}
{"process": 0, "type": "invoke", "f": "write", "value": "x"}
{"process": 0, "type": "info", "f": "write", "error": "timeout"}
{"process": "b", "type": "invoke", "f": "write", "value": null}
{"process": "b", "type": "fail", "f": "write", "value": null}
{"process": "b", "type": "invoke", "f": "write", "value": [2, true]}
)";

TEST(JsonLines, AreReadWithTheirOutcomesAndLines) {
  const Recording recording = recording_of(json_lines, HistoryModel::one_register);
  EXPECT_THAT(texts(recording), ElementsAre("0: write 1", "b: read 1", "0: write \"x\" (info)",
                                            "b: write nil (failed)", "b: write [2 true] (info)"));
  const Operation& first = recording.history.operations[0];
  const Operation& second = recording.history.operations[1];
  EXPECT_EQ(first.invoked, 0U);
  EXPECT_EQ(first.responded, 2U);
  EXPECT_EQ(second.invoked, 1U);
  EXPECT_EQ(second.line, 2U);
  EXPECT_EQ(recording.history.operations[2].responded, never);
  EXPECT_EQ(first.argument, second.result) << "equal values have one number";
}

TEST(Edn, IsReadAsMapsInAVectorOrOneAfterTheOther) {
  const std::string maps = R"(; a comment
{:process 0, :type :invoke, :f :cas, :value [3 0], :index 0, :time 12, :node "n1"}
#jepsen.history.Op{:process 1 :type :invoke :f :read :value nil}
{:process :nemesis, :type :info, :f :start, :value "partition"}
{:type :ok :f :read :process 1 :value 3} #_{:not "read"}
{:process 0 :type :info :f :cas :value [3 0] :error :timed-out}
)";
  const std::vector<std::string> expected = {"0: cas 3 to 0 (info)", "1: read 3"};
  EXPECT_EQ(texts(recording_of(maps, HistoryModel::cas_register)), expected);
  const std::string vector = maps.substr(0, 12) + "[" + maps.substr(12) + "]";
  EXPECT_EQ(texts(recording_of(vector, HistoryModel::cas_register)), expected);
}

TEST(Edn, KeepsValuesOfDifferentKindsApart) {
  const Recording recording = recording_of(
      "[{:process 0 :type :invoke :f :write :value 1}{:process 1 :type :invoke :f :write :value "
      "\"1\"}{:process 2 :type :invoke :f :write :value :1}{:process 3 :type :invoke :f :write "
      ":value 1N}{:process 4 :type :invoke :f :write :value \\a}{:process 5 :type :invoke :f "
      ":write "
      ":value #{1 2}}]",
      HistoryModel::one_register);
  EXPECT_THAT(texts(recording),
              ElementsAre("0: write 1 (info)", "1: write \"1\" (info)", "2: write :1 (info)",
                          "3: write 1 (info)", "4: write \\a (info)", "5: write #{1 2} (info)"));
}

TEST(LogLines, OfJepsenAreReadAndOthersPassedOver) {
  const std::string log =
      "INFO  jepsen.core - Worker 0 starting\n"
      "INFO  jepsen.util - 0\t:invoke\t:write\t4\r\n"
      "INFO  jepsen.util - :nemesis\t:info\t:start\tnil\n"
      "2016-08-11 12:03:44 INFO  jepsen.util - 3 :invoke :cas [3 0]\n"
      "INFO  jepsen.util - 0\t:ok\t:write\t4\n"
      "INFO  jepsen.util - 3\t:info\t:cas\t:timed-out\n"
      "INFO  jepsen.util - 0\t:invoke\t:cas\t[4 1]\n"
      "INFO  jepsen.util - 0\t:fail\t:cas\t[4 1]\n";
  EXPECT_THAT(texts(recording_of(log, HistoryModel::cas_register)),
              ElementsAre("0: write 4", "3: cas 3 to 0 (info)", "0: cas 4 to 1 (failed)"));
  EXPECT_THAT(texts(read_history(log, "h", {HistoryModel::cas_register, true})),
              ElementsAre("0: write 4", "3: cas 3 to 0 (info)", "0: cas 4 to 1 found another"));
}

TEST(KeyValue, TakesKeysFromAFieldOrFromThePairs) {
  const std::vector<std::string> expected = {"0: write x 1", "0: read x 1", "0: read y nil"};
  EXPECT_EQ(texts(recording_of(
                R"({"process":0,"type":"invoke","f":"put","key":"x","value":1}
{"process":0,"type":"ok","f":"put"}
{"process":0,"type":"invoke","f":"get","key":"x"}
{"process":0,"type":"ok","f":"get","value":1}
{"process":0,"type":"invoke","f":"get","key":"y"}
{"process":0,"type":"ok","f":"get","key":"y","value":null})",
                HistoryModel::key_value)),
            expected);
  EXPECT_EQ(texts(recording_of(R"({:process 0 :type :invoke :f :write :value ["x" 1]}
{:process 0 :type :ok :f :write :value ["x" 1]}
{:process 0 :type :invoke :f :read :value ["x" nil]}
{:process 0 :type :ok :f :read :value ["x" 1]}
{:process 0 :type :invoke :f :read :value ["y" nil]}
{:process 0 :type :ok :f :read :value ["y" nil]})",
                               HistoryModel::key_value)),
            expected);
}

TEST(BadHistories, AreRefusedWithTheLineAndWhatIsWrong) {
  const std::string invoke = R"({"process": 0, "type": "invoke", "f": "write", "value": 1})";
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"", "h: this is not a history; one has a line for each"},
      {"hello", "h: this is not a history"},
      {"{}", "h:1: the field 'process' is missing"},
      {"{\"process\": 0", "h:1: not valid JSON: "},
      {invoke + "\n[1]", "h:2: this line is not a JSON object"},
      {invoke + "\n" + invoke,
       "h:2: process '0' invokes write, but its write of line 1 has no response yet"},
      {R"({"process": 0, "type": "ok", "f": "write", "value": 1})",
       "h:1: process '0' has no operation that this ok could be the response to"},
      {invoke + "\n" + R"({"process": 0, "type": "ok", "f": "read", "value": 1})",
       "h:2: process '0' answers 'read', but invoked write at line 1"},
      {invoke + "\n" + R"({"process": 0, "type": "ok", "f": "write", "value": 2})",
       "h:2: the response has value '2', and the invocation of line 1 another"},
      {R"({"process": 0, "type": "invoke", "f": "wriet", "value": 1})",
       "h:1: f 'wriet': a register has read, write"},
      {R"({"process": 0, "type": "begin", "f": "write", "value": 1})",
       "one of: invoke, ok, fail, info"},
      {R"({"process": null, "type": "invoke", "f": "read"})", "h:1: process 'nil': give a number"},
      {R"({"process": 0, "type": "invoke", "f": "write"})", "h:1: write needs a value"},
      {R"({"process": 0, "type": "invoke", "f": "read", "vlaue": 1})", "unknown field 'vlaue'"},
      {R"({"process": 0, "type": "invoke", "f": "read", "key": 1})", "give --model key-value"},
      {R"({"process": 0, "type": "invoke", "f": "read", "time": 3})"
       "\n"
       R"({"process": 0, "type": "ok", "f": "read", "value": 1, "time": 2})",
       "h:2: time goes back"},
      {R"({"process": 0, "type": "invoke", "f": "read"})"
       "\n"
       R"({"process": 0, "type": "ok", "f": "read"})",
       "h:2: the value is missing that read returned"},
      {"{:process 0 :type :invoke :f :read", "h:1: not valid EDN: a bracket is not closed"},
      {"[{:process 0 :type :invoke}]", "h:1: the key :f is missing"},
      {"[\n3]", "h:2: '3' is not an operation"},
      {"{:process 0 :type}", "h:1: not valid EDN: a map has a key without a value"},
      {"INFO  jepsen.util - 0\t:invoke", "h:1: an operation is written as process, type"},
      {"INFO  jepsen.util - 0\t:invoke\t:write\t[1", "h:1: not valid EDN: a bracket"},
      {"INFO  jepsen.util - :nemesis\t:info\t:start\tnil", "h: there is no operation in it"}};
  for (const auto& [text, message] : bad) EXPECT_THAT(error_of(text), HasSubstr(message)) << text;
  EXPECT_THAT(error_of(R"({"process": 0, "type": "invoke", "f": "cas", "value": 1})",
                       HistoryModel::cas_register),
              HasSubstr("a cas has two values, [expected new]"));
  EXPECT_THAT(error_of(R"({"process": 0, "type": "invoke", "f": "read"})", HistoryModel::key_value),
              HasSubstr("the key is missing"));
  EXPECT_THAT(error_of(R"({"process": 0, "type": "invoke", "f": "enqueue", "value": null})",
                       HistoryModel::queue),
              HasSubstr("enqueue needs a value"));
  EXPECT_THAT(error_of(R"({"process":0,"type":"invoke","f":"get","key":"x"}
{"process":0,"type":"ok","f":"get","key":"y","value":1})",
                       HistoryModel::key_value),
              HasSubstr("h:2: the response is about key 'y', and the invocation of line 1 about"));
  EXPECT_THAT(error_of(std::string(100000, '[')), HasSubstr("nested too deeply"));
  EXPECT_THAT(error_of("[" + std::string(100000, '#')), HasSubstr("not valid EDN"));
}

TEST(InitialValues, AreWrittenAsInAHistory) {
  Names names;
  EXPECT_EQ(number_of_value(names, "nil"), nil);
  EXPECT_EQ(number_of_value(names, "null"), nil);
  EXPECT_EQ(number_of_value(names, "0"), 1U);
  EXPECT_EQ(number_of_value(names, "a"), number_of_value(names, "\"a\""));
  for (const char* const wrong : {"", "1 2", "[", ")"}) {
    EXPECT_THROW((void)number_of_value(names, wrong), UsageError) << wrong;
  }
}

/// Either a history or one line that says why not.
void never_crashes(const std::string& text) {
  for (const HistoryModel model : {HistoryModel::one_register, HistoryModel::cas_register,
                                   HistoryModel::key_value, HistoryModel::queue}) {
    const std::string error = error_of(text, model);
    RC_ASSERT(error.find('\n') == std::string::npos);
  }
}

RC_GTEST_PROP(Readers, NeverCrashOnAnyBytes, (const std::string& text)) {
  never_crashes(text);
  never_crashes("{\"" + text);
  never_crashes("[" + text);
  never_crashes("INFO jepsen.util - 0 " + text);
}

RC_GTEST_PROP(Readers, NeverCrashOnHistoriesThatWereTorn, ()) {
  const std::vector<std::string> whole = {
      json_lines,
      "[{:process 0 :type :invoke :f :cas :value [3 0]} {:process 0, :type :ok, :f :cas}]",
      "INFO jepsen.util - 0 :invoke :write 4\nINFO jepsen.util - 0 :ok :write 4\n"};
  std::string text = *rc::gen::elementOf(whole);
  for (int tears = *rc::gen::inRange(1, 6); tears > 0 && !text.empty(); --tears) {
    const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto count = *rc::gen::inRange<std::size_t>(0, 5);
    text.replace(place, count,
                 *rc::gen::container<std::string>(
                     rc::gen::elementOf(std::string("{}[]()\"\\:#_;0a \n\t,-"))));
  }
  never_crashes(text);
}

}  // namespace
}  // namespace everyway::histories::testing
