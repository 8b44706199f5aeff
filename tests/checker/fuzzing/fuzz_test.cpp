#include "checker/fuzzing/fuzz.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checker/search/progress.hpp"
#include "tests/checker/search/counter.hpp"
#include "tests/folder.hpp"

namespace everyway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A counter that must not pass 40 by more than five: only a seven from 39 or 40 does.
struct Jumper : Counter {
  [[nodiscard]] Properties<State, Action> properties() const {
    using property = PropertyOf<State, Action>;
    return {property::always_step("no jump", "",
                                  [](const State& before, const Action&, const State& after) {
                                    return before.value > 40 || after.value < 46;
                                  }),
            property::reachable("hundred", "", [](const State& s) { return s.value == 100; })};
  }
};

class FuzzTest : public ::testing::Test {
 protected:
  FuzzTest() {
    model.last = 200;
    options.strategy = FuzzStrategy::random;
    options.depth = 50;
    options.seed = 1;
    options.workers = 1;
    options.max_executions = 2000;
    options.corpus = folder.file("corpus");
    options.findings = folder.file("findings");
  }

  [[nodiscard]] FuzzReport run() {
    FuzzSubject subject{"jumper", {}, "", [this](const TraceFile& trace) {
                          ++told;
                          return ToldTrace{trace, "a story\n"};
                        }};
    return fuzz(model, subject, options, {"no_such_model", {}}, {});
  }

  Folder folder;
  Jumper model;
  FuzzOptions options;
  int told = 0;
};

TEST_F(FuzzTest, FindsWithEachStrategyAndTestsAsManySchedulesAsItIsAskedTo) {
  for (const FuzzStrategy strategy :
       {FuzzStrategy::random, FuzzStrategy::swarm, FuzzStrategy::pct, FuzzStrategy::pos}) {
    options.strategy = strategy;
    options.findings = folder.file(std::string(enum_name(strategy)));
    const FuzzReport report = run();
    EXPECT_EQ(report.totals.executions, 2000U) << enum_name(strategy);
    EXPECT_EQ(report.stop, Stop::max_walks);
    EXPECT_EQ(report.verdict, Verdict::violated) << enum_name(strategy);
    EXPECT_GT(report.totals.abstract_states, 40U);
    for (const FuzzFinding& finding : report.totals.findings) {
      EXPECT_EQ(finding.property, "no jump");
      const TraceFile trace =
          read_trace_file(options.findings + "/" + finding.name + ".trace.json");
      EXPECT_EQ(trace.actions.size(), finding.length);
    }
  }
}

TEST_F(FuzzTest, FindsTheSameForTheSameSeed) {
  const FuzzReport one = run();
  options.findings = folder.file("other");
  const FuzzReport two = run();
  ASSERT_EQ(one.totals.findings.size(), two.totals.findings.size());
  for (std::size_t i = 0; i < one.totals.findings.size(); ++i) {
    EXPECT_EQ(one.totals.findings[i].execution, two.totals.findings[i].execution);
    EXPECT_EQ(one.totals.findings[i].shape, two.totals.findings[i].shape);
  }
}

TEST_F(FuzzTest, SaysUnknownWhenItFindsNothing) {
  options.properties = {"deadlock"};
  options.max_executions = 100;
  const FuzzReport report = run();
  EXPECT_EQ(report.verdict, Verdict::unknown);
  EXPECT_THAT(report.totals.findings, IsEmpty());
}

TEST_F(FuzzTest, GoesOnWhereItWas) {
  const FuzzReport one = run();
  options.seed = 2;
  const FuzzReport two = run();
  EXPECT_EQ(two.totals.sessions, 2U);
  EXPECT_EQ(two.before.executions, 2000U);
  EXPECT_EQ(two.totals.executions, 4000U);
  EXPECT_GE(two.totals.abstract_states, one.totals.abstract_states);
  ASSERT_GE(two.totals.findings.size(), one.totals.findings.size());
  EXPECT_EQ(two.totals.findings[0].name, one.totals.findings[0].name);
  EXPECT_GE(two.totals.growth.size(), 2U);
}

