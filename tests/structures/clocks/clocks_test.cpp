// Clocks against traces of the literature, and in random executions against the transitive closure
// of the graph of their events.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "structures/clocks/causal_delivery.hpp"
#include "structures/clocks/hybrid_logical_clock.hpp"
#include "structures/clocks/lamport_clock.hpp"
#include "structures/clocks/vector_clock.hpp"
#include "tests/structures/clocks/event_graph.hpp"

namespace everyway::clocks {
namespace {

using Vector = VectorClock<3>;

[[nodiscard]] Vector vector_of(const std::array<std::uint8_t, 3>& counts) {
  Vector clock;
  for (std::size_t i = 0; i < 3; ++i) clock.counts[i] = counts[i];
  return clock;
}

// Three nodes; A works, sends to B, B sends to C, A works again, C sends to A.
TEST(VectorClock, GoesThroughAStepByStepTrace) {
  const NodeId a = NodeId::at(0);
  const NodeId b = NodeId::at(1);
  const NodeId c = NodeId::at(2);
  Vector at_a;
  Vector at_b;
  Vector at_c;
  at_a.tick(a);
  const Vector step_1 = at_a;
  EXPECT_EQ(at_a, vector_of({1, 0, 0}));
  at_a.tick(a);
  EXPECT_EQ(at_a, vector_of({2, 0, 0}));
  at_b.receive(b, at_a);
  const Vector step_3 = at_b;
  EXPECT_EQ(at_b, vector_of({2, 1, 0}));
  at_b.tick(b);
  EXPECT_EQ(at_b, vector_of({2, 2, 0}));
  at_c.receive(c, at_b);
  const Vector step_5 = at_c;
  EXPECT_EQ(at_c, vector_of({2, 2, 1}));
  at_a.tick(a);
  const Vector step_6 = at_a;
  EXPECT_EQ(at_a, vector_of({3, 0, 0}));
  at_c.tick(c);
  EXPECT_EQ(at_c, vector_of({2, 2, 2}));
  at_a.receive(a, at_c);
  EXPECT_EQ(at_a, vector_of({4, 2, 2}));

  EXPECT_TRUE(step_1.happens_before(step_3));
  EXPECT_FALSE(step_3.happens_before(step_1));
  EXPECT_TRUE(step_6.concurrent_with(step_5));
}

// P: [2, 0, 0], Q: [1, 2, 0], R: [2, 2, 1], S: [0, 0, 3].
TEST(VectorClock, TellsWhichPairsAreOrderedAndWhichAreConcurrent) {
  const std::array<Vector, 4> events{vector_of({2, 0, 0}), vector_of({1, 2, 0}),
                                     vector_of({2, 2, 1}), vector_of({0, 0, 3})};
  std::string ordered;
  for (std::size_t left = 0; left < 4; ++left) {
    for (std::size_t right = 0; right < 4; ++right) {
      const bool before = events[left].happens_before(events[right]);
      if (before) ordered += {"PQRS"[left], '<', "PQRS"[right], ' '};
      EXPECT_EQ(events[left].concurrent_with(events[right]),
                left != right && !before && !events[right].happens_before(events[left]));
    }
  }
  EXPECT_EQ(ordered, "P<R Q<R ");
}

TEST(VectorClock, ThrowsRatherThanStartAgainFromZero) {
  Vector clock = vector_of({std::numeric_limits<std::uint8_t>::max(), 0, 0});
  EXPECT_THROW(clock.tick(NodeId::at(0)), ModelBoundError);
}

TEST(CausalDelivery, WaitsForWhatTheSenderHadSeenAndTakesNothingTwice) {
  const NodeId n2 = NodeId::at(1);
  EXPECT_FALSE(may_be_delivered(vector_of({1, 1, 0}), n2, vector_of({0, 0, 0})));
  EXPECT_TRUE(may_be_delivered(vector_of({1, 1, 0}), n2, vector_of({1, 0, 0})));
  EXPECT_FALSE(may_be_delivered(vector_of({1, 1, 0}), n2, vector_of({1, 1, 0})));
  EXPECT_FALSE(may_be_delivered(vector_of({0, 2, 0}), n2, vector_of({0, 0, 0})));
}

// A message comes from a process whose physical clock is ahead: the logical part stays there, and
// the counter tells events apart, until the physical clock has caught up.
TEST(HybridLogicalClock, StaysAheadUntilThePhysicalClockCatchesUp) {
  using Hybrid = HybridLogicalClock<>;
  Hybrid clock;
  clock.tick(1);
  EXPECT_EQ(clock, (Hybrid{1, 0}));
  clock.receive({10, 0}, 2);
  EXPECT_EQ(clock, (Hybrid{10, 1}));
  clock.tick(3);
  EXPECT_EQ(clock, (Hybrid{10, 2}));
  clock.receive({10, 5}, 4);
  EXPECT_EQ(clock, (Hybrid{10, 6}));
  clock.receive({9, 9}, 5);
  EXPECT_EQ(clock, (Hybrid{10, 7}));
  clock.tick(11);
  EXPECT_EQ(clock, (Hybrid{11, 0}));
  clock.receive({10, 7}, 12);
  EXPECT_EQ(clock, (Hybrid{12, 0}));
}

constexpr std::size_t processes = 6;

/// One event of a random execution, with its clocks.
struct Event {
  NodeId process;
  VectorClock<processes> vector;
  LamportClock<> lamport;
  HybridLogicalClock<> hybrid;
};

/// A random execution: each event is local, or the receipt of a message that any earlier event of
/// another process sent. Calls `cause(sending, receipt)` for messages.
template <class Cause>
[[nodiscard]] std::vector<Event> random_execution(std::size_t length, const Cause& cause) {
  std::array<Event, processes> now{};
  std::array<std::uint8_t, processes> physical{};
  std::vector<Event> events;
  for (std::size_t event = 0; event < length; ++event) {
    const auto index = *rc::gen::inRange<std::size_t>(0, processes);
    const auto other = *rc::gen::inRange<std::size_t>(0, 2 * length);
    Event& process = now[index];
    process.process = NodeId::at(index);
    physical[index] = static_cast<std::uint8_t>(physical[index] + *rc::gen::inRange(0, 2));
    if (other < event && events[other].process != process.process) {
      process.vector.receive(process.process, events[other].vector);
      process.lamport.receive(events[other].lamport);
      process.hybrid.receive(events[other].hybrid, physical[index]);
      cause(other, event);
    } else {
      process.vector.tick(process.process);
      process.lamport.tick();
      process.hybrid.tick(physical[index]);
    }
    events.push_back(process);
  }
  return events;
}

RC_GTEST_PROP(Clocks, TellTheTransitiveClosureOfTheEventGraphInRandomExecutions, ()) {
  const auto length = *rc::gen::inRange<std::size_t>(1, 50);
  std::vector<std::pair<std::size_t, std::size_t>> messages;
  const auto events = random_execution(length, [&](std::size_t sending, std::size_t receipt) {
    messages.push_back({sending, receipt});
  });
  std::vector<std::size_t> of_process;
  for (const Event& event : events) of_process.push_back(event.process.index());
  const testing::EventGraph graph(of_process, messages);
  for (std::size_t left = 0; left < length; ++left) {
    for (std::size_t right = 0; right < length; ++right) {
      const bool before = graph.leads(left, right);
      RC_ASSERT(events[left].vector.happens_before(events[right].vector) == before);
      RC_ASSERT(!before || events[left].lamport < events[right].lamport);
      RC_ASSERT(!before || events[left].hybrid < events[right].hybrid);
    }
  }
}

}  // namespace
}  // namespace everyway::clocks
