// The twin of raft.tla against TLC: "distinct, generated, depth" as TLC 2 (built from its source of
// 2026-04-29) prints them for Ongaro's raft.tla without its history variables, messages being a
// bag, under the constraint of Raft::within.
#include "models/raft_tla.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/models/tla_counts.hpp"

namespace everyway::raft_tla {
namespace {

using testing::counts_of;
using testing::shortest_counterexample;
using testing::TlcCounts;

TEST(RaftTla, CountsWhatTlcCountsWithLossAndRestart) {
  EXPECT_EQ(counts_of<Family>("--servers 2 --max-term 2 --max-log 1 --max-messages 1 --loss "
                              "--restart"),
            (TlcCounts{1'645, 11'607, 28}));
  EXPECT_EQ(counts_of<Family>("--servers 2 --max-term 2 --max-log 1 --max-messages 2 --loss "
                              "--restart"),
            (TlcCounts{13'479, 113'565, 32}));
}

TEST(RaftTla, DuplicationGeneratesStatesButTheConstraintKeepsNone) {
  EXPECT_EQ(counts_of<Family>("--servers 2 --max-term 2 --max-log 1 --max-messages 2 --loss "
                              "--restart --duplication"),
            (TlcCounts{13'479, 134'721, 32}));
}

TEST(RaftTla, CountsWhatTlcCountsWithoutFaults) {
  EXPECT_EQ(counts_of<Family>("--servers 3 --max-term 2 --max-log 1 --max-messages 1"),
            (TlcCounts{341'387, 2'690'854, 48}));
}

TEST(RaftTla, CountsTheSameWithMoreRoomThanNeeded) {
  Options options;
  options.servers = 2;
  options.loss = options.restart = true;
  const auto result = search(Raft<5, 7, 8>(options, ""), SearchOptions{});
  EXPECT_EQ(result.distinct, 1'645U);
  EXPECT_EQ(result.generated, 11'607U);
}

TEST(RaftTla, EveryMutantBreaksItsPropertyInAsManyActionsAsPinned) {
  for (const MutantInfo& mutant : Family::mutants()) {
    EXPECT_EQ(shortest_counterexample<Family>(mutant.name), static_cast<int>(mutant.length))
        << mutant.name;
  }
}

/// Two servers with room for a few messages, for states that a test writes down.
class RaftTlaStep : public ::testing::Test {
 protected:
  using Model = Raft<3, 2, 3>;
  using State = Model::State;

  RaftTlaStep() : model_(options(), "") {
    model_.init([this](const State& initial) { state_ = initial; });
  }

  static Options options() {
    Options two;
    two.servers = 2;
    two.max_messages = 3;
    return two;
  }
  static Message message(MessageType type, std::uint8_t term) {
    Message m;
    m.type = type;
    m.term = term;
    m.source = NodeId::at(0);
    m.dest = NodeId::at(1);
    return m;
  }

  /// Receives the only message in flight and returns the kinds of action that this allows.
  std::vector<Kind> receive(const Message& m) {
    state_.messages.insert(m);
    std::vector<Kind> kinds;
    State after = state_;
    model_.next(state_, [&](const Action& action, auto&& effect) {
      if (action.message.dest.is_none()) return;
      kinds.push_back(action.kind);
      after = state_;
      effect(after);
    });
    state_ = after;
    return kinds;
  }
  auto& receiver() { return state_.servers[1]; }

  Model model_;
  State state_{};
};

TEST_F(RaftTlaStep, AMessageOfANewerTermStaysInFlightToBeProcessedFurther) {
  EXPECT_EQ(receive(message(MessageType::request_vote_request, 2)),
            std::vector<Kind>{Kind::update_term});
  EXPECT_EQ(receiver().current_term, 2);
  EXPECT_EQ(state_.messages.size(), 1U);
}

TEST_F(RaftTlaStep, AStaleRequestForAVoteIsDeniedInTheNewTerm) {
  receiver().current_term = 3;
  EXPECT_EQ(receive(message(MessageType::request_vote_request, 2)),
            std::vector<Kind>{Kind::handle_request_vote_request});
  ASSERT_EQ(state_.messages.size(), 1U);
  EXPECT_FALSE(state_.messages[0].vote_granted);
  EXPECT_EQ(state_.messages[0].term, 3);
}

TEST_F(RaftTlaStep, ALeaderDoesNotHandleAppendEntriesOfItsOwnTerm) {
  receiver().state = Role::leader;
  EXPECT_EQ(receive(message(MessageType::append_entries_request, 1)), std::vector<Kind>{});
}

TEST_F(RaftTlaStep, ACandidateReturnsToFollowerWithoutAnswering) {
  receiver().state = Role::candidate;
  const Message request = message(MessageType::append_entries_request, 1);
  EXPECT_EQ(receive(request), std::vector<Kind>{Kind::return_to_follower});
  EXPECT_EQ(receiver().state, Role::follower);
  EXPECT_TRUE(state_.messages.contains(request));
}

TEST_F(RaftTlaStep, AFollowerAppendsAnEntryFirstAndAnswersInASecondStep) {
  Message request = message(MessageType::append_entries_request, 1);
  request.entries.push_back({1, 1});
  EXPECT_EQ(receive(request), std::vector<Kind>{Kind::append_entry});
  EXPECT_EQ(receiver().log.size(), 1U);
  EXPECT_TRUE(state_.messages.contains(request));

  state_.messages.clear();
  EXPECT_EQ(receive(request), std::vector<Kind>{Kind::already_done_with_request});
  ASSERT_EQ(state_.messages.size(), 1U);
  EXPECT_TRUE(state_.messages[0].success);
  EXPECT_EQ(state_.messages[0].match_index, 1);
}

TEST_F(RaftTlaStep, AConflictRemovesTheLastEntryOnly) {
  receiver().current_term = 3;
  receiver().log.push_back({1, 1});
  receiver().log.push_back({1, 1});
  Message request = message(MessageType::append_entries_request, 3);
  request.entries.push_back({3, 1});
  EXPECT_EQ(receive(request), std::vector<Kind>{Kind::remove_conflict});
  EXPECT_EQ(receiver().log.size(), 1U);
}

TEST_F(RaftTlaStep, AnOlderRequestMayLowerTheCommitIndex) {
  receiver().log.push_back({1, 1});
  receiver().commit_index = 1;
  EXPECT_EQ(receive(message(MessageType::append_entries_request, 1)),
            std::vector<Kind>{Kind::already_done_with_request});
  EXPECT_EQ(receiver().commit_index, 0);
}

TEST_F(RaftTlaStep, VotesAreTalliedEvenByAServerThatIsNoCandidate) {
  Message response = message(MessageType::request_vote_response, 1);
  response.vote_granted = true;
  EXPECT_EQ(receive(response), std::vector<Kind>{Kind::handle_request_vote_response});
  EXPECT_TRUE(receiver().votes_granted.contains(NodeId::at(0)));
}

TEST_F(RaftTlaStep, AStaleResponseIsDropped) {
  receiver().current_term = 3;
  EXPECT_EQ(receive(message(MessageType::append_entries_response, 2)),
            std::vector<Kind>{Kind::drop_stale_response});
  EXPECT_TRUE(state_.messages.empty());
}

TEST_F(RaftTlaStep, ARejectionLowersNextIndexToOneAtLeast) {
  receiver().next_index[0] = 2;
  EXPECT_EQ(receive(message(MessageType::append_entries_response, 1)),
            std::vector<Kind>{Kind::handle_append_entries_response});
  EXPECT_EQ(receiver().next_index[0], 1);
  receive(message(MessageType::append_entries_response, 1));
  EXPECT_EQ(receiver().next_index[0], 1);
}

TEST_F(RaftTlaStep, ACandidateAsksItselfForItsVoteByMessage) {
  receiver().state = Role::candidate;
  std::size_t asked = 0;
  model_.next(state_, [&](const Action& action, auto&&) {
    asked += action.kind == Kind::request_vote && action.peer == action.server ? 1 : 0;
  });
  EXPECT_EQ(asked, 1U);
}

}  // namespace
}  // namespace everyway::raft_tla
