// Elections by RequestVote, with the line that pseudocode often leaves out and without it, after
// Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm (Extended Version)"
// (2014), section 5.2 and Figure 2.
#include "models/request_vote.hpp"

#include <gtest/gtest.h>

#include <string>

#include "checker/search/search.hpp"
#include "tests/models/play.hpp"

namespace everyway::request_vote {
namespace {

using Model = RequestVote<3>;
using Kind = cluster::ActionKind;

Options calm(int max_term, int max_log = 0) {
  Options options;
  options.max_term = max_term;
  options.max_log = max_log;
  options.crashes = 0;
  options.restarts = 0;
  return options;
}

SearchResult<Model> result_of(const Options& options, const std::string& mutant,
                              const std::string& property) {
  SearchOptions search_options;
  search_options.properties = {property};
  return search(Model(options, mutant), search_options);
}

constexpr const char* again = "Who has voted votes again";

TEST(RequestVote, ElectsAtMostOneLeaderATermWhateverTheLogs) {
  EXPECT_EQ(result_of(calm(2, 1), "", "Election Safety").verdict, Verdict::holds);
}

TEST(RequestVote, LetsWhoHasVotedVoteAgainInALaterTerm) {
  EXPECT_EQ(result_of(calm(2), "", again).verdict, Verdict::holds);
}

// Nobody takes over a newer term, so votedFor is cleared by nothing but an own candidacy.
TEST(RequestVote, TakenLiterallyLetsNobodyWhoHasVotedVoteForAnyoneElseEver) {
  for (const int max_term : {2, 3}) {
    const auto result = result_of(calm(max_term), "literal", again);
    EXPECT_EQ(result.verdict, Verdict::violated) << max_term;
    EXPECT_EQ(result.stop, Stop::exhausted) << max_term;
  }
}

TEST(RequestVote, TakenLiterallyElectsTwoLeadersOfOneTerm) {
  const auto result = result_of(calm(1), "literal", "Election Safety");
  EXPECT_EQ(result.verdict, Verdict::violated);
  ASSERT_TRUE(result.properties.front().trace);
  EXPECT_EQ(result.properties.front().trace->actions.size(), 6U);
}

// The story of that: n1 votes for n2 and its term stays behind, so that it may lead the same term.
TEST(RequestVote, TakenLiterallyLetsAVoterLeadTheTermOfTheLeaderItVotedFor) {
  testing::Play<Model> play(Model(calm(1), "literal"));
  play.time_out(2, Timer::election);
  play.deliver_any(2, 1);
  EXPECT_EQ(play.disk(1).current_term, 0);
  EXPECT_EQ(play.disk(1).voted_for, NodeId::at(1));
  play.deliver_any(1, 2);
  EXPECT_EQ(play.state().processes[1].memory.role, Role::leader);
  play.time_out(1, Timer::election);
  play.deliver_any(1, 3).deliver_any(3, 1);
  EXPECT_EQ(play.state().processes[0].memory.role, Role::leader);
  EXPECT_EQ(play.disk(1).current_term, play.disk(2).current_term);
}

TEST(RequestVote, GrantsNoVoteToACandidateWhoseLogIsShorter) {
  const Model model(calm(1, 1), "");
  testing::every_step(model, [](const auto& before, const Model::Action& action, const auto&) {
    if (action.kind != Kind::deliver || !action.message.is_answer || !action.message.granted)
      return;
    const auto voter = before[action.peer].disk.last_log_index;
    const auto candidate = before[action.node].disk.last_log_index;
    ASSERT_LE(voter, candidate);
  });
}

}  // namespace
}  // namespace everyway::request_vote
