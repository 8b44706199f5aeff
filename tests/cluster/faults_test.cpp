// Budgets of faults: what each fault does, and that no run has more of it than its budget.
#include <gtest/gtest.h>

#include "tests/cluster/toys.hpp"

namespace everyway::testing {
namespace {

using Post = Cluster<Postbox, UnorderedBag<Note, 6>>;
using Counters = Cluster<Counter, UnorderedBag<Note, 12>>;
using Idlers = Cluster<Idler, UnorderedBag<Note, 1>>;

TEST(Drops, LoseOneMessageForEachInTheBudget) {
  Faults faults;
  faults.drops = 1;
  const Post model({1}, faults, 2, 0, 0);
  // In flight; received; lost.
  const auto result = searched(model);
  EXPECT_EQ(result.distinct, 3U);
  EXPECT_EQ(result.generated, 3U);

  const auto state = initial(model);
  const auto lost = after(model, state, only(model, state, ActionKind::drop));
  EXPECT_EQ(lost.network.size(), 0U);
  EXPECT_EQ(lost.left.drops, 0U);
  EXPECT_EQ(lost.processes[1].disk.received, 0U);
}

TEST(Duplicates, DoubleOneMessageForEachInTheBudget) {
  Faults faults;
  faults.duplicates = 1;
  // With the double still to come: in flight; received. After it: two in flight, one and received,
  // none and received.
  const auto result = searched(Post({1}, faults, 2, 0, 0));
  EXPECT_EQ(result.distinct, 5U);
  EXPECT_EQ(result.generated, 5U);
}

TEST(Crashes, TakeAnyProcessesUpToTheBudget) {
  Faults faults;
  faults.crashes = 2;
  // Which of 4 are down: C(4,0) + C(4,1) + C(4,2).
  const auto result = searched(Idlers({}, faults, 4, 0, 0));
  EXPECT_EQ(result.distinct, 1U + 4 + 6);
  EXPECT_EQ(result.generated, 1U + 4 + 4 * 3);
}

TEST(Restarts, BringBackAProcessForEachInTheBudget) {
  Faults faults;
  faults.crashes = 1;
  faults.restarts = 1;
  // All up; one of 3 down; all up again, where no crash is left.
  const auto result = searched(Idlers({}, faults, 3, 0, 0));
  EXPECT_EQ(result.distinct, 1U + 3 + 1);
  EXPECT_EQ(result.generated, 1U + 3 + 3);
}

TEST(Restarts, FindOnDiskWhatWasPersistedAndNothingElse) {
  Faults faults;
  faults.crashes = 1;
  faults.restarts = 1;
  const Counters model({}, faults, 3, 1, 0);
  auto state = initial(model);
  state = after(model, state, only(model, state, ActionKind::request));
  EXPECT_EQ(state.processes[0].durable.asked, 2U);
  EXPECT_EQ(state.processes[0].disk.asked, 1U);
  EXPECT_EQ(state.processes[0].memory.last, 1U);

  const auto crashes = enabled(model, state, ActionKind::crash);
  ASSERT_EQ(crashes.size(), 3U);
  state = after(model, state, crashes[0]);
  EXPECT_FALSE(state.processes[0].up);
  EXPECT_EQ(state.processes[0].durable.asked, 0U);
  EXPECT_EQ(state.processes[0].memory.last, 0U);
  EXPECT_EQ(state.processes[0].memory.starts, 0U);

  state = after(model, state, only(model, state, ActionKind::restart));
  EXPECT_TRUE(state.processes[0].up);
  EXPECT_EQ(state.processes[0].durable.asked, 1U);
  EXPECT_EQ(state.processes[0].memory.last, 0U);
  EXPECT_EQ(state.processes[0].memory.starts, 1U) << "start runs on every boot";
}

TEST(Crashes, LeaveMessagesToTheProcessInFlightUntilItIsBack) {
  Faults faults;
  faults.crashes = 1;
  faults.restarts = 1;
  const Post model({1}, faults, 2, 0, 0);
  auto state = initial(model);
  state = after(model, state, enabled(model, state, ActionKind::crash)[1]);
  EXPECT_FALSE(state.processes[1].up);
  EXPECT_EQ(state.network.size(), 1U);
  EXPECT_TRUE(enabled(model, state, ActionKind::deliver).empty());
  state = after(model, state, only(model, state, ActionKind::restart));
  EXPECT_EQ(enabled(model, state, ActionKind::deliver).size(), 1U);
}

TEST(Partitions, NameEachSplitOnce) {
  Faults faults;
  faults.partitions = 1;
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{5}}) {
    const Idlers model({}, faults, size, 0, 0);
    const auto cuts = enabled(model, initial(model), ActionKind::cut);
    EXPECT_EQ(cuts.size(), (std::size_t{1} << (size - 1)) - 1) << size;
    for (const auto& cut : cuts) EXPECT_TRUE(cut.group.contains(NodeId::at(0)));
  }
}

