// `everyway check --all`: what it checks, and what it makes of the verdicts.
#include "cli/check_all.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checker/search/progress.hpp"
#include "cli/arguments.hpp"
#include "tests/checker/catalogue/test_family.hpp"

namespace everyway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

[[nodiscard]] CheckReport model_with(std::string name, Verdict verdict) {
  CheckReport report;
  report.model = std::move(name);
  report.verdict = verdict;
  return report;
}

[[nodiscard]] Catalogue two_clocks() {
  Catalogue catalogue = clock_catalogue();
  catalogue.push_back(std::move(clock_catalogue().front()));
  return catalogue;
}

TEST(CheckAll, ChecksEveryModelOfTheCatalogueAndTellsOfEachWhenItIsDone) {
  std::vector<std::string> told;
  const auto report =
      check_all(two_clocks(), {}, [&](const CheckReport& model) { told.push_back(model.model); });
  EXPECT_THAT(told, ElementsAre("clock", "clock"));
  ASSERT_EQ(report.models.size(), 2U);
  EXPECT_TRUE(report.left_out.empty());
  EXPECT_EQ(report.models[0].distinct, report.models[1].distinct);
  EXPECT_GT(report.models[0].distinct, 0U);
}

TEST(CheckAll, LeavesOutWhatComesAfterAnInterrupt) {
  const auto report = check_all(two_clocks(), {}, [](const CheckReport&) { request_interrupt(); });
  clear_interrupt();
  EXPECT_EQ(report.models.size(), 1U);
  EXPECT_THAT(report.left_out, ElementsAre("clock"));
  EXPECT_EQ(report.verdict(), Verdict::unknown);
  EXPECT_THAT(check_all_summary(report), HasSubstr("\nnot checked: clock\n"));
}

TEST(CheckAll, LeavesOutWhatThereIsNoTimeFor) {
  SearchOptions options;
  options.max_seconds = 1e-9;
  const auto report = check_all(two_clocks(), options, [](const CheckReport&) {});
  EXPECT_EQ(report.models.size(), 1U);
  EXPECT_THAT(report.left_out, ElementsAre("clock"));
  EXPECT_NE(report.verdict(), Verdict::holds);
}

// A violation weighs more than a search that was not finished, and that more than all that hold.
TEST(CheckAll, IsAsGoodAsTheWorstOfItsModels) {
  const auto verdict_of = [](std::vector<Verdict> verdicts, std::vector<std::string> left_out) {
    CheckAllReport report;
    for (const Verdict verdict : verdicts) report.models.push_back(model_with("m", verdict));
    report.left_out = std::move(left_out);
    return report.verdict();
  };
  EXPECT_EQ(verdict_of({Verdict::holds, Verdict::holds}, {}), Verdict::holds);
  EXPECT_EQ(verdict_of({Verdict::holds, Verdict::unknown, Verdict::holds}, {}), Verdict::unknown);
  EXPECT_EQ(verdict_of({Verdict::holds}, {"other"}), Verdict::unknown);
  EXPECT_EQ(verdict_of({Verdict::violated, Verdict::unknown}, {}), Verdict::violated);
  EXPECT_EQ(verdict_of({Verdict::unknown, Verdict::violated}, {"other"}), Verdict::violated);
}

TEST(CheckAll, NamesEachViolationAndEachSearchThatStopped) {
  CheckAllReport report;
  report.models.push_back(model_with("good", Verdict::holds));
  report.models.push_back(model_with("bad", Verdict::violated));
  report.models.back().properties = {{{"Safety", {}, ""}, Verdict::violated, "", {}, "", 0}};
  report.models.push_back(model_with("long", Verdict::unknown));
  report.models.back().stop_detail = "stopped after 3 s (--max-seconds)";
  const std::string text = check_all_summary(report);
  EXPECT_THAT(text, HasSubstr("\nviolated: bad: Safety; everyway check bad tells the story\n"));
  EXPECT_THAT(text, HasSubstr("\nunknown: long: stopped after 3 s (--max-seconds)\n"));
  EXPECT_THAT(text, HasSubstr("\nviolated: 1 of 3 models, in "));
}

TEST(CheckAll, IsAskedForByItsOption) {
  const Catalogue catalogue = clock_catalogue();
  const auto arguments = std::get<CheckAllArguments>(
      parse_arguments(catalogue, {"check", "--workers", "2", "--max-seconds", "9", "--max-memory",
                                  "1G", "--all", "--json", "-"}));
  EXPECT_EQ(arguments.options.workers, 2U);
  EXPECT_EQ(arguments.options.max_seconds, 9);
  EXPECT_EQ(arguments.options.max_memory_bytes, std::size_t{1} << 30U);
  EXPECT_EQ(arguments.json, "-");
}

TEST(CheckAll, TakesNeitherAModelNorWhatOnlyOneModelHas) {
  const Catalogue catalogue = clock_catalogue();
  EXPECT_THROW((void)parse_arguments(catalogue, {"check", "--all", "clock"}), UsageError);
  EXPECT_THROW((void)parse_arguments(catalogue, {"check", "clock", "--all"}), UsageError);
  EXPECT_THROW((void)parse_arguments(catalogue, {"check", "--all", "--symmetry"}), UsageError);
}

}  // namespace
}  // namespace everyway::testing
