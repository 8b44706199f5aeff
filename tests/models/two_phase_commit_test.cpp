// Two-phase commit against the papers that it comes from. Quoted are
//   [GL]  Gray & Lamport, "Consensus on Transaction Commit" (2006), and
//   [BHG] Bernstein, Hadzilacos & Goodman, "Concurrency Control and Recovery in Database Systems"
//         (1987), chapter 7.
#include "models/two_phase_commit.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <vector>

#include "checker/search/search.hpp"
#include "tests/models/play.hpp"

namespace everyway::two_phase_commit {
namespace {

using Small = TwoPhaseCommit<3>;
using Play = testing::Play<Small>;
using Type = MessageType;
using Kind = cluster::ActionKind;

/// Options without faults.
Options calm(int participants, int inquiries = 1) {
  Options options;
  options.participants = participants;
  options.inquiries = inquiries;
  options.crashes = 0;
  options.restarts = 0;
  return options;
}

Options with_crashes(int participants, int crashes) {
  Options options = calm(participants);
  options.crashes = crashes;
  options.restarts = crashes;
  return options;
}

/// The verdict on one property.
Verdict verdict_on(const Options& options, const std::string& property) {
  return Family::with_model(options, "", [&](const auto& model) {
    SearchOptions search_options;
    if (!property.empty()) search_options.properties = {property};
    return search(model, search_options).verdict;
  });
}

/// A run of n1, the coordinator, and n2 and n3 up to where the coordinator has both Yes votes but
/// one.
Play up_to_the_last_vote(int crashes = 1) {
  Play play(Small(with_crashes(2, crashes), ""));
  play.request(1).deliver(1, 2, Type::prepare).deliver(1, 3, Type::prepare);
  play.deliver(2, 1, Type::yes);
  return play;
}

// [GL] section 2: "Stability. Once an RM has entered the committed or aborted state, it remains in
// that state forever."
TEST(TwoPhaseCommit, KeepsEveryDecisionUnderTwoCrashes) {
  EXPECT_EQ(verdict_on(with_crashes(2, 2), "Stability"), Verdict::holds);
}

// [GL] section 2: "Consistency. It is impossible for one RM to be in the committed state and
// another to be in the aborted state."
TEST(TwoPhaseCommit, NeverCommitsHereAndAbortsThereUnderTwoCrashes) {
  EXPECT_EQ(verdict_on(with_crashes(2, 2), "Atomicity"), Verdict::holds);
}

// [BHG] section 7.3, AC3: "The Commit decision can only be reached if all processes voted Yes."
TEST(TwoPhaseCommit, CommitsOnlyIfAllVotedYes) {
  Options options = with_crashes(2, 1);
  options.drops = 1;
  options.duplicates = 1;
  EXPECT_EQ(verdict_on(options, "Validity"), Verdict::holds);
}

// [BHG] section 7.3, AC4: "If there are no failures and all processes voted Yes, then the decision
// will be to Commit."
TEST(TwoPhaseCommit, CommitsIfThereAreNoFailuresAndAllVoteYes) {
  const Small model(calm(2), "");
  // A timer for PREPARE is a No vote, and one for votes is a suspected failure.
  const auto allowed = [](const Small::Action& action) {
    return action.kind != Kind::time_out || action.timer == Timer::decision;
  };
  std::size_t ends = 0;
  const auto states = testing::explore(model, testing::initial_states(model), allowed,
                                       [](const auto&, const auto&, const auto&) {});
  for (const auto& state : states) {
    bool ended = true;
    model.next(state, [&](const auto& action, auto&&) { ended = ended && !allowed(action); });
    if (!ended) continue;
    ++ends;
    for (std::size_t node = 0; node < 3; ++node) {
      EXPECT_EQ(state.processes[node].disk.decision, Decision::commit);
    }
  }
  EXPECT_GT(ends, 0U);
}

TEST(TwoPhaseCommit, AbortsWhenOneParticipantVotesNo) {
  Play play(Small(calm(2), ""));
  play.request(1).deliver(1, 2, Type::prepare).time_out(3, Timer::prepare);
  play.deliver(1, 3, Type::prepare).deliver(3, 1, Type::no);
  EXPECT_EQ(play.disk(1).decision, Decision::abort);
  play.deliver(2, 1, Type::yes).deliver(1, 2, Type::abort);
  EXPECT_EQ(play.disk(2).decision, Decision::abort);
}

TEST(TwoPhaseCommit, AbortsWhenVotesAreOverdue) {
  Play play = up_to_the_last_vote();
  play.time_out(1, Timer::votes).deliver(3, 1, Type::yes);
  EXPECT_EQ(play.disk(1).decision, Decision::abort);
  EXPECT_EQ(play.in_flight(2, Type::commit), 0U);
}

// [BHG] section 7.4 on the log records: the yes record is written before the Yes vote is sent, and
// the commit record before COMMIT.
TEST(TwoPhaseCommit, HasEveryVoteAndDecisionOnDiskBeforeItIsSent) {
  const Small model(with_crashes(2, 1), "");
  testing::every_step(model, [](const auto&, const auto&, const Small::State& after) {
    for (const auto& envelope : after.network.messages) {
      const Log& sender = after[envelope.from].disk;
      if (envelope.message.type == Type::yes) {
        ASSERT_TRUE(sender.voted_yes);
      }
      if (envelope.message.type == Type::commit) {
        ASSERT_EQ(sender.decision, Decision::commit);
      }
    }
  });
}

// [BHG] section 7.4: a coordinator that finds neither a commit nor an abort record may decide
// Abort.
TEST(TwoPhaseCommit, RecoversACoordinatorWithoutADecisionRecordByAborting) {
  Play play = up_to_the_last_vote();
  play.deliver(3, 1, Type::yes, 0).restart(1);
  EXPECT_EQ(play.disk(1).decision, Decision::abort);
  EXPECT_EQ(play.in_flight(2, Type::abort), 1U);
  EXPECT_EQ(play.in_flight(3, Type::abort), 1U);
}

TEST(TwoPhaseCommit, RecoversACoordinatorThatSentCommitToOneOnlyBySendingItToBoth) {
  Play play = up_to_the_last_vote();
  play.deliver(3, 1, Type::yes, 2);  // the record, and COMMIT to n2
  EXPECT_EQ(play.in_flight(2, Type::commit), 1U);
  EXPECT_EQ(play.in_flight(3, Type::commit), 0U);
  play.restart(1).deliver(1, 3, Type::commit);
  EXPECT_EQ(play.disk(3).decision, Decision::commit);
}

TEST(TwoPhaseCommit, RecoversAParticipantWithoutAYesRecordByAborting) {
  Play play(Small(with_crashes(2, 1), ""));
  play.request(1).deliver(1, 2, Type::prepare, 0).restart(2);
  EXPECT_FALSE(play.disk(2).voted_yes);
  EXPECT_EQ(play.disk(2).decision, Decision::abort);
}

TEST(TwoPhaseCommit, RecoversAParticipantInDoubtByAsking) {
  Play play = up_to_the_last_vote();
  play.deliver(3, 1, Type::yes).deliver(1, 2, Type::commit, 0).restart(2);
  EXPECT_EQ(play.disk(2).decision, Decision::none);
  play.deliver(2, 1, Type::inquiry).deliver(1, 2, Type::commit);
  EXPECT_EQ(play.disk(2).decision, Decision::commit);
}

TEST(TwoPhaseCommit, AnswersInquiriesOnceAllHaveAcknowledgedByPresumingAbort) {
  Play play = up_to_the_last_vote();
  play.deliver(3, 1, Type::yes).time_out(2, Timer::decision).deliver(1, 2, Type::commit);
  play.deliver(1, 3, Type::commit).deliver(2, 1, Type::ack).deliver(3, 1, Type::ack);
  EXPECT_TRUE(play.disk(1).ended);
  play.deliver(2, 1, Type::inquiry).deliver(1, 2, Type::abort);
  EXPECT_EQ(play.disk(2).decision, Decision::commit);
}

/// Whether any log differs between two states.
bool any_log_changed(const Small::State& before, const Small::State& after) {
  for (std::size_t node = 1; node < 3; ++node) {
    if (!same_bytes(before.processes[node].disk, after.processes[node].disk)) return true;
  }
  return false;
}

// [GL] abstract: "The classic Two-Phase Commit protocol blocks if the coordinator fails."
TEST(TwoPhaseCommit, LeavesBlockedParticipantsInDoubtWhateverHappensUntilTheCoordinatorReturns) {
  const Small model(with_crashes(2, 2), "");
  const auto nothing = [](const auto&, const auto&, const auto&) {};
  std::vector<Small::State> blocked;
  for (const auto& state : testing::every_step(model, nothing)) {
    if (model.blocked(state)) blocked.push_back(state);
  }
  ASSERT_FALSE(blocked.empty());
  const auto coordinator_stays_down = [](const Small::Action& action) {
    return action.kind != Kind::restart || action.node != NodeId::at(0);
  };
  testing::explore(model, blocked, coordinator_stays_down,
                   [](const auto& before, const auto&, const auto& after) {
                     ASSERT_FALSE(any_log_changed(before, after));
                   });
}

TEST(TwoPhaseCommit, EndsTheBlockingWhenTheCoordinatorReturns) {
  Play play = up_to_the_last_vote();
  play.crash(1);
  EXPECT_TRUE(Small(with_crashes(2, 1), "").blocked(play.state()));
  play.restart(1).deliver(1, 2, Type::abort).deliver(1, 3, Type::abort);
  EXPECT_EQ(play.disk(2).decision, Decision::abort);
  EXPECT_EQ(play.disk(3).decision, Decision::abort);
}

TEST(TwoPhaseCommit, HoldsInItsDefaultConfigurationExhaustively) {
  Family::with_model(Options{}, "", [](const auto& model) {
    const auto result = search(model, SearchOptions{});
    EXPECT_EQ(result.verdict, Verdict::holds);
    EXPECT_EQ(result.stop, Stop::exhausted);
    return 0;
  });
}

TEST(TwoPhaseCommit, HoldsOverALossyDuplicatingAndPartitionedNetwork) {
  Options options = with_crashes(1, 2);
  options.drops = 2;
  options.duplicates = 1;
  options.partitions = 1;
  EXPECT_EQ(verdict_on(options, ""), Verdict::holds);
}

/// Two-phase commit without faults and inquiries, formulated once more: numbers in a vector, each
/// participant by itself, and nothing of the engine.
class Twin {
 public:
  explicit Twin(std::size_t participants) : n_(participants) {}