TEST(Partitions, LoseWhatIsInFlightAcrossAndWhatIsSentAcrossUntilTheyHeal) {
  Faults faults;
  faults.partitions = 1;
  const Counters model({}, faults, 3, 3, 0);
  auto state = initial(model);
  state = after(model, state, only(model, state, ActionKind::request));
  ASSERT_EQ(state.network.size(), 2U);

  auto cut = enabled(model, state, ActionKind::cut).front();
  for (const auto& each : enabled(model, state, ActionKind::cut)) {
    if (each.group == NodeSet<3>::of_bits(0b011)) cut = each;  // {n1, n2} and {n3}
  }
  state = after(model, state, cut);
  ASSERT_EQ(state.network.size(), 1U);
  EXPECT_EQ(state.network.messages[0].to, NodeId::at(1));
  EXPECT_TRUE(enabled(model, state, ActionKind::cut).empty());

  state = after(model, state, only(model, state, ActionKind::request));
  ASSERT_EQ(state.network.size(), 2U);
  EXPECT_EQ(state.network.messages[1].to, NodeId::at(1));

  state = after(model, state, only(model, state, ActionKind::heal));
  EXPECT_TRUE(state.partition.empty());
  state = after(model, state, only(model, state, ActionKind::request));
  EXPECT_EQ(state.network.size(), 4U);
  EXPECT_TRUE(enabled(model, state, ActionKind::cut).empty()) << "the budget is used up";
}

TEST(Requests, CarryTheirNumberInTheRunAndEndWithTheBudget) {
  const Counters model({}, {}, 3, 2, 0);
  auto state = initial(model);
  for (const int value : {1, 2}) {
    const auto request = only(model, state, ActionKind::request);
    EXPECT_EQ(request.client_request.value, value);
    EXPECT_EQ(request.node, NodeId::at(0));
    state = after(model, state, request);
  }
  EXPECT_TRUE(enabled(model, state, ActionKind::request).empty());
}

TEST(Timers, FireExactlyWhereTheirGuardHolds) {
  const Counters model({}, {}, 3, 1, 0);
  auto state = initial(model);
  EXPECT_TRUE(enabled(model, state, ActionKind::time_out).empty());
  state = after(model, state, only(model, state, ActionKind::request));
  const auto ring = only(model, state, ActionKind::time_out);
  EXPECT_EQ(ring.node, NodeId::at(0));
  EXPECT_EQ(after(model, state, ring).network.size(), 4U);
}

TEST(Cluster, RefusesMoreProcessesThanItHasRoomForAndBudgetsThatDoNotFit) {
  EXPECT_THROW(Post({1}, {}, 4, 0, 0), UsageError);
  EXPECT_THROW(Post({1}, {}, 0, 0, 0), UsageError);
  EXPECT_THROW(Post({1}, {}, 2, 256, 0), UsageError);
  Faults faults;
  faults.drops = -1;
  EXPECT_THROW(Post({1}, faults, 2, 0, 0), UsageError);
}

}  // namespace
}  // namespace everyway::testing
