// PBFT as a model of quorums against PBFT message by message: the same states are reachable. And
// the messages that it takes, counted where each is sent.
#include "tests/models/pbft_twin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "models/pbft.hpp"
#include "tests/models/play.hpp"

namespace everyway::pbft {
namespace {

using testing::PbftLog;
using testing::PbftMessage;
using testing::PbftProcess;
using testing::PbftReplica;
using testing::PbftTwin;
using Type = PbftMessage::Type;

template <class T>
std::string bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

RequestSet set_of(unsigned request) {
  RequestSet set;
  if (request != 0) set.insert(ValueId::at(request - 1));
  return set;
}

/// What a faulty replica told everybody.
void add_to_records(State& state, const PbftMessage& message) {
  Record& record = state.replicas[message.from].records[message.view];
  switch (message.type) {
    case Type::pre_prepare:
    case Type::prepare:
      record.accepted = set_of(message.request);
      return;
    case Type::commit:
      record.prepared = set_of(message.request);
      return;
    case Type::view_change:
      record.view_change = true;
      if (message.request == 0) return;
      record.claim = {static_cast<std::uint8_t>(message.origin + 1),
                      ValueId::at(message.request - std::size_t{1})};
      return;
    case Type::new_view:
      record.entered = true;
      if (message.request == 0) return;
      record.carried = ValueId::at(message.request - std::size_t{1});
      record.accepted = set_of(message.request);
  }
}

/// A state of the twin as the model would have it: logs and messages left out.
template <std::size_t N>
State state_of(const typename PbftTwin<N>::World& world, std::uint32_t faulty) {
  State state;
  state.faulty = ReplicaSet::of_bits(faulty);
  for (std::size_t i = 0; i < N; ++i) {
    state.replicas[i].view = static_cast<std::uint8_t>(world.replicas[i].view);
    for (std::size_t view = 0; view < testing::pbft_views; ++view) {
      const PbftLog& log = world.replicas[i].logs[view];
      Record& record = state.replicas[i].records[view];
      record.view_change = log.asked;
      record.entered = log.entered;
      if (log.carried != 0) record.carried = ValueId::at(log.carried - std::size_t{1});
      record.accepted = set_of(log.pre_prepare);
      record.prepared = set_of(log.prepared);
      record.committed = set_of(log.executed);
    }
  }
  for (const PbftMessage& message : PbftTwin<N>::sent_messages(world)) {
    if (state.faulty.contains(NodeId::at(message.from))) add_to_records(state, message);
  }
  return state;
}

/// Expects the states of the model to be those of the twin, whoever is faulty.
template <std::size_t N>
void expect_the_states_of_the_twin(const Options& options) {
  ASSERT_EQ(options.replicas, static_cast<int>(N));
  const Pbft model(options, "");
  std::set<std::string> of_model;
  for (const State& state : testing::every_step(model, [](auto&&...) {})) {
    of_model.insert(bytes_of(state));
  }
  std::set<std::string> of_twin;
  std::size_t states = 0;
  for (std::uint32_t faulty = 0; faulty < std::uint32_t{1} << N; ++faulty) {
    if (std::popcount(faulty) != options.faulty) continue;
    PbftTwin<N> twin(static_cast<unsigned>(model.setting().quorum),
                     static_cast<unsigned>(options.views), static_cast<unsigned>(options.requests),
                     faulty, !options.no_equivocation);
    twin.explore([&](const auto& world) { of_twin.insert(bytes_of(state_of<N>(world, faulty))); });
    states += twin.states();
  }
  EXPECT_EQ(of_model.size(), of_twin.size());
  EXPECT_TRUE(of_model == of_twin);
  EXPECT_GT(states, of_model.size()) << "message by message, there is more to tell apart";
}

Options without_equivocation(Options options) {
  options.no_equivocation = true;
  return options;
}

// Each has so many replicas, faulty ones, replicas of a quorum, views and requests.
TEST(PbftTwin, ReachesTheStatesOfTheModelWithThreeReplicas) {
  expect_the_states_of_the_twin<3>({3, 0, 2, 2, 1});
  expect_the_states_of_the_twin<3>({3, 1, 2, 1, 2});
  expect_the_states_of_the_twin<3>({3, 1, 2, 2, 1});
  expect_the_states_of_the_twin<3>({3, 1, 3, 2, 1});
  expect_the_states_of_the_twin<3>({3, 1, 3, 2, 2});
  expect_the_states_of_the_twin<3>({3, 1, 2, 2, 2});
}

TEST(PbftTwin, ReachesTheStatesOfTheModelWithFourReplicas) {
  expect_the_states_of_the_twin<4>({4, 1, 3, 1, 1});
}

TEST(PbftTwin, ReachesTheStatesOfTheModelWithTwoOfFourThatCollude) {
  expect_the_states_of_the_twin<4>({4, 2, 3, 2, 1});
}

TEST(PbftTwin, ReachesTheStatesOfTheModelWithThreeReplicasAndNoEquivocation) {
  expect_the_states_of_the_twin<3>(without_equivocation({3, 1, 2, 1, 2}));
  expect_the_states_of_the_twin<3>(without_equivocation({3, 1, 2, 2, 1}));
}

TEST(PbftTwin, ReachesTheStatesOfTheModelWithFourReplicasAndNoEquivocation) {
  expect_the_states_of_the_twin<4>(without_equivocation({4, 1, 3, 1, 1}));
}

/// All replicas are correct. Every message is multicast, and arrives at all others in the order of
/// sending; how many there were of each type is counted.
template <std::size_t N>
class Run {
 public:
  using Counts = std::map<Type, std::size_t>;