  std::size_t count_states() {
    std::vector<int> initial(header + n_ * fields, 0);
    std::vector<std::vector<int>> queue;
    meet(initial, queue);
    while (!queue.empty()) {
      const std::vector<int> state = queue.back();
      queue.pop_back();
      for (auto& next : successors(state)) meet(next, queue);
    }
    return seen_.size();
  }

 private:
  enum Coordinator { idle, waiting, committed, aborted };
  enum Participant { working, prepared, has_committed, has_aborted, aborted_in_doubt };
  // Of the coordinator: its phase, votes and acknowledgements as bit masks, whether it is done.
  enum { phase, votes, acks, done, header };
  // Of a participant: where it is, and which of the messages from and to it are on their way.
  enum { where, prepare, yes, no, commit, abort, ack, fields };

  using State = std::vector<int>;

  static int& of(State& state, std::size_t participant, int field) {
    return state[header + participant * fields + static_cast<std::size_t>(field)];
  }

  void meet(const State& state, std::vector<State>& queue) {
    if (seen_.insert(state).second) queue.push_back(state);
  }

  void decide(State& state, Coordinator decision) const {
    state[phase] = decision;
    for (std::size_t p = 0; p < n_; ++p) of(state, p, decision == committed ? commit : abort) = 1;
  }

