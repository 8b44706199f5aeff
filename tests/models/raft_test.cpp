// Raft against the paper: Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm
// (Extended Version)" (2014). Quotations are from its Figure 2 unless a section is named.
#include "models/raft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "checker/cluster/effects.hpp"
#include "checker/search/search.hpp"
#include "tests/laws/arguments.hpp"
#include "tests/models/play.hpp"

namespace everyway::raft {
namespace {

using Small = Raft<3, 4, 2, 8>;
using OneServer = Server<3, 4, 2>;
using Log = OneServer::Log;
using Packet = OneServer::Message;
using Type = MessageType;
using Play = testing::Play<Small>;

constexpr NodeId n1 = NodeId::at(0);
constexpr NodeId n2 = NodeId::at(1);
constexpr NodeId n3 = NodeId::at(2);

/// A log with entries of these terms; each value tells its index.
Log log_of(std::initializer_list<Number> terms) {
  Log log;
  for (const Number term : terms) {
    log.push_back({term, static_cast<Number>(log.size() + 1)});
  }
  return log;
}
std::vector<int> terms_of(const Log& log) {
  std::vector<int> terms;
  for (const Entry& entry : log) terms.push_back(entry.term);
  return terms;
}

Packet request_vote(Number term, Number last_index, Number last_term) {
  Packet request;
  request.type = Type::request_vote;
  request.term = term;
  request.last_log_index = last_index;
  request.last_log_term = last_term;
  return request;
}
Packet vote(Number term, bool granted) {
  Packet reply;
  reply.type = Type::request_vote_reply;
  reply.term = term;
  reply.vote_granted = granted;
  return reply;
}
Packet append_entries(Number term, Number prev_index, Number prev_term,
                      std::initializer_list<Number> entry_terms, Number commit = 0) {
  Packet request;
  request.type = Type::append_entries;
  request.term = term;
  request.prev_log_index = prev_index;
  request.prev_log_term = prev_term;
  request.leader_commit = commit;
  Number index = prev_index;
  for (const Number entry_term : entry_terms) request.entries.push_back({entry_term, ++index});
  return request;
}
Packet appended(Number term, bool success, Number match_index) {
  Packet reply;
  reply.type = Type::append_entries_reply;
  reply.term = term;
  reply.success = success;
  reply.match_index = match_index;
  return reply;
}

/// n1 of three servers, taken out of its cluster.
class Bench {
 public:
  Bench& in_term(Number term) {
    state.durable.current_term = term;
    state.disk = state.durable;
    return *this;
  }
  Bench& with_log(std::initializer_list<Number> terms) {
    state.durable.log = log_of(terms);
    state.disk = state.durable;
    return *this;
  }
  Bench& elected() {
    election();
    return receive(n2, vote(state.durable.current_term, true));
  }

  Bench& receive(NodeId from, const Packet& message) {
    return handle([&](auto& context) { server.receive(context, from, message); });
  }
  Bench& election() {
    return handle([&](auto& context) { server.timeout(context, Timer::election); });
  }
  Bench& heartbeat() {
    return handle([&](auto& context) { server.timeout(context, Timer::heartbeat); });
  }
  Bench& request(Number value) {
    return handle([&](auto& context) { server.request(context, {value}); });
  }

  /// The messages that the last step sent, in order.
  std::vector<Packet> sent() const {
    std::vector<Packet> messages;
    for (const auto& effect : effects) {
      if (effect) messages.push_back(effect->message);
    }
    return messages;
  }
  Packet answer() const { return sent().at(0); }
  bool persisted_before_sending() const { return effects.size() == 2 && !effects[0] && effects[1]; }

  OneServer server{9, 4, 1, Mutation::none};
  cluster::ProcessState<OneServer> state{{}, {}, {}, true};
  std::vector<cluster::detail::RecordEffects<OneServer>::Recorded> effects;

