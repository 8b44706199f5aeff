// The properties of Raft on states written by hand: each is seen to fail, and not to fail without
// need.
#include "properties/raft.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace everyway::raft_properties {
namespace {

struct LogEntry {
  unsigned term = 0;
  unsigned value = 0;
};

struct OneServer {
  unsigned term = 0;
  std::vector<LogEntry> log;
  std::size_t commit_index = 0;
  bool leads = false;
  NodeId vote;
};

struct Servers {
  std::vector<OneServer> all;

  std::size_t size() const { return all.size(); }
  bool is_leader(NodeId node) const { return all[node.index()].leads; }
  unsigned current_term(NodeId node) const { return all[node.index()].term; }
  const std::vector<LogEntry>& log(NodeId node) const { return all[node.index()].log; }
  std::size_t commit_index(NodeId node) const { return all[node.index()].commit_index; }
  unsigned disk_term(NodeId node) const { return all[node.index()].term; }
  NodeId disk_vote(NodeId node) const { return all[node.index()].vote; }
};

constexpr NodeId n1 = NodeId::at(0);
constexpr NodeId n2 = NodeId::at(1);

TEST(ElectionSafety, IsRefutedByTwoLeadersOfOneTerm) {
  EXPECT_EQ(election_safety(Servers{{{1, {}, 0, true, {}}, {1, {}, 0, true, {}}}}),
            "n1 and n2 are both leaders of term 1");
  EXPECT_FALSE(election_safety(Servers{{{1, {}, 0, true, {}}, {2, {}, 0, true, {}}}}));
}

TEST(ElectionSafety, IsRefutedByWhatAnotherLeaderOfTheTermLeftBehind) {
  const OneServer leader{2, {{1, 1}, {2, 2}}, 0, true, {}};
  EXPECT_FALSE(election_safety(Servers{{leader, {2, {{2, 2}}, 0, false, {}}}}));
  EXPECT_TRUE(election_safety(Servers{{leader, {2, {{1, 1}, {2, 3}}, 0, false, {}}}}));
  EXPECT_FALSE(election_safety(Servers{{leader, {2, {{1, 9}}, 0, false, {}}}}));
}

TEST(LeaderAppendOnly, AllowsALeaderToAppendAndNothingElse) {
  const auto step = [](std::vector<LogEntry> before, std::vector<LogEntry> after) {
    return leader_append_only(Servers{{{1, std::move(before), 0, true, {}}}},
                              Servers{{{1, std::move(after), 0, true, {}}}});
  };
  EXPECT_FALSE(step({{1, 1}}, {{1, 1}, {1, 2}}));
  EXPECT_EQ(step({{1, 1}, {1, 2}}, {{1, 1}}), "n1 changes the entry at index 2 while it is leader");
  EXPECT_EQ(step({{1, 1}}, {{1, 2}}), "n1 changes the entry at index 1 while it is leader");
}

TEST(LeaderAppendOnly, LetsAServerThatNoLongerLeadsLoseEntries) {
  EXPECT_FALSE(
      leader_append_only(Servers{{{1, {{1, 1}}, 0, true, {}}}}, Servers{{{2, {}, 0, false, {}}}}));
}

TEST(LogMatching, IsRefutedByDifferencesBeforeAnEntryOfTheSameIndexAndTerm) {
  const auto logs = [](std::vector<LogEntry> left, std::vector<LogEntry> right) {
    return log_matching(
        Servers{{{3, std::move(left), 0, false, {}}, {3, std::move(right), 0, false, {}}}});
  };
  EXPECT_FALSE(logs({{1, 1}, {2, 2}}, {{1, 1}, {3, 2}}));
  EXPECT_FALSE(logs({{1, 1}, {2, 2}}, {{1, 1}}));
  EXPECT_EQ(logs({{1, 1}, {3, 2}}, {{2, 1}, {3, 2}}),
            "n1 and n2 both have an entry of term 3 at index 2, but differ at 1");
  EXPECT_EQ(logs({{1, 1}}, {{1, 2}}),
            "n1 and n2 both have an entry of term 1 at index 1, but differ at 1");
}

TEST(LeaderCompleteness, IsRefutedByALeaderWithoutACommittedEntry) {
  const OneServer knows{2, {{1, 1}, {2, 2}}, 2, false, {}};
  EXPECT_FALSE(leader_completeness(Servers{{knows, {3, {{1, 1}, {2, 2}}, 0, true, {}}}}));
  EXPECT_EQ(leader_completeness(Servers{{knows, {3, {{1, 1}, {3, 3}}, 0, true, {}}}}),
            "n2 is leader of term 3 without the entry at index 2, which n1 knows to be committed");
  EXPECT_FALSE(leader_completeness(Servers{{knows, {1, {{1, 1}}, 0, true, {}}}}))
      << "a leader of an earlier term need not have it";
  EXPECT_FALSE(leader_completeness(Servers{{knows, {3, {}, 0, false, {}}}}))
      << "a follower need not have it";
}

TEST(StateMachineSafety, IsRefutedByDifferentCommittedEntries) {
  const auto servers = [](std::size_t left, std::size_t right) {
    return state_machine_safety(
        Servers{{{2, {{1, 1}, {2, 2}}, left, false, {}}, {2, {{1, 1}, {1, 3}}, right, false, {}}}});
  };
  EXPECT_FALSE(servers(1, 2));
  EXPECT_FALSE(servers(2, 1));
  EXPECT_EQ(servers(2, 2), "n1 and n2 have committed different entries at index 2");
}

TEST(StateMachineSafety, IsRefutedByACommittedIndexWithoutAnEntry) {
  EXPECT_EQ(state_machine_safety(Servers{{{1, {{1, 1}}, 2, false, {}}}}),
            "n1 takes index 2 for committed, but its log ends at 1");
}

TEST(TermsNeverFall, IsRefutedByAnEarlierTerm) {
  EXPECT_FALSE(
      terms_never_fall(Servers{{{1, {}, 0, false, {}}}}, Servers{{{2, {}, 0, false, {}}}}));
  EXPECT_EQ(terms_never_fall(Servers{{{2, {}, 0, false, {}}}}, Servers{{{1, {}, 0, false, {}}}}),
            "the term of n1 falls from 2 to 1");
}

TEST(OneVoteATerm, AllowsANewVoteInANewTermOnly) {
  const auto step = [](unsigned term, NodeId before, NodeId after) {
    return one_vote_a_term(Servers{{{1, {}, 0, false, before}}},
                           Servers{{{term, {}, 0, false, after}}});
  };
  EXPECT_FALSE(step(1, NodeId::none(), n2));
  EXPECT_FALSE(step(1, n2, n2));
  EXPECT_FALSE(step(2, n1, n2));
  EXPECT_FALSE(step(2, n1, NodeId::none()));
  EXPECT_EQ(step(1, n1, n2), "in term 1, the vote of n1 changes from n1 to n2");
  EXPECT_TRUE(step(1, n1, NodeId::none()));
}

TEST(CommittedEntriesOfTerms, CountsTheTermsOfWhatOneServerKnowsToBeCommitted) {
  const Servers servers{{{2, {{1, 1}, {1, 2}, {2, 3}}, 2, false, {}}}};
  EXPECT_TRUE(committed_entries_of_terms(servers, 1));
  EXPECT_FALSE(committed_entries_of_terms(servers, 2));
  EXPECT_TRUE(
      committed_entries_of_terms(Servers{{{2, {{1, 1}, {1, 2}, {2, 3}}, 3, false, {}}}}, 2));
}

}  // namespace
}  // namespace everyway::raft_properties