  std::vector<State> successors(const State& from) const {
    std::vector<State> all;
    const auto step = [&](auto change) {
      State to = from;
      if (change(to)) all.push_back(to);
    };
    step([&](State& s) {
      if (s[phase] != idle) return false;
      s[phase] = waiting;
      for (std::size_t p = 0; p < n_; ++p) of(s, p, prepare) = 1;
      return true;
    });
    step([&](State& s) {
      if (s[phase] != waiting) return false;
      decide(s, aborted);
      return true;
    });
    for (std::size_t p = 0; p < n_; ++p) {
      step([&](State& s) { return works(s, p); });
      step([&](State& s) { return is_asked(s, p); });
      step([&](State& s) { return hears(s, p, commit, has_committed); });
      step([&](State& s) { return hears(s, p, abort, has_aborted); });
      step([&](State& s) { return votes_yes(s, p); });
      step([&](State& s) { return votes_no(s, p); });
      step([&](State& s) { return acknowledges(s, p); });
    }
    return all;
  }

  static bool arrives(State& s, std::size_t p, int message) {
    return std::exchange(of(s, p, message), 0) == 1;
  }
  static bool works(State& s, std::size_t p) {
    return std::exchange(of(s, p, where), has_aborted) == working;
  }
  static bool is_asked(State& s, std::size_t p) {
    if (!arrives(s, p, prepare)) return false;
    const bool can = of(s, p, where) == working;
    if (can) of(s, p, where) = prepared;
    of(s, p, can ? yes : no) = 1;
    return true;
  }
  static bool hears(State& s, std::size_t p, int message, Participant outcome) {
    if (!arrives(s, p, message)) return false;
    int& at = of(s, p, where);
    if (at == prepared) at = outcome == has_aborted ? aborted_in_doubt : outcome;
    if (at == working) at = outcome;
    of(s, p, ack) = 1;
    return true;
  }
  bool votes_yes(State& s, std::size_t p) const {
    if (!arrives(s, p, yes)) return false;
    if (s[phase] != waiting) return true;
    s[votes] |= 1 << p;
    if (s[votes] == (1 << n_) - 1) decide(s, committed);
    return true;
  }
  bool votes_no(State& s, std::size_t p) const {
    if (!arrives(s, p, no)) return false;
    if (s[phase] == waiting) decide(s, aborted);
    return true;
  }
  bool acknowledges(State& s, std::size_t p) const {
    if (!arrives(s, p, ack)) return false;
    s[acks] |= 1 << p;
    s[done] = s[acks] == (1 << n_) - 1;
    return true;
  }

  std::size_t n_;
  std::set<State> seen_;
};

TEST(TwoPhaseCommit, HasAsManyStatesWithoutFaultsAsItsTwin) {
  for (int participants = 1; participants <= 3; ++participants) {
    Family::with_model(calm(participants, 0), "", [&](const auto& model) {
      const auto result = search(model, SearchOptions{});
      EXPECT_EQ(result.distinct, Twin(static_cast<std::size_t>(participants)).count_states())
          << participants << " participants";
      return 0;
    });
  }
}

}  // namespace
}  // namespace everyway::two_phase_commit
