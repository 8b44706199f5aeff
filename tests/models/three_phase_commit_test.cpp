// Three-phase commit against the book that it comes from, which is
//   [BHG] Bernstein, Hadzilacos & Goodman, "Concurrency Control and Recovery in Database Systems"
//         (1987), section 7.5.
#include "models/three_phase_commit.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "checker/search/search.hpp"
#include "models/two_phase_commit.hpp"
#include "tests/models/play.hpp"

namespace everyway::three_phase_commit {
namespace {

using Small = ThreePhaseCommit<3>;
using Play = testing::Play<Small>;
using Type = MessageType;

Options with_crashes(int participants, int crashes, int restarts = 0) {
  Options options;
  options.participants = participants;
  options.crashes = crashes;
  options.restarts = restarts;
  return options;
}

/// The verdict on one property, or on all if no name is given.
template <class Family>
Verdict verdict_on(const typename Family::Options& options, const std::string& property) {
  return Family::with_model(options, "", [&](const auto& model) {
    SearchOptions search_options;
    if (!property.empty()) search_options.properties = {property};
    return search(model, search_options).verdict;
  });
}

/// A run of n1, n2 and n3 to where the coordinator has all votes and has sent PRE-COMMIT.
Play up_to_pre_commit(const Options& options) {
  Play play(Small(options, ""));
  play.request(1).deliver(1, 2, Type::vote_req).deliver(1, 3, Type::vote_req);
  play.deliver(2, 1, Type::yes).deliver(3, 1, Type::yes);
  return play;
}

// [BHG]: if only sites fail, and not all of them, no operational process is ever blocked. Runs are
// finite and end with all that are up decided, or the deadlock check would say.
TEST(ThreePhaseCommit, NeverBlocksAndKeepsAtomicityUnderEveryNumberOfCrashes) {
  for (int crashes = 0; crashes <= 3; ++crashes) {
    EXPECT_EQ(verdict_on<Family>(with_crashes(3, crashes), ""), Verdict::holds) << crashes;
  }
}

TEST(ThreePhaseCommit, NeverBlocksThoseWhoNeverFailedWhenOthersRecover) {
  EXPECT_EQ(verdict_on<Family>(with_crashes(2, 2, 2), ""), Verdict::holds);
}

TEST(ThreePhaseCommit, StandsBesideTwoPhaseCommitWhichBlocks) {
  two_phase_commit::Options two_phases;
  two_phases.restarts = 0;
  EXPECT_EQ(verdict_on<two_phase_commit::Family>(two_phases, "Blocking"), Verdict::holds)
      << "reachable";
  EXPECT_EQ(verdict_on<Family>(with_crashes(2, 1), "deadlock"), Verdict::holds);
}

// The protocol does not tolerate failures of communication: here nobody has failed at all.
TEST(ThreePhaseCommit, BreaksAtomicityWhenTimeoutsFireThoughNobodyHasFailed) {
  Options options = with_crashes(2, 0);
  options.asynchronous = true;
  EXPECT_EQ(verdict_on<Family>(options, "Atomicity"), Verdict::violated);
}

TEST(ThreePhaseCommit, BreaksAtomicityUnderAPartition) {
  Options options = with_crashes(2, 0);
  options.partitions = 1;
  EXPECT_EQ(verdict_on<Family>(options, "Atomicity"), Verdict::violated);
}

TEST(ThreePhaseCommit, BreaksAtomicityWhenMessagesAreLost) {
  Options options = with_crashes(3, 0);
  options.drops = 2;
  EXPECT_EQ(verdict_on<Family>(options, "Atomicity"), Verdict::violated);
}

TEST(ThreePhaseCommit, CommitsIfNobodyFailsAndAllVoteYes) {
  Play play = up_to_pre_commit(with_crashes(2, 0));
  play.deliver(1, 2, Type::pre_commit).deliver(1, 3, Type::pre_commit);
  play.deliver(2, 1, Type::ack).deliver(3, 1, Type::ack);
  play.deliver(1, 2, Type::commit).deliver(1, 3, Type::commit);
  for (unsigned node = 1; node <= 3; ++node) EXPECT_EQ(play.disk(node).decision, Decision::commit);
}

// [BHG], rule TR3: if all are uncertain, the new coordinator decides Abort.
TEST(ThreePhaseCommit, AbortsWithoutTheCoordinatorIfNobodyHasReceivedPreCommit) {
  Play play(Small(with_crashes(2, 1), ""));
  play.request(1).deliver(1, 2, Type::vote_req).deliver(1, 3, Type::vote_req);
  play.deliver(2, 1, Type::yes).deliver(3, 1, Type::yes, 1);
  play.time_out(2, Timer::coordinator).deliver(2, 3, Type::state_req);
  play.deliver(3, 2, Type::uncertain).deliver(2, 3, Type::abort);
  EXPECT_EQ(play.disk(2).decision, Decision::abort);
  EXPECT_EQ(play.disk(3).decision, Decision::abort);
}

// [BHG], rule TR4: if some process is committable but none is committed, the new coordinator first
// sends PRE-COMMIT to those that are uncertain.
TEST(ThreePhaseCommit, BringsTheUncertainToPreCommitBeforeItCommitsWithoutTheCoordinator) {
  Play play = up_to_pre_commit(with_crashes(2, 1));
  play.deliver(1, 2, Type::pre_commit).crash(1);
  // n3 still has PRE-COMMIT from n1 on its way; n2 has nothing more to expect.
  play.time_out(2, Timer::coordinator).deliver(2, 3, Type::state_req);
  play.deliver(3, 2, Type::uncertain);
  EXPECT_EQ(play.disk(2).decision, Decision::none);
  EXPECT_EQ(play.in_flight(3, Type::pre_commit), 2U);
  play.deliver(2, 3, Type::pre_commit).deliver(3, 2, Type::ack);
  EXPECT_EQ(play.disk(2).decision, Decision::commit);
}

// A timeout may fire only where a process has failed, and nothing from it is on the way.
TEST(ThreePhaseCommit, DoesNotTimeOutWhileTheCoordinatorIsUpOrItsMessageIsOnTheWay) {
  Play play = up_to_pre_commit(with_crashes(2, 1));
  EXPECT_THROW(play.time_out(2, Timer::coordinator), std::logic_error);
  play.crash(1);
  EXPECT_THROW(play.time_out(2, Timer::coordinator), std::logic_error);
  play.deliver(1, 2, Type::pre_commit);
  EXPECT_NO_THROW(play.time_out(2, Timer::coordinator));
}

TEST(ThreePhaseCommit, HasEveryDecisionOnDiskBeforeItIsSent) {
  const Small model(with_crashes(2, 2, 1), "");
  testing::every_step(model, [](const auto&, const auto&, const Small::State& after) {
    for (const auto& envelope : after.network.messages) {
      const Log& sender = after[envelope.from].disk;
      if (envelope.message.type == Type::yes) {
        ASSERT_TRUE(sender.voted_yes);
      }
      if (envelope.message.type == Type::pre_commit) {
        ASSERT_TRUE(sender.pre_committed);
      }
      if (envelope.message.type == Type::commit) {
        ASSERT_EQ(sender.decision, Decision::commit);
      }
    }
  });
}

}  // namespace
}  // namespace everyway::three_phase_commit
