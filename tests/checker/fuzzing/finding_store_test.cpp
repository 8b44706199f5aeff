#include "checker/fuzzing/finding_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checker/fuzzing/inbox.hpp"
#include "checker/fuzzing/shape.hpp"
#include "checker/fuzzing/totals_file.hpp"
#include "tests/folder.hpp"

namespace everyway::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

boost::json::object deliver(const std::string& node, int term, const std::string& type) {
  return {{"kind", "deliver"}, {"node", node}, {"message", {{"type", type}, {"term", term}}}};
}

TraceFile trace_with(boost::json::array actions) {
  TraceFile trace;
  trace.model = "toy";
  trace.property = "Agreement of all";
  trace.why = "n1 and n2 differ";
  trace.initial = boost::json::object{};
  trace.actions = std::move(actions);
  return trace;
}

Discovery discovery_of(TraceFile trace) {
  Discovery discovery;
  discovery.trace = std::move(trace);
  discovery.worker = 2;
  discovery.execution = 77;
  discovery.earned = Earned::protocol;
  return discovery;
}

TEST(Shape, IsThatOfRunsThatDifferInNamesNumbersAndOrder) {
  const TraceFile one = trace_with({deliver("n1", 1, "vote"), deliver("n2", 2, "append")});
  const TraceFile same = trace_with({deliver("n3", 7, "append"), deliver("n1", 7, "vote")});
  EXPECT_EQ(shape_of(one), shape_of(same));
}

TEST(Shape, TellsApartPropertiesActionsAndHowOftenTheyAreTaken) {
  const TraceFile one = trace_with({deliver("n1", 1, "vote")});
  TraceFile other_property = one;
  other_property.property = "Validity";
  EXPECT_NE(shape_of(one), shape_of(other_property));
  EXPECT_NE(shape_of(one), shape_of(trace_with({deliver("n1", 1, "append")})));
  EXPECT_NE(shape_of(one),
            shape_of(trace_with({deliver("n1", 1, "vote"), deliver("n1", 1, "vote")})));
}

TEST(FindingStore, KeepsATraceAndAStoryWithTheCommandThatReplaysIt) {
  const Folder folder;
  FindingStore store(folder.path(), "toy --nodes 3", {});
  const TraceFile trace = trace_with({deliver("n1", 1, "vote")});
  EXPECT_TRUE(store.add(discovery_of(trace), {trace, " 1. n1 votes.\n"}, 1.5));
  ASSERT_THAT(store.findings(), SizeIs(1));
  const FuzzFinding& finding = store.findings().front();
  EXPECT_THAT(finding.name, StartsWith("agreement-of-all-"));
  EXPECT_EQ(finding.execution, 77U);
  EXPECT_EQ(finding.earned, Earned::protocol);
  const std::string story = folder.contents(finding.name + ".story.txt");
  EXPECT_THAT(story,
              HasSubstr("toy --nodes 3\n\nAgreement of all is violated after 1 action: n1 and"));
  EXPECT_THAT(story, HasSubstr(" 1. n1 votes.\n\nReplay it with: everyway replay " +
                               folder.file(finding.name + ".trace.json")));
  EXPECT_EQ(trace_text(read_trace_file(folder.file(finding.name + ".trace.json"))),
            trace_text(trace));
}

TEST(FindingStore, CountsWhatItKnowsAndKeepsTheShortestRun) {
  const Folder folder;
  FindingStore store(folder.path(), "toy", {});
  const TraceFile trace = trace_with({deliver("n1", 1, "vote")});
  EXPECT_TRUE(store.add(discovery_of(trace), {trace, ""}, 1));
  EXPECT_FALSE(store.add(discovery_of(trace), {trace, ""}, 2));
  const TraceFile other = trace_with({deliver("n1", 1, "append")});
  EXPECT_TRUE(store.add(discovery_of(other), {other, ""}, 3));
  ASSERT_THAT(store.findings(), SizeIs(2));
  EXPECT_EQ(store.findings()[0].times, 2U);
  EXPECT_EQ(store.findings()[0].seconds, 1);
  EXPECT_EQ(folder.size(), 4U);
}

TEST(FindingStore, GoesOnWithWhatItKnewUnlessItsFileIsGone) {
  const Folder folder;
  FindingStore before(folder.path(), "toy", {});
  const TraceFile kept = trace_with({deliver("n1", 1, "vote")});
  const TraceFile lost = trace_with({deliver("n1", 1, "append")});
  before.add(discovery_of(kept), {kept, ""}, 1);
  before.add(discovery_of(lost), {lost, ""}, 1);
  std::filesystem::remove(folder.file(before.findings()[1].name + ".trace.json"));
  FindingStore store(folder.path(), "toy", before.findings());
  EXPECT_THAT(store.findings(), SizeIs(1));
  EXPECT_FALSE(store.add(discovery_of(kept), {kept, ""}, 2));
  EXPECT_TRUE(store.add(discovery_of(lost), {lost, ""}, 2));
}