 private:
  template <class Handler>
  Bench& handle(Handler handler) {
    cluster::detail::RecordEffects<OneServer> recorder;
    cluster::Context<OneServer> context(n1, 3, state, recorder);
    handler(context);
    effects = recorder.recorded();
    return *this;
  }
};

// "Receiver implementation: 1. Reply false if term < currentTerm" (RequestVote RPC).
TEST(RequestVote, IsRefusedInAnEarlierTerm) {
  Bench bench;
  bench.in_term(3).receive(n2, request_vote(2, 0, 0));
  EXPECT_FALSE(bench.answer().vote_granted);
  EXPECT_EQ(bench.answer().term, 3);
  EXPECT_TRUE(bench.state.durable.voted_for.is_none());
}

// Section 5.2: "Each server will vote for at most one candidate in a given term, on a
// first-come-first-served basis".
TEST(RequestVote, IsGrantedToTheFirstCandidateOfATermOnly) {
  Bench bench;
  EXPECT_TRUE(bench.receive(n2, request_vote(1, 0, 0)).answer().vote_granted);
  EXPECT_FALSE(bench.receive(n3, request_vote(1, 0, 0)).answer().vote_granted);
  EXPECT_EQ(bench.state.durable.voted_for, n2);
  EXPECT_TRUE(bench.receive(n3, request_vote(2, 0, 0)).answer().vote_granted);
}

// "If votedFor is null or candidateId, and candidate's log is at least as up-to-date as receiver's
// log, grant vote".
TEST(RequestVote, IsGrantedAgainToTheSameCandidate) {
  Bench bench;
  bench.receive(n2, request_vote(1, 0, 0));
  EXPECT_TRUE(bench.receive(n2, request_vote(1, 0, 0)).answer().vote_granted);
}

// Section 5.4.1: "If the logs have last entries with different terms, then the log with the later
// term is more up-to-date. If the logs end with the same term, then whichever log is longer is more
// up-to-date."
TEST(RequestVote, IsGrantedToLogsThatAreAtLeastAsUpToDate) {
  const auto granted = [](std::initializer_list<Number> log, Number index, Number term) {
    Bench bench;
    bench.in_term(3).with_log(log);
    return bench.receive(n2, request_vote(4, index, term)).answer().vote_granted;
  };
  EXPECT_TRUE(granted({1, 2}, 1, 3)) << "a later term beats a longer log";
  EXPECT_FALSE(granted({2}, 4, 1)) << "an earlier term loses, however long the log";
  EXPECT_TRUE(granted({1, 2}, 2, 2)) << "the same log is up-to-date";
  EXPECT_TRUE(granted({1, 2}, 3, 2));
  EXPECT_FALSE(granted({1, 2, 2}, 2, 2)) << "a shorter log of the same term loses";
  EXPECT_FALSE(granted({1}, 0, 0)) << "an empty log loses";
}

// "Persistent state on all servers (Updated on stable storage before responding to RPCs)".
TEST(Server, PersistsBeforeItAnswers) {
  Bench bench;
  bench.receive(n2, request_vote(1, 0, 0));
  EXPECT_TRUE(bench.persisted_before_sending());
  EXPECT_EQ(bench.state.disk.voted_for, n2);
  bench.receive(n2, append_entries(1, 0, 0, {1}));
  EXPECT_TRUE(bench.persisted_before_sending());
  EXPECT_EQ(terms_of(bench.state.disk.log), (std::vector<int>{1}));
}

// "On conversion to candidate, start election: Increment currentTerm; Vote for self; ... Send
// RequestVote RPCs to all other servers".
TEST(Candidate, IncrementsItsTermVotesForItselfAndAsksTheOthers) {
  Bench bench;
  bench.in_term(2).with_log({1, 2}).election();
  EXPECT_EQ(bench.state.memory.role, Role::candidate);
  EXPECT_EQ(bench.state.disk.current_term, 3);
  EXPECT_EQ(bench.state.disk.voted_for, n1);
  ASSERT_EQ(bench.effects.size(), 3U);
  EXPECT_FALSE(bench.effects[0].has_value()) << "it persists first";
  for (const Packet& message : bench.sent()) {
    EXPECT_TRUE(same_bytes(message, request_vote(3, 2, 2)));
  }
}

// "If votes received from majority of servers: become leader".
TEST(Candidate, LeadsWithTheVotesOfAMajorityInItsTerm) {
  Bench bench;
  bench.election();
  EXPECT_EQ(bench.receive(n2, vote(1, false)).state.memory.role, Role::candidate);
  EXPECT_EQ(bench.receive(n2, vote(1, true)).state.memory.role, Role::leader);

  Bench late;
  late.election().election();
  EXPECT_EQ(late.receive(n2, vote(1, true)).state.memory.role, Role::candidate)
      << "a vote of an earlier term does not count";
}

TEST(Candidate, CountsTheVoteOfAServerOnce) {
  const Options options = [] {
    Options five;
    five.servers = 5;
    five.max_in_flight = 8;
    return five;
  }();
  testing::Play<Raft<5, 8, 4, 20>> play(Raft<5, 8, 4, 20>(options, ""));
  play.time_out(1, Timer::election).deliver(1, 2, Type::request_vote);
  play.deliver(2, 1, Type::request_vote_reply);
  EXPECT_EQ(play.state()[n1].memory.role, Role::candidate) << "2 of 5 are no majority";
  play.deliver(1, 3, Type::request_vote).deliver(3, 1, Type::request_vote_reply);
  EXPECT_EQ(play.state()[n1].memory.role, Role::leader);
}

// "If AppendEntries RPC received from new leader: convert to follower".
TEST(Candidate, FollowsTheLeaderOfItsTerm) {
  Bench bench;
  bench.election().receive(n2, append_entries(1, 0, 0, {}));
  EXPECT_EQ(bench.state.memory.role, Role::follower);
  EXPECT_EQ(bench.state.durable.voted_for, n1) << "its vote in the term stands";
}

// "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to
// follower".
TEST(Server, FollowsInAnyHigherTermThatItLearnsOf) {
  for (const Packet& message : {request_vote(5, 0, 0), vote(5, false), append_entries(5, 0, 0, {}),
                                appended(5, false, 0)}) {
    Bench bench;
    bench.with_log({1}).elected();
    ASSERT_EQ(bench.state.memory.role, Role::leader);
    bench.receive(n3, message);
    EXPECT_EQ(bench.state.memory.role, Role::follower) << message.text();
    EXPECT_EQ(bench.state.durable.current_term, 5) << message.text();
    EXPECT_EQ(bench.state.memory.next_index[1], 0) << "of no use to a follower";
  }
}

// "1. Reply false if term < currentTerm" (AppendEntries RPC).
TEST(AppendEntries, IsRefusedInAnEarlierTerm) {
  Bench bench;
  bench.in_term(3).receive(n2, append_entries(2, 0, 0, {2}));
  EXPECT_TRUE(same_bytes(bench.answer(), appended(3, false, 0)));
  EXPECT_TRUE(bench.state.durable.log.empty());
}

// "2. Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm".
TEST(AppendEntries, IsRefusedWithoutTheEntryBefore) {
  Bench shorter;
  shorter.in_term(3).with_log({1}).receive(n2, append_entries(3, 2, 1, {3}));
  EXPECT_FALSE(shorter.answer().success);
  Bench other;
  other.in_term(3).with_log({1, 2}).receive(n2, append_entries(3, 2, 1, {3}));
  EXPECT_FALSE(other.answer().success);
  EXPECT_EQ(terms_of(other.state.durable.log), (std::vector<int>{1, 2}));
}

// "3. If an existing entry conflicts with a new one (same index but different terms), delete the
// existing entry and all that follow it. 4. Append any new entries not already in the log".
TEST(AppendEntries, ReplacesConflictingEntriesAndAllThatFollow) {
  Bench bench;
  bench.in_term(3).with_log({1, 2, 2}).receive(n2, append_entries(3, 1, 1, {3}));
  EXPECT_EQ(terms_of(bench.state.durable.log), (std::vector<int>{1, 3}));
  EXPECT_TRUE(same_bytes(bench.answer(), appended(3, true, 2)));
}
TEST(AppendEntries, KeepsEntriesThatMatchAndWhatFollowsThem) {
  Bench bench;
  bench.in_term(2).with_log({1, 2, 2}).receive(n2, append_entries(2, 0, 0, {1, 2}));
  EXPECT_EQ(terms_of(bench.state.durable.log), (std::vector<int>{1, 2, 2}));
  EXPECT_TRUE(same_bytes(bench.answer(), appended(2, true, 2)));
}

// "5. If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)".
TEST(AppendEntries, CommitsUpToTheLastNewEntryAtMost) {
  const auto commit_index = [](std::initializer_list<Number> entries, Number leader_commit) {
    Bench bench;
    bench.in_term(2).with_log({1, 1});
    bench.receive(n2, append_entries(2, 1, 1, entries, leader_commit));
    return +bench.state.memory.commit_index;
  };
  EXPECT_EQ(commit_index({2}, 3), 2);
  EXPECT_EQ(commit_index({2}, 1), 1);
  EXPECT_EQ(commit_index({}, 2), 1) << "the entry at index 2 may not be the leader's";
  EXPECT_EQ(commit_index({2}, 0), 0);
}

// "for each server, index of the next log entry to send to that server (initialized to leader last
// log index + 1)"; "index of highest log entry known to be replicated on server (initialized to 0,
// increases monotonically)".
TEST(Leader, StartsFromTheEndOfItsLog) {
  Bench bench;
  bench.in_term(2).with_log({1, 2}).elected();
  EXPECT_THAT(bench.state.memory.next_index, ::testing::ElementsAre(0, 3, 3));
  EXPECT_THAT(bench.state.memory.match_index, ::testing::ElementsAre(0, 0, 0));
  bench.heartbeat();
  ASSERT_EQ(bench.sent().size(), 2U);
  EXPECT_TRUE(same_bytes(bench.answer(), append_entries(3, 2, 2, {}))) << "an empty heartbeat";
}

// "If last log index >= nextIndex for a follower: send AppendEntries RPC with log entries starting
// at nextIndex. If successful: update nextIndex and matchIndex for follower. If AppendEntries fails
// because of log inconsistency: decrement nextIndex and retry".
TEST(Leader, FindsWhereTheLogsOfItsFollowersMatch) {
  Bench bench;
  bench.in_term(2).with_log({1, 2}).elected();
  bench.receive(n2, appended(3, false, 0)).heartbeat();
  EXPECT_TRUE(same_bytes(bench.sent()[0], append_entries(3, 1, 1, {2})));
  EXPECT_TRUE(same_bytes(bench.sent()[1], append_entries(3, 2, 2, {})));
  bench.receive(n2, appended(3, true, 2));
  EXPECT_EQ(bench.state.memory.next_index[1], 3);
  EXPECT_EQ(bench.state.memory.match_index[1], 2);
  bench.receive(n2, appended(3, true, 1));
  EXPECT_EQ(bench.state.memory.match_index[1], 2) << "matchIndex never falls";
}

// "If there exists an N such that N > commitIndex, a majority of matchIndex[i] >= N, and
// log[N].term == currentTerm: set commitIndex = N".
TEST(Leader, CommitsWhatAMajorityHas) {
  Bench bench;
  bench.elected().request(1);
  EXPECT_EQ(bench.state.memory.commit_index, 0);
  EXPECT_EQ(terms_of(bench.state.disk.log), (std::vector<int>{1})) << "its own copy is on disk";
  bench.receive(n3, appended(1, true, 1));
  EXPECT_EQ(bench.state.memory.commit_index, 1);
}

// Section 5.4.2: "Raft never commits log entries from previous terms by counting replicas. Only log
// entries from the leader's current term are committed by counting replicas; once an entry from the
// current term has been committed in this way, then all prior entries are committed indirectly".
TEST(Leader, CommitsEntriesOfEarlierTermsOnlyWithOneOfItsOwn) {
  Bench bench;
  bench.in_term(2).with_log({2}).elected();
  bench.receive(n2, appended(3, true, 1));
  EXPECT_EQ(bench.state.memory.commit_index, 0);
  bench.request(1).receive(n2, appended(3, true, 2));
  EXPECT_EQ(bench.state.memory.commit_index, 2);
}

TEST(Leader, OfOneServerNeedsNobody) {
  Options options;
  options.servers = 1;
  Play play(Small(options, ""));
  play.time_out(1, Timer::election).request(1);
  EXPECT_EQ(play.state()[n1].memory.commit_index, 1);
}

// "Persistent state on all servers": currentTerm, votedFor and log[]. "Volatile state on all
// servers": commitIndex and, here, the role.
TEST(Restart, KeepsThePersistentStateOfFigure2) {
  Options options;
  Play play(Small(options, ""));
  play.time_out(1, Timer::election).deliver(1, 2, Type::request_vote);
  play.deliver(2, 1, Type::request_vote_reply).request(1);
  const auto before = play.disk(1);
  ASSERT_EQ(play.state()[n1].memory.role, Role::leader);
  play.crash(1).restart(1);
  EXPECT_TRUE(same_bytes(play.state()[n1].durable, before));
  EXPECT_TRUE(same_bytes(play.disk(1), before));
  EXPECT_TRUE(same_bytes(play.state()[n1].memory, OneServer::Volatile{}));
}

/// What a search on one worker found.
struct Finding {
  Verdict verdict = Verdict::unknown;
  std::uint64_t distinct = 0;
  std::map<std::string, std::size_t> violations;  ///< names, and lengths of the counterexamples
};

Finding checked(std::string_view parameters, std::string_view mutant = "") {
  const auto options = testing::options_from<Family>(parameters);
  return Family::with_model(options, mutant, [](const auto& model) {
    SearchOptions search_options;
    search_options.workers = 1;
    const auto result = search(model, search_options);
    Finding finding{result.verdict, result.distinct, {}};
    for (const auto& outcome : result.properties) {
      if (outcome.verdict != Verdict::violated) continue;
      finding.violations[outcome.name] = outcome.trace ? outcome.trace->actions.size() : 0;
    }
    return finding;
  });
}

TEST(Raft, HoldsWithLossCrashesDuplicatesAndPartitions) {
  for (const auto* parameters :
       {"--servers 1 --max-term 3 --crashes 2 --restarts 2",
        "--servers 2 --crashes 1 --restarts 1 --drops 1 --duplicates 1 --partitions 1",
        "--servers 2 --crashes 0 --restarts 0 --partitions 2",
        "--servers 3 --crashes 0 --restarts 0",
        "--servers 3 --max-term 1 --max-batch 2 --crashes 1 --restarts 1"}) {
    EXPECT_EQ(checked(parameters).verdict, Verdict::holds) << parameters;
  }
}

TEST(Raft, HasMoreBehaviourWithEachFault) {
  const std::string base = "--servers 2 --requests 1 --crashes 0 --restarts 0";
  const std::uint64_t calm = checked(base).distinct;
  for (const char* fault : {" --drops 1", " --duplicates 1", " --partitions 1", " --crashes 1"}) {
    EXPECT_GT(checked(base + fault).distinct, calm) << fault;
  }
  EXPECT_GT(checked(base + " --crashes 1 --restarts 1").distinct,
            checked(base + " --crashes 1").distinct);
}

TEST(Raft, IsTheSameInAStateWithMoreRoom) {
  const auto options = testing::options_from<Family>("--servers 2 --requests 1 --drops 1");
  const auto distinct_with = [](const auto& model) {
    SearchOptions search_options;
    search_options.workers = 1;
    return search(model, search_options).distinct;
  };
  const auto distinct = distinct_with(Small(options, ""));
  EXPECT_EQ(distinct, distinct_with(Raft<3, 2, 1, 3>(options, "")));
  EXPECT_EQ(distinct, distinct_with(Raft<5, 8, 4, 20>(options, "")));
}

TEST(Raft, TakesTheNumberOfServersAsItsBoundOnMessagesInFlightUnlessToldOtherwise) {
  EXPECT_EQ(checked("--servers 2").distinct, checked("--servers 2 --max-in-flight 2").distinct);
  EXPECT_NE(checked("--servers 2").distinct, checked("--servers 2 --max-in-flight 3").distinct);
}

TEST(Raft, RefusesABoundThatNoBroadcastFitsInto) {
  EXPECT_THROW(checked("--servers 5 --max-in-flight 3"), UsageError);
  EXPECT_THROW(checked("--servers 3 --max-in-flight 1"), UsageError);
  EXPECT_NO_THROW(checked("--servers 2 --max-in-flight 1 --requests 1"));
}

TEST(Raft, HasAMutantForEachOfItsSafetyProperties) {
  const Small model(Options{}, "");
  for (const auto& property : model.properties()) {
    if (property.kind == PropertyKind::reachable) continue;
    const Mutants all = mutants();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const MutantInfo& mutant) {
      return mutant.breaks == property.name;
    })) << property.name;
  }
}

}  // namespace
}  // namespace everyway::raft