  Run() {
    for (auto& replica : replicas_) replica.logs[0].entered = true;
  }

  void propose() {
    typename PbftProcess<N>::Sent sent;
    process_.propose(replicas_[0], 0, 1, sent);
    send(sent);
  }
  void time_out() {
    for (unsigned i = 0; i < N; ++i) {
      typename PbftProcess<N>::Sent sent;
      process_.time_out(replicas_[i], i, sent);
      send(sent);
    }
  }
  /// The primary of view 1 carries over what all VIEW-CHANGEs tell.
  void send_new_view() {
    for (unsigned from = 0; from < N; ++from) {
      if (from == 1) continue;
      ASSERT_EQ(replicas_[1].claims[from].origin, 0);
      ASSERT_EQ(replicas_[1].claims[from].request, 1);
    }
    typename PbftProcess<N>::Sent sent;
    process_.send_new_view(replicas_[1], 1, 1, 1, sent);
    send(sent);
  }
  /// All messages arrive, but no COMMIT if `lose_commits`; what they cause is sent.
  void deliver(bool lose_commits = false) {
    while (!on_the_way_.empty()) {
      const PbftMessage message = on_the_way_.front();
      on_the_way_.pop_front();
      if (lose_commits && message.type == Type::commit) continue;
      for (unsigned i = 0; i < N; ++i) {
        typename PbftProcess<N>::Sent sent;
        process_.receive(replicas_[i], i, message, sent);
        send(sent);
      }
    }
  }
  [[nodiscard]] bool all_executed(unsigned view) const {
    return std::all_of(replicas_.begin(), replicas_.end(),
                       [&](const auto& each) { return each.logs[view].executed == 1; });
  }
  [[nodiscard]] Counts take_counts() { return std::exchange(counts_, {}); }

 private:
  void send(const typename PbftProcess<N>::Sent& sent) {
    for (const PbftMessage& message : sent) {
      counts_[message.type] += N - 1;
      on_the_way_.push_back(message);
    }
  }

  PbftProcess<N> process_{N - (N - 1) / 3};
  std::array<PbftReplica<N>, N> replicas_{};
  std::deque<PbftMessage> on_the_way_;
  Counts counts_;
};

std::size_t total(const std::map<Type, std::size_t>& counts) {
  std::size_t all = 0;
  for (const auto& [type, count] : counts) all += count;
  return all;
}

// Section 4.2, Figure 1: the primary multicasts PRE-PREPARE, each backup PREPARE, everybody COMMIT.
template <std::size_t n>
void expect_the_messages_of_figure_1() {
  Run<n> run;
  run.propose();
  run.deliver();
  ASSERT_TRUE(run.all_executed(0));
  const auto counts = run.take_counts();
  const std::map<Type, std::size_t> expected{
      {Type::pre_prepare, n - 1}, {Type::prepare, (n - 1) * (n - 1)}, {Type::commit, n * (n - 1)}};
  EXPECT_EQ(counts, expected);
  EXPECT_EQ(total(counts), 2 * n * (n - 1));
}

TEST(PbftMessages, OfTheNormalCaseAreTwoNSquaredLessTwoN) {
  expect_the_messages_of_figure_1<4>();
  expect_the_messages_of_figure_1<7>();
  expect_the_messages_of_figure_1<10>();
  expect_the_messages_of_figure_1<13>();
  expect_the_messages_of_figure_1<16>();
}

// Section 4.4: everybody is prepared, no COMMIT arrives, and all time out. NEW-VIEW is in place of
// PRE-PREPARE.
template <std::size_t n>
void expect_the_messages_of_a_view_change() {
  Run<n> run;
  run.propose();
  run.deliver(true);
  ASSERT_FALSE(run.all_executed(0));
  (void)run.take_counts();
  run.time_out();
  run.deliver();
  run.send_new_view();
  run.deliver();
  ASSERT_TRUE(run.all_executed(1));
  const auto counts = run.take_counts();
  const std::map<Type, std::size_t> expected{{Type::view_change, n * (n - 1)},
                                             {Type::new_view, n - 1},
                                             {Type::prepare, (n - 1) * (n - 1)},
                                             {Type::commit, n * (n - 1)}};
  EXPECT_EQ(counts, expected);
  EXPECT_EQ(total(counts), 3 * n * (n - 1));
}

TEST(PbftMessages, OfAViewChangeAndTheAgreementAfterItAreThreeNSquaredLessThreeN) {
  expect_the_messages_of_a_view_change<4>();
  expect_the_messages_of_a_view_change<7>();
  expect_the_messages_of_a_view_change<10>();
  expect_the_messages_of_a_view_change<13>();
  expect_the_messages_of_a_view_change<16>();
}

}  // namespace
}  // namespace everyway::pbft
