// A family of models seen through its catalogue entry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checker/catalogue/test_family.hpp"

namespace everyway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class EntryTest : public ::testing::Test {
 protected:
  [[nodiscard]] const CatalogueEntry& clock() const { return *catalogue_.front(); }
  [[nodiscard]] CheckReport check(const ParameterValues& parameters, const std::string& mutant = "",
                                  const SearchOptions& options = {}) const {
    return clock().check({parameters, mutant, options}, {});
  }

  Catalogue catalogue_ = clock_catalogue();
};

[[nodiscard]] const PropertyReport& outcome(const CheckReport& report, const std::string& name) {
  for (const PropertyReport& one : report.properties) {
    if (one.property.name == name) return one;
  }
  throw std::out_of_range(name);
}

TEST_F(EntryTest, ShowsTheParametersOfTheFamily) {
  std::vector<std::string> shown;
  for (const ParameterInfo& one : clock().parameters()) {
    shown.push_back(fmt::format("{} {} {}..{} {}", one.name, one.is_switch, one.lowest, one.highest,
                                one.initial));
  }
  EXPECT_THAT(shown, ElementsAre("hours false 1..12 5", "start false 0..12 0", "broken true 0..1 0",
                                 "stops true 0..1 0"));
}

TEST_F(EntryTest, ReportsASearchThatHolds) {
  const CheckReport report = check({{"hours", 4, false}});
  EXPECT_EQ(report.model, "clock");
  EXPECT_EQ(
      report.parameters,
      (ParameterValues{
          {"hours", 4, false}, {"start", 0, false}, {"broken", 0, true}, {"stops", 0, true}}));
  EXPECT_EQ(report.verdict, Verdict::holds);
  EXPECT_EQ(report.stop, Stop::exhausted);
  EXPECT_EQ(report.distinct, 5U);
  EXPECT_EQ(report.generated, 6U);
  EXPECT_EQ(report.depth, 5U);
  EXPECT_EQ(report.properties.size(), 4U);
  const PropertyReport& witness = outcome(report, "It is three");
  ASSERT_TRUE(witness.trace);
  EXPECT_EQ(witness.trace->actions.size(), 3U);
  EXPECT_EQ(witness.trace->verdict, Verdict::holds);
}

TEST_F(EntryTest, WarnsOfAKindOfActionThatNoStateEnables) {
  EXPECT_THAT(check({}).warnings, ElementsAre("never taken, since no state enables it: never"));
  EXPECT_THAT(check({{"stops", 1, true}}).warnings, ::testing::IsEmpty())
      << "a search that a violation ended has seen too little to say so";
}

TEST_F(EntryTest, WarnsOfFingerprintsThatMayHaveCollided) {
  CheckReport report;
  report.stop = Stop::exhausted;
  report.collision_probability = 0.009;
  EXPECT_THAT(detail::warnings_about(report), ::testing::IsEmpty());
  report.collision_probability = 0.01;
  EXPECT_THAT(detail::warnings_about(report),
              ElementsAre(::testing::HasSubstr("may well have hidden a state")));
}

TEST_F(EntryTest, TellsACounterexampleAndKeepsItsTrace) {
  const CheckReport report = check({{"hours", 1, false}, {"broken", 1, true}});
  EXPECT_EQ(report.verdict, Verdict::violated);
  const PropertyReport& violation = outcome(report, "On its face");
  EXPECT_EQ(violation.verdict, Verdict::violated);
  EXPECT_EQ(violation.why, "it is 2");
  EXPECT_EQ(violation.story,
            " 1. tick (to 1)\n      hour: 0 -> 1\n 2. tick (to 2)\n      hour: 1 -> 2\n");
  ASSERT_TRUE(violation.trace);
  const ReplayReport replayed = clock().replay(*violation.trace);
  EXPECT_TRUE(replayed.reproduced());
  EXPECT_TRUE(replayed.violated());
  EXPECT_EQ(replayed.story, violation.story);
  ASSERT_EQ(replayed.findings.size(), 1U);
  EXPECT_EQ(replayed.findings[0].step, 2U);
  EXPECT_EQ(replayed.findings[0].why, "it is 2");
}

TEST_F(EntryTest, ReplaysEveryKindOfTrace) {
  const CheckReport skips = check({}, "skips-an-hour");
  EXPECT_TRUE(clock().replay(*outcome(skips, "One by one").trace).violated());

  const CheckReport stops = check({{"stops", 1, true}});
  const ReplayReport deadlock = clock().replay(*outcome(stops, "deadlock").trace);
  EXPECT_TRUE(deadlock.violated());
  EXPECT_TRUE(deadlock.reproduced());
  EXPECT_EQ(deadlock.trace.kind, PropertyKind::deadlock);

  const ReplayReport witness = clock().replay(*outcome(stops, "It is three").trace);
  EXPECT_FALSE(witness.violated());
  EXPECT_TRUE(witness.reproduced());
}

TEST_F(EntryTest, SaysSoIfAReplayedRunShowsNothing) {
  TraceFile trace = *outcome(check({}), "It is three").trace;
  trace.actions.pop_back();
  const ReplayReport report = clock().replay(trace);
  EXPECT_FALSE(report.violated());
  EXPECT_FALSE(report.reproduced());
}

