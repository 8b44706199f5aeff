// Trace files: written, read, damaged.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/checker/catalogue/test_family.hpp"
#include "tests/folder.hpp"

namespace everyway::testing {
namespace {

class TraceFileTest : public ::testing::Test {
 protected:
  TraceFileTest() {
    const CheckReport report =
        catalogue_.front()->check({{{"hours", 1, false}, {"broken", 1, true}}, "", {}}, {});
    sample_ = trace_text(*report.properties.front().trace);
  }

  /// Replays a file with these contents. Returns the error, if there is one.
  [[nodiscard]] std::string replay_error(const std::string& text) const {
    std::ofstream(path_, std::ios::binary) << text;
    try {
      (void)replay_file(catalogue_, path_);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  }
  /// The same for the sample with `from` replaced by `to`; without the name of the file.
  [[nodiscard]] std::string error_with(const std::string& from, const std::string& to) const {
    std::string text = sample_;
    const std::size_t position = text.find(from);
    EXPECT_NE(position, std::string::npos) << from;
    const std::string error = replay_error(text.replace(position, from.size(), to));
    EXPECT_EQ(error.rfind(path_, 0), 0U) << error;
    return error.substr(std::min(error.size(), path_.size()));
  }

  Catalogue catalogue_ = clock_catalogue();
  Folder folder_;
  std::string path_ = folder_.file("bug.json");
  std::string sample_;
};

TEST_F(TraceFileTest, IsJsonWithOneActionALine) {
  EXPECT_EQ(sample_,
            "{\n"
            "  \"format\": \"everyway-trace\",\n"
            "  \"version\": 1,\n"
            "  \"model\": \"clock\",\n"
            "  \"parameters\": {\"hours\": 1, \"start\": 0, \"broken\": true, \"stops\": false},\n"
            "  \"mutant\": \"\",\n"
            "  \"property\": \"On its face\",\n"
            "  \"kind\": \"always\",\n"
            "  \"verdict\": \"violated\",\n"
            "  \"length\": 2,\n"
            "  \"why\": \"it is 2\",\n"
            "  \"initial\": {\"hour\": 0},\n"
            "  \"actions\": [\n"
            "    {\"kind\": \"tick\", \"to\": 1},\n"
            "    {\"kind\": \"tick\", \"to\": 2}\n"
            "  ]\n"
            "}\n");
}

TEST_F(TraceFileTest, IsReadAsItWasWritten) {
  EXPECT_EQ(trace_text(parse_trace(sample_, "it")), sample_);
  EXPECT_EQ(replay_error(sample_), "");
}

TEST_F(TraceFileTest, IsRefusedInOneLineWhereverItIsCutOff) {
  const std::size_t end = sample_.find_last_of('}');
  for (std::size_t length = 0; length <= end; ++length) {
    const std::string error = replay_error(sample_.substr(0, length));
    EXPECT_EQ(error.rfind(path_ + ":", 0), 0U) << length << ": " << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << length << ": " << error;
  }
}

TEST_F(TraceFileTest, IsRefusedInOneLineOrReplayedWhicheverByteIsDamaged) {
  for (std::size_t position = 0; position < sample_.size(); ++position) {
    for (const char byte : {'\0', '"', '9', '}', 'x', '\xff'}) {
      std::string text = sample_;
      text[position] = byte;
      const std::string error = replay_error(text);
      EXPECT_EQ(error.find('\n'), std::string::npos) << position << ": " << error;
      EXPECT_TRUE(error.empty() || error.rfind(path_, 0) == 0) << position << ": " << error;
    }
  }
}

TEST_F(TraceFileTest, NamesLineAndColumnOfWhatIsNotJson) {
  EXPECT_EQ(error_with("\"version\": 1", "\"version\": one"),
            ":3:14: not valid JSON: syntax error");
  EXPECT_EQ(replay_error(""), path_ + ":1:1: not valid JSON: the text ends too early");
}

TEST_F(TraceFileTest, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(error_with("everyway-trace", "others-trace"),
            ": format: this is not a trace; one has \"format\": \"everyway-trace\"");
  EXPECT_EQ(error_with("\"version\": 1", "\"version\": 2"),
            ": version: this program reads version 1, found 2");
  EXPECT_EQ(error_with("\"clock\"", "\"block\""), ": unknown model 'block'; did you mean clock?");
  EXPECT_EQ(error_with("\"length\": 2", "\"length\": 3"),
            ": length: says 3, but there are 2 actions");
  EXPECT_EQ(error_with("\"always\"", "\"sometimes\""),
            ": kind: unknown value 'sometimes'; one of: always, always_step, reachable, deadlock");
  EXPECT_EQ(error_with("\"why\": \"it is 2\",", ""), ": why: the field is missing");
  EXPECT_EQ(error_with("\"why\"", "\"when\": 1, \"why\""), ": when: unknown field");
  EXPECT_EQ(error_with("{\"hour\": 0}", "0"), ": initial: expected an object, found 0");
  EXPECT_EQ(error_with("\"hours\": 1", "\"hours\": 1e3"),
            ": parameters.hours: expected a whole number, found 1000");
  EXPECT_EQ(error_with("\"to\": 2", "\"to\": 3"),
            ": step 2: tick (to 3) is not enabled there; enabled: tick (to 2); set_back");
}

TEST_F(TraceFileTest, RefusesForeignJson) {
  for (const char* const foreign : {"{}", "[]", "1", "null", "\"text\"", "{\"format\": 1}"}) {
    EXPECT_EQ(replay_error(foreign).rfind(path_ + ": ", 0), 0U) << foreign;
  }
}

TEST_F(TraceFileTest, RefusesWhatIsNotAFile) {
  EXPECT_THROW((void)read_trace_file(folder_.file("missing")), UsageError);
  EXPECT_THROW((void)read_trace_file(folder_.path()), UsageError);
  EXPECT_THROW((void)read_trace_file("/dev/zero"), UsageError);
}

}  // namespace
}  // namespace everyway::testing