TEST(FindingStore, TellsConfigurationsInOneFolderApart) {
  const Folder folder;
  const TraceFile trace = trace_with({deliver("n1", 1, "vote")});
  FindingStore small(folder.path(), "toy --nodes 3", {});
  FindingStore large(folder.path(), "toy --nodes 5", {});
  small.add(discovery_of(trace), {trace, ""}, 1);
  large.add(discovery_of(trace), {trace, ""}, 1);
  EXPECT_EQ(folder.size(), 4U);
}

TEST(FindingStore, KeepsTheScheduleOnWhichATargetFailed) {
  const Folder folder;
  std::ofstream(folder.file("crash-1")) << "schedule";
  FindingStore store(folder.path(), "toy", {});
  const TargetCrash crash{folder.file("crash-1"),
                          "Assertion `x' failed at 0x12",
                          "the log\n",
                          "fuzz_toy",
                          "-ignore_remaining_args=1",
                          1};
  EXPECT_TRUE(store.add_crash(crash, 1));
  EXPECT_FALSE(store.add_crash({crash.input, "Assertion `x' failed at 0x34", "", "", "", 2}, 1));
  ASSERT_THAT(store.findings(), SizeIs(1));
  EXPECT_TRUE(store.findings()[0].is_crash());
  EXPECT_EQ(folder.contents(store.findings()[0].name + ".schedule"), "schedule");
  EXPECT_THAT(folder.contents(store.findings()[0].name + ".story.txt"),
              AllOf(HasSubstr("the log\n"), HasSubstr("again with: fuzz_toy " + folder.path()),
                    HasSubstr(".schedule -ignore_remaining_args=1\n")));
}

TEST(Totals, AreReadAsTheyWereWritten) {
  const Folder folder;
  FuzzTotals totals;
  totals.sessions = 2;
  totals.executions = 1'000'000;
  totals.seconds = 12.5;
  totals.growth.push_back({1, 100, 20, 0});
  FuzzFinding finding;
  finding.name = "agreement-12";
  finding.property = "Agreement";
  finding.shape = "always Agreement\n1 deliver vote\n";
  finding.earned = Earned::both;
  totals.findings.push_back(finding);
  write_totals(folder.file("campaign.json"), totals);
  const FuzzTotals again = read_totals(folder.file("campaign.json"));
  write_totals(folder.file("again.json"), again);
  EXPECT_EQ(folder.contents("again.json"), folder.contents("campaign.json"));
  EXPECT_EQ(again.executions, 1'000'000U);
  ASSERT_THAT(again.findings, SizeIs(1));
  EXPECT_EQ(again.findings[0].shape, finding.shape);
}

TEST(Totals, AreZeroWithoutAFileAndRefusedInOneLineIfItIsBad) {
  const Folder folder;
  EXPECT_EQ(read_totals(folder.file("campaign.json")).sessions, 0U);
  std::ofstream(folder.file("campaign.json")) << "{\"format\": \"something\"}";
  EXPECT_THROW((void)read_totals(folder.file("campaign.json")), UsageError);
}

TEST(Inbox, HandsOverWhatWorkersLeaveInTheOrderOfExecutions) {
  const Folder folder;
  InboxWriter writer(folder.path(), 2);
  Discovery late = discovery_of(trace_with({deliver("n1", 1, "vote")}));
  late.execution = 9;
  Discovery early = late;
  early.execution = 3;
  early.processor_seconds = 0.25;
  writer.put(late);
  writer.put(early);
  std::ofstream(folder.file("1-1-1.discovery")) << "half a disc";
  const std::vector<Discovery> all = empty_inbox(folder.path());
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].execution, 3U);
  EXPECT_EQ(all[0].processor_seconds, 0.25);
  EXPECT_EQ(all[0].earned, Earned::protocol);
  EXPECT_EQ(trace_text(all[1].trace), trace_text(late.trace));
  EXPECT_EQ(folder.size(), 0U);
}

TEST(Inbox, WantsEverFewerViolationsOfOneKind) {
  InboxWriter writer("", 1);
  int wanted = 0;
  for (int term = 1; term <= 1000; ++term) {
    wanted += writer.wants("Agreement", "in term " + std::to_string(term)) ? 1 : 0;
  }
  EXPECT_EQ(wanted, 4 + 7);  // the first four; then the 8th, 16th, ..., 512th
  EXPECT_TRUE(writer.wants("Agreement", "for another reason"));
  EXPECT_TRUE(writer.wants("Validity", "in term 1"));
}

}  // namespace
}  // namespace everyway::testing