TEST_F(EntryTest, FindsAViolationThatTheTraceDoesNotName) {
  TraceFile trace =
      *outcome(check({{"hours", 1, false}, {"broken", 1, true}}), "On its face").trace;
  trace.property = "It is three";
  trace.kind = PropertyKind::reachable;
  const ReplayReport report = clock().replay(trace);
  EXPECT_TRUE(report.violated());
  EXPECT_FALSE(report.reproduced());
}

TEST_F(EntryTest, RefusesARequestThatMakesNoSense) {
  EXPECT_THROW((void)check({{"hours", 13, false}}), UsageError);
  EXPECT_THROW((void)check({{"hours", 2, false}, {"start", 3, false}}), UsageError);
  EXPECT_THROW((void)check({}, "no-such-mutant"), UsageError);
  SearchOptions options;
  options.properties = {"no such property"};
  EXPECT_THROW((void)check({}, "", options), UsageError);
}

/// The one-line error of a trace that `damage` was done to.
template <class Damage>
[[nodiscard]] std::string error_after(const CatalogueEntry& entry, Damage damage) {
  const CheckReport report = entry.check({{}, "skips-an-hour", {}}, {});
  TraceFile trace = *outcome(report, "One by one").trace;
  damage(trace);
  try {
    (void)entry.replay(trace);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST_F(EntryTest, NamesWhatIsWrongWithATrace) {
  const auto error = [this](auto damage) { return error_after(clock(), damage); };
  EXPECT_EQ(error([](TraceFile&) {}), "");
  EXPECT_EQ(error([](TraceFile& t) { t.parameters[0].value = 13; }),
            "parameters.hours: 13 is out of range; expected a whole number from 1 to 12");
  EXPECT_EQ(error([](TraceFile& t) {
              t.parameters[2] = {"broken", 1, false};
            }),
            "parameters.broken: expected true or false");
  EXPECT_EQ(error([](TraceFile& t) {
              t.parameters[0] = {"hours", 1, true};
            }),
            "parameters.hours: expected a whole number from 1 to 12");
  EXPECT_EQ(error([](TraceFile& t) { t.parameters.erase(t.parameters.begin()); }),
            "parameters.hours: the field is missing");
  EXPECT_EQ(error([](TraceFile& t) {
              t.parameters.push_back({"minutes", 1, false});
            }),
            "parameters.minutes: clock has no such parameter");
  EXPECT_EQ(error([](TraceFile& t) { t.mutant = "skips-a-hour"; }),
            "unknown mutant 'skips-a-hour'; did you mean skips-an-hour?");
  EXPECT_EQ(error([](TraceFile& t) { t.mutant = "Skips an hour"; }),
            "mutant: its name is 'skips-an-hour'");
  EXPECT_EQ(
      error([](TraceFile& t) { t.property = "Two by two"; }),
      "unknown property 'Two by two'; one of: On its face, One by one, It is three, deadlock");
  EXPECT_EQ(error([](TraceFile& t) { t.kind = PropertyKind::always; }),
            "kind: 'One by one' is of the kind always_step");
  EXPECT_EQ(error([](TraceFile& t) { t.initial.as_object()["hour"] = 256; }),
            "initial.hour: 256 is out of range; give a number from 0 to 255");
  EXPECT_EQ(error([](TraceFile& t) { t.initial.as_object()["hour"] = 9; }),
            "initial: the state is not an initial state of the model");
  EXPECT_EQ(error([](TraceFile& t) { t.actions[0].as_object()["kind"] = "tock"; }),
            "actions[0].kind: unknown value 'tock'; one of: tick, set_back, never");
  EXPECT_EQ(error([](TraceFile& t) { t.actions[0].as_object()["to"] = 4; }),
            "step 1: tick (to 4) is not enabled there; enabled: tick (to 2)");
}

TEST_F(EntryTest, FindsNamesWhateverTheirCaseAndDashes) {
  const auto properties = clock().properties({});
  EXPECT_EQ(find_property(properties, "on-its-face"), "On its face");
  EXPECT_EQ(find_property(properties, "ON ITS FACE"), "On its face");
  EXPECT_EQ(find_property(properties, "deadlock"), "deadlock");
  EXPECT_THROW((void)find_property(properties, "on-its"), UsageError);
  EXPECT_THROW((void)find_property(properties, ""), UsageError);
  EXPECT_EQ(find_mutant(clock().mutants(), "skips_an_hour"), "skips-an-hour");
  EXPECT_EQ(&find_model(catalogue_, "clock"), &clock());
  EXPECT_THROW((void)find_model(catalogue_, "cl"), UsageError);
}

TEST_F(EntryTest, ReadsTheValueOfAParameter) {
  const ParameterInfo hours = clock().parameters()[0];
  const ParameterInfo broken = clock().parameters()[2];
  EXPECT_EQ(parse_parameter(hours, "12"), (ParameterValue{"hours", 12, false}));
  EXPECT_EQ(parse_parameter(broken, "true"), (ParameterValue{"broken", 1, true}));
  EXPECT_EQ(parse_parameter(broken, "false"), (ParameterValue{"broken", 0, true}));
  for (const char* const wrong : {"", "0", "13", "x", "1x", " 1", "1.5", "+1", "-1",
                                  "99999999999999999999", "-99999999999999999999"}) {
    EXPECT_THROW((void)parse_parameter(hours, wrong), UsageError) << wrong;
  }
  EXPECT_THROW((void)parse_parameter(broken, "maybe"), UsageError);
}

}  // namespace
}  // namespace everyway::testing
