// Sections 5.1 and 5.2 of Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm
// (Extended Version)" (2014), against every step of small configurations. Sentences that
// tests/models/raft_test.cpp quotes are not repeated here.
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

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

/// Calls visit(before, action, after) for every step of two small clusters: three servers without
/// faults, and two that crash and restart.
template <class Visit>
void each_step(Visit visit) {
  for (const std::string_view parameters :
       {"--servers 3 --max-term 2 --requests 0 --max-in-flight 3 --crashes 0 --restarts 0",
        "--servers 2 --max-term 2 --max-log 2 --max-in-flight 2 --crashes 1 --restarts 1"}) {
    const Small model(testing::options_from<Family>(parameters), "");
    EXPECT_GT(testing::visit_steps(model, visit).size(), 1'000U);
  }
}

/// Of deliveries only, without those in the midst of which the receiver crashes.
template <class Visit>
void each_delivery(Visit visit) {
  each_step([&](const State& before, const Action& action, const State& after) {
    if (action.kind == Kind::deliver && action.crash_after == 0) visit(before, action, after);
  });
}

bool is_request(Type type) { return type == Type::request_vote || type == Type::append_entries; }

// Section 5.1: "Followers are passive: they issue no requests on their own but simply respond to
// requests from leaders and candidates."
TEST(Section51, FollowersIssueNoRequestsButRespond) {
  each_delivery([](const State& before, const Action& action, const State& after) {
    if (before[action.node].memory.role != Role::follower) return;
    const auto sent = testing::sent_in_step(before, action, after);
    ASSERT_EQ(sent.size(), is_request(action.message.type) ? 1U : 0U);
    for (const auto& envelope : sent) {
      ASSERT_FALSE(is_request(envelope.message.type));
      ASSERT_EQ(envelope.to, action.peer);
    }
  });
}

/// The highest term of any server, as far as it would survive a crash.
unsigned highest_term(const State& state) {
  unsigned highest = 0;
  for (const auto& server : state.processes) {
    highest = std::max<unsigned>(highest, server.disk.current_term);
  }
  return highest;
}

// Section 5.1: "Terms are numbered with consecutive integers. Each term begins with an election, in
// which one or more candidates attempt to become leader as described in Section 5.2."
TEST(Section51, EachTermBeginsWithAnElection) {
  unsigned begun = 0;
  each_step([&](const State& before, const Action& action, const State& after) {
    if (highest_term(after) <= highest_term(before)) return;
    ++begun;
    ASSERT_EQ(highest_term(after), highest_term(before) + 1);
    ASSERT_EQ(action.kind, Kind::time_out);
    ASSERT_EQ(action.timer, Timer::election);
  });
  EXPECT_GT(begun, 0U);
}

// Section 5.1: "If one server's current term is smaller than the other's, then it updates its
// current term to the larger value."
TEST(Section51, ASmallerTermIsUpdatedToTheLarger) {
  each_delivery([](const State& before, const Action& action, const State& after) {
    ASSERT_EQ(after[action.node].durable.current_term,
              std::max(before[action.node].durable.current_term, action.message.term));
  });
}

// Section 5.1: "If a candidate or leader discovers that its term is out of date, it immediately
// reverts to follower state."
TEST(Section51, CandidatesAndLeadersRevertToFollowersWhenTheirTermIsOutOfDate) {
  unsigned reverted = 0;
  each_delivery([&](const State& before, const Action& action, const State& after) {
    if (action.message.term <= before[action.node].durable.current_term) return;
    ASSERT_EQ(after[action.node].memory.role, Role::follower);
    reverted += before[action.node].memory.role != Role::follower;
  });
  EXPECT_GT(reverted, 0U);
}

// Section 5.1: "If a server receives a request with a stale term number, it rejects the request."
TEST(Section51, RequestsOfAStaleTermAreRejectedAndChangeNothing) {
  unsigned rejected = 0;
  each_delivery([&](const State& before, const Action& action, const State& after) {
    const auto& server = before[action.node];
    if (!is_request(action.message.type)) return;
    if (action.message.term >= server.durable.current_term) return;
    ++rejected;
    ASSERT_TRUE(same_bytes(after[action.node].durable, server.durable));
    ASSERT_TRUE(same_bytes(after[action.node].memory, server.memory));
    for (const auto& envelope : testing::sent_in_step(before, action, after)) {
      ASSERT_FALSE(envelope.message.vote_granted || envelope.message.success);
      ASSERT_EQ(envelope.message.term, server.durable.current_term);
    }
  });
  EXPECT_GT(rejected, 0U);
}

// Section 5.2: "When servers start up, they begin as followers."
TEST(Section52, ServersBeginAsFollowers) {
  Small(Options{}, "").init([](const State& initial) {
    for (const auto& server : initial.processes) EXPECT_EQ(server.memory.role, Role::follower);
  });
  unsigned restarted = 0;
  each_step([&](const State&, const Action& action, const State& after) {
    if (action.kind != Kind::restart || action.crash_after != 0) return;
    ++restarted;
    ASSERT_EQ(after[action.node].memory.role, Role::follower);
  });
  EXPECT_GT(restarted, 0U);
}

// Section 5.2: "A candidate wins an election if it receives votes from a majority of the servers in
// the full cluster for the same term."
TEST(Section52, TheWinnerHasTheVotesOfAMajorityOnDisk) {
  unsigned won = 0;
  each_step([&](const State& before, const Action& action, const State& after) {
    if (action.node.is_none()) return;
    const auto& winner = after[action.node];
    if (winner.memory.role != Role::leader) return;
    if (before[action.node].memory.role == Role::leader) return;
    ++won;
    unsigned servers = 0;
    unsigned votes = 0;
    for (const auto& server : after.processes) {
      const bool exists = server.up || server.disk.current_term != 0;
      const bool moved_on = server.disk.current_term > winner.durable.current_term;
      const bool voted = server.disk.current_term == winner.durable.current_term &&
                         server.disk.voted_for == action.node;
      servers += exists;
      votes += voted || moved_on;
    }
    ASSERT_GT(2 * votes, servers);
  });
  EXPECT_GT(won, 0U);
}

// Section 5.2: "If the leader's term (included in its RPC) is at least as large as the candidate's
// current term, then the candidate recognizes the leader as legitimate and returns to follower
// state. If the term in the RPC is smaller than the candidate's current term, then the candidate
// rejects the RPC and continues in candidate state."
TEST(Section52, ACandidateRecognizesALeaderOfItsTermAndNoEarlierOne) {
  unsigned recognized = 0;
  unsigned continued = 0;
  each_delivery([&](const State& before, const Action& action, const State& after) {
    const auto& candidate = before[action.node];
    if (candidate.memory.role != Role::candidate) return;
    if (action.message.type != Type::append_entries) return;
    const bool legitimate = action.message.term >= candidate.durable.current_term;
    ASSERT_EQ(after[action.node].memory.role, legitimate ? Role::follower : Role::candidate);
    recognized += legitimate;
    continued += !legitimate;
  });
  EXPECT_GT(recognized, 0U);
  EXPECT_GT(continued, 0U);
}

// Section 5.2: "The third possible outcome is that a candidate neither wins nor loses the election:
// if many followers become candidates at the same time, votes could be split so that no candidate
// obtains a majority. When this happens, each candidate will time out and start a new election by
// incrementing its term and initiating another round of RequestVote RPCs."
TEST(Section52, AfterASplitVoteANewElectionBegins) {
  RaftScene scene(4);
  scene.election(1, {2}).election(3, {4});
  EXPECT_FALSE(scene.leads(1) || scene.leads(3));
  EXPECT_EQ(scene.term(1), scene.term(3));
  scene.election(1, {2, 3, 4});
  EXPECT_TRUE(scene.leads(1));
  EXPECT_EQ(scene.term(1), 2U);
  EXPECT_EQ(scene.server(3).memory.role, Role::follower);
}

// Section 5.2: "Each server will vote for at most one candidate in a given term" and "the majority
// rule ensures that at most one candidate can win the election for a particular term".
TEST(Section52, ASecondCandidateOfATermCannotWinIt) {
  RaftScene scene(3);
  scene.election(1, {2});
  ASSERT_TRUE(scene.leads(1));
  scene.election(3, {2, 1});
  EXPECT_EQ(scene.term(3), scene.term(1)) << "both stood in term 1";
  EXPECT_FALSE(scene.leads(3));
  EXPECT_TRUE(scene.leads(1));
}

}  // namespace
}  // namespace everyway::raft