TEST_F(FuzzTest, EndsAtTheFirstFindingIfItIsToldTo) {
  options.keep_going = false;
  options.max_executions = 0;
  options.max_seconds = 60;
  const FuzzReport report = run();
  EXPECT_EQ(report.stop, Stop::violation);
  EXPECT_EQ(report.verdict, Verdict::violated);
}

TEST_F(FuzzTest, EndsWhenItIsInterrupted) {
  options.max_executions = 0;
  options.max_seconds = 60;
  request_interrupt();
  const FuzzReport report = run();
  clear_interrupt();
  EXPECT_EQ(report.stop, Stop::interrupted);
}

TEST_F(FuzzTest, FillsACorpusWithOneScheduleForEachActionAndEachWitness) {
  options.only_seeds = true;
  const FuzzReport report = run();
  EXPECT_EQ(report.totals.executions, 0U);
  for (const char* const name : {"seed-add-one", "seed-add-seven", "seed-hundred"}) {
    const std::string bytes = folder.contents(std::string("corpus/") + name);
    ASSERT_FALSE(bytes.empty()) << name;
    const Schedule schedule =
        decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    // The shortest there are: 100 is two and 14 times seven.
    EXPECT_EQ(schedule.actions.size(), std::string(name) == "seed-hundred" ? 16U : 1U) << name;
    ScheduleTester<Jumper> tester(model, {100, {"hundred"}, false});
    ScheduleFollower<Jumper> follower(schedule);
    const auto& outcome = tester.run(follower);
    EXPECT_EQ(outcome.trace.actions.size(), schedule.actions.size()) << name;
    EXPECT_EQ(tester.witnessed().size(), std::string(name) == "seed-hundred" ? 1U : 0U) << name;
  }
}

TEST_F(FuzzTest, LetsSeedsGoOnAtRandomFromWhereTheyEnd) {
  const std::vector<SeedSchedule> seeds = seed_schedules(model, 50);
  ASSERT_FALSE(seeds.empty());
  std::vector<SeedSchedule> once = seeds;
  std::vector<SeedSchedule> again = seeds;
  std::vector<SeedSchedule> others = seeds;
  lengthen(model, 50, 1, once);
  lengthen(model, 50, 1, again);
  lengthen(model, 50, 2, others);
  bool differs = false;
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    const auto& before = seeds[i].schedule.actions;
    const auto& after = once[i].schedule.actions;
    EXPECT_EQ(once[i].name, seeds[i].name);
    ASSERT_GE(after.size(), before.size());
    EXPECT_LE(after.size(), 50U);
    EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin())) << seeds[i].name;
    EXPECT_EQ(after, again[i].schedule.actions);
    differs |= after != others[i].schedule.actions;
    // It goes on as far as it may, through violations, too.
    ScheduleTester<Jumper> tester(model, {100, {"hundred"}, false});
    ScheduleFollower<Jumper> follower(once[i].schedule);
    const auto& outcome = tester.run(follower);
    EXPECT_EQ(outcome.trace.actions.size(), after.size());
    EXPECT_TRUE(after.size() == 50 || outcome.end != WalkEnd::scheduler) << seeds[i].name;
  }
  EXPECT_TRUE(differs);
}

TEST_F(FuzzTest, SaysPlainlyThatThereIsNoTargetAndWhatWorksWithout) {
  options.strategy = FuzzStrategy::libfuzzer;
  try {
    (void)run();
    FAIL() << "there is no such target";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("there is no fuzz target fuzz_no_such_model"));
    EXPECT_THAT(error.what(), HasSubstr("--strategy random"));
  }
}

TEST_F(FuzzTest, RefusesAFolderThatAnotherSessionUses) {
  FuzzSubject subject{"jumper", {}, "", {}};
  const Campaign running(subject, options, {});
  EXPECT_THROW(Campaign(subject, options, {}), UsageError);
}

}  // namespace
}  // namespace everyway::testing
