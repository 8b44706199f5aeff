// `everyway check --all`, as a user and as a program see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::HasSubstr;

TEST(CheckAllCommand, ChecksAllThatListShowsAndEverythingHolds) {
  const boost::json::object report = everyway_json({"check", "--all"});
  EXPECT_EQ(report.at("verdict"), "holds");
  EXPECT_TRUE(report.at("not_checked").as_array().empty());
  const boost::json::object list = everyway_json({"list"});
  std::vector<std::string> names;
  for (const auto& model : list.at("models").as_array()) {
    names.emplace_back(model.at("name").as_string());
  }
  const auto& models = report.at("models").as_array();
  ASSERT_EQ(models.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(models[i].at("model").as_string(), names[i]);
    EXPECT_EQ(models[i].at("verdict"), "holds") << names[i];
    EXPECT_EQ(models[i].at("stop"), "exhausted") << names[i];
  }
}

TEST(CheckAllCommand, StopsWhenItsTimeIsOverAndSaysWhatIsLeft) {
  const Ran ran = everyway({"check", "--all", "--max-seconds", "0.01"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, HasSubstr("\nnot checked: "));
  EXPECT_THAT(ran.out, HasSubstr("\nunknown: not every search was finished, in "));
}

TEST(CheckAllCommand, ExplainsItself) {
  const Ran ran = everyway({"check", "--all", "--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("for all models together"));
  EXPECT_EQ(everyway({"check", "--all", "raft"}).status, 2);
}

}  // namespace
}  // namespace everyway::testing
