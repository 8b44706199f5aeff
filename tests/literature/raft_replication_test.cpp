// Sections 5.3 to 5.5 of Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm
// (Extended Version)" (2014), with the scenes of Figures 7 and 8. Sentences that
// tests/models/raft_test.cpp quotes are not repeated here.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checker/cluster/effects.hpp"
#include "tests/laws/arguments.hpp"
#include "tests/literature/reachable.hpp"
#include "tests/literature/scene.hpp"

namespace everyway::raft {
namespace {

using Small = Raft<3, 4, 2, 8>;
using State = Small::State;
using Action = Small::Action;
using Kind = cluster::ActionKind;
using Type = MessageType;
using testing::RaftScene;

constexpr std::string_view three_servers =
    "--servers 3 --max-term 3 --max-log 1 --max-in-flight 2 --crashes 0 --restarts 0";
constexpr std::string_view two_that_crash =
    "--servers 2 --max-term 2 --max-log 2 --max-in-flight 2 --crashes 1 --restarts 1";

Small model_with(std::string_view parameters) {
  return Small(testing::options_from<Family>(parameters), "");
}

/// Calls visit(before, action, after) for every step of two small clusters.
template <class Visit>
void each_step(Visit visit) {
  EXPECT_GT(testing::visit_steps(model_with(three_servers), visit).size(), 1'000U);
  EXPECT_GT(testing::visit_steps(model_with(two_that_crash), visit).size(), 1'000U);
}

/// Whether the first `count` entries are there in both logs, and the same.
template <class Log>
bool same_up_to(std::size_t count, const Log& left, const Log& right) {
  if (count > left.size() || count > right.size()) return false;
  return std::equal(left.begin(), left.begin() + count, right.begin(),
                    [](const Entry& one, const Entry& other) { return same_bytes(one, other); });
}

// Section 5.3: "The leader keeps track of the highest index it knows to be committed, and it
// includes that index in future AppendEntries RPCs (including heartbeats) so that the other servers
// eventually find out."
TEST(Section53, OtherServersFindOutWhatIsCommittedFromHeartbeats) {
  RaftScene scene(3);
  scene.election(1, {2, 3}).request(1).heartbeat(1, {2, 3});
  EXPECT_EQ(scene.commit_index(1), 1U);
  EXPECT_EQ(scene.commit_index(2), 0U);
  scene.heartbeat(1, {2});
  EXPECT_EQ(scene.commit_index(2), 1U);
  EXPECT_EQ(scene.commit_index(3), 0U) << "nothing has reached it since";
}

// Section 5.3: "If two entries in different logs have the same index and term, then they store the
// same command. If two entries in different logs have the same index and term, then the logs are
// identical in all preceding entries."
TEST(Section53, EntriesOfOneIndexAndTermAreTheSameAndSoIsAllBeforeThem) {
  const auto states = testing::reachable_states(model_with(two_that_crash));
  EXPECT_GT(states.size(), 1'000U);
  for (const State& state : states) {
    const auto& left = state.processes[0].disk.log;
    const auto& right = state.processes[1].disk.log;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
      if (left[i].term != right[i].term) continue;
      ASSERT_TRUE(same_up_to(i + 1, left, right));
    }
  }
}

// Section 5.3: "a leader creates at most one entry with a given log index in a given term, and log
// entries never change their position in the log".
TEST(Section53, ALeaderAddsEntriesOfItsTermAtTheEndAndChangesNoOther) {
  unsigned created = 0;
  each_step([&](const State& before, const Action& action, const State& after) {
    if (action.node.is_none() || !after[action.node].up) return;
    if (before[action.node].memory.role != Role::leader) return;
    const auto& log = before[action.node].durable.log;
    const auto& longer = after[action.node].durable.log;
    if (after[action.node].memory.role != Role::leader) return;
    const bool creates = action.kind == Kind::request;
    ASSERT_EQ(longer.size(), log.size() + (creates ? 1 : 0));
    ASSERT_TRUE(same_up_to(log.size(), log, longer));
    if (!creates) return;
    ++created;
    ASSERT_EQ(longer.back().term, before[action.node].durable.current_term);
  });
  EXPECT_GT(created, 0U);
}

// Section 5.3: "whenever AppendEntries returns successfully, the leader knows that the follower's
// log is identical to its own log up through the new entries."
TEST(Section53, WhenAppendEntriesReturnsSuccessfullyTheLogsAreIdenticalUpToTheNewEntries) {
  unsigned returned = 0;
  each_step([&](const State& before, const Action& action, const State& after) {
    if (action.kind != Kind::deliver || action.crash_after != 0) return;
    const auto& reply = action.message;
    const auto& leader = after[action.node];
    const auto& follower = after[action.peer];
    if (reply.type != Type::append_entries_reply || !reply.success) return;
    if (leader.memory.role != Role::leader || leader.durable.current_term != reply.term) return;
    if (follower.disk.current_term != reply.term) return;  // other leaders may have changed it
    ++returned;
    ASSERT_TRUE(same_up_to(reply.match_index, leader.durable.log, follower.disk.log));
    ASSERT_GE(leader.memory.match_index[action.peer.index()],
              before[action.node].memory.match_index[action.peer.index()]);
  });
  EXPECT_GT(returned, 0U);
}

/// A leader of term 8 with the log of Figure 7, and one follower, connected by nothing but the
/// answers to its heartbeats.
class Figure7 {
 public:
  using Server = raft::Server<2, 16, 1>;

  explicit Figure7(const std::string& follower_terms) {
    leader_.durable.log = log_of("1114455666");
    leader_.memory.role = Role::leader;
    leader_.memory.next_index[1] = 11;  // "the index just after the last one in its log"
    follower_.durable.log = log_of(follower_terms);
    for (auto* process : {&leader_, &follower_}) {
      process->durable.current_term = 8;
      process->disk = process->durable;
      process->up = true;
    }
  }

  void request() {
    run(leader_, leader_id, [&](auto& context) { server_.request(context, {1}); });
  }

  /// A heartbeat and its answer, and whether the consistency check succeeded.
  bool heartbeat() {
    const auto sent =
        run(leader_, leader_id, [&](auto& context) { server_.timeout(context, Timer::heartbeat); });
    const auto answer = run(follower_, follower_id,
                            [&](auto& context) { server_.receive(context, leader_id, sent); });
    run(leader_, leader_id, [&](auto& context) { server_.receive(context, follower_id, answer); });
    return answer.success;
  }

  bool logs_are_the_same() const { return leader_.disk.log == follower_.disk.log; }

 private:
  using Process = cluster::ProcessState<Server>;
  static constexpr NodeId leader_id = NodeId::at(0);
  static constexpr NodeId follower_id = NodeId::at(1);

  static Server::Log log_of(const std::string& terms) {
    Server::Log log;
    for (const char digit : terms) log.push_back({static_cast<Number>(digit - '0'), 0});
    return log;
  }

  /// Runs a handler and returns the message that it sent, if it did.
  template <class Handler>
  static Server::Message run(Process& process, NodeId self, Handler handler) {
    cluster::detail::RecordEffects<Server> effects;
    cluster::Context<Server> context(self, 2, process, effects);
    handler(context);
    for (const auto& effect : effects.recorded()) {
      if (effect) return effect->message;
    }
    return {};
  }

  Server server_{9, 16, 1, Mutation::none};
  Process leader_{};
  Process follower_{};
};

// Section 5.3: "To bring a follower's log into consistency with its own, the leader must find the
// latest log entry where the two logs agree, delete any entries in the follower's log after that
// point, and send the follower all of the leader's entries after that point." Figure 7: "When the
// leader at the top comes to power, it is possible that any of scenarios (a-f) could occur in
// follower logs."
TEST(Figure7, ALeaderBringsEveryFollowerLogIntoConsistencyWithItsOwn) {
  struct Scenario {
    char name;
    std::string log;    ///< the terms of its entries
    unsigned failures;  ///< from index 10 back to the latest entry where the logs agree
  };
  for (const Scenario& scenario :
       {Scenario{'a', "111445566", 1}, Scenario{'b', "1114", 6}, Scenario{'c', "11144556666", 0},
        Scenario{'d', "111445566677", 0}, Scenario{'e', "1114444", 5},
        Scenario{'f', "11122233333", 7}}) {
    SCOPED_TRACE(scenario.name);
    Figure7 figure(scenario.log);
    figure.request();
    unsigned failures = 0;
    while (!figure.heartbeat()) ++failures;
    EXPECT_EQ(failures, scenario.failures);
    // One entry a heartbeat; the first went with the check that succeeded.
    for (unsigned rest = 0; rest < failures; ++rest) {
      EXPECT_FALSE(figure.logs_are_the_same());
      EXPECT_TRUE(figure.heartbeat());
    }
    EXPECT_TRUE(figure.logs_are_the_same());
  }
}

// Section 5.4.1: "Raft uses the voting process to prevent a candidate from winning an election
// unless its log contains all committed entries."
TEST(Section541, AWinnerHasWhateverAnyServerKnowsToBeCommitted) {
  unsigned compared = 0;
  each_step([&](const State& before, const Action& action, const State& after) {
    if (action.node.is_none()) return;
    const auto& winner = after[action.node];
    const bool leads = winner.memory.role == Role::leader;
    if (!leads || before[action.node].memory.role == Role::leader) return;
    for (const auto& server : after.processes) {
      // A late vote may make a leader of a term that others have left behind.
      if (!server.up || server.durable.current_term > winner.durable.current_term) continue;
      compared += server.memory.commit_index > 0;
      ASSERT_TRUE(same_up_to(server.memory.commit_index, server.durable.log, winner.durable.log));
    }
  });
  EXPECT_GT(compared, 0U);
}

/// Up to (c) in Figure 8. All five servers begin with an entry of term 1 at index 1.
RaftScene figure_8_c(std::string_view mutant = "") {
  RaftScene scene(5, mutant);
  scene.election(2, {1, 3, 4, 5}).request(2).heartbeat(2, {1, 3, 4, 5});
  // "In (a) S1 is leader and partially replicates the log entry at index 2."
  scene.election(1, {2, 3, 4, 5}).request(1).heartbeat(1, {2});
  // "In (b) S1 crashes; S5 is elected leader for term 3 with votes from S3, S4, and itself, and
  // accepts a different entry at log index 2."
  scene.crash(1).election(5, {3, 4}).request(5);
  // "In (c) S5 crashes; S1 restarts, is elected leader, and continues replication."
  scene.crash(5).restart(1).election(1, {}).election(1, {2, 3, 4});
  return scene.heartbeat(1, {3}).heartbeat(1, {2, 3});
}

// Section 5.4.2, Figure 8: "A time sequence showing why a leader cannot determine commitment using
// log entries from older terms."
TEST(Figure8, AnEntryOfAnEarlierTermOnAMajorityIsNotCommitted) {
  const RaftScene c = figure_8_c();
  ASSERT_TRUE(c.leads(1));
  EXPECT_EQ(c.term(1), 4U);
  EXPECT_EQ(c.log(1) + " " + c.log(2) + " " + c.log(3) + " " + c.log(4) + " " + c.log(5),
            "12 12 12 1 13");
  EXPECT_LT(c.commit_index(1), 2U);
}

TEST(Figure8, TheEntryCanStillBeOverwrittenInD) {
  RaftScene d = figure_8_c();
  d.crash(1).restart(5).election(5, {}).election(5, {2, 3, 4});
  ASSERT_TRUE(d.leads(5));
  d.heartbeat(5, {2, 3, 4}).heartbeat(5, {2, 3, 4});
  EXPECT_EQ(d.log(2) + " " + d.log(3) + " " + d.log(4) + " " + d.log(5), "13 13 13 13");
}

TEST(Figure8, WithAnEntryOfItsOwnTermOnAMajorityBothAreCommittedInE) {
  RaftScene e = figure_8_c();
  e.request(1).heartbeat(1, {2, 3});
  EXPECT_EQ(e.log(1) + " " + e.log(2) + " " + e.log(3), "124 124 124");
  EXPECT_EQ(e.commit_index(1), 3U);
  e.crash(1).restart(5).election(5, {}).election(5, {2, 3, 4});
  EXPECT_FALSE(e.leads(5)) << "S5 cannot win an election";
}

TEST(Figure8, IsWhatTheMutantThatCountsReplicasOfEarlierTermsGetsWrong) {
  const RaftScene c = figure_8_c("commit-earlier-term");
  EXPECT_EQ(c.commit_index(1), 2U);
}

// Section 5.5: "Raft RPCs are idempotent, so this causes no harm."
TEST(Section55, ARequestThatArrivesTwiceDoesAndAnswersTheSameTwice) {
  for (const std::string_view parameters : {three_servers, two_that_crash}) {
    const Small model = model_with(parameters);
    const auto visit = [&](const State& before, const Action& action, const State& after) {
      const Type type = action.message.type;
      const bool request = type == Type::request_vote || type == Type::append_entries;
      if (action.kind != Kind::deliver || action.crash_after != 0 || !request) return;
      State with_another = after;
      with_another.network.send(action.envelope());
      State again = with_another;
      model.apply(again, action);
      ASSERT_TRUE(same_bytes(again[action.node], after[action.node]));
      ASSERT_EQ(testing::sent_in_step(with_another, action, again),
                testing::sent_in_step(before, action, after));
    };
    EXPECT_GT(testing::visit_steps(model, visit).size(), 1'000U);
  }
}

}  // namespace
}  // namespace everyway::raft
