// Jim Gray and Leslie Lamport, "Consensus on Transaction Commit" (2006), and its specifications
// TCommit.tla and TwoPhase.tla: that two-phase commit implements transaction commit, in both of its
// models, and what the comments of TwoPhase.tla claim.
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "checker/trace/replay.hpp"
#include "models/tcommit_tla.hpp"
#include "models/two_phase_commit.hpp"
#include "models/two_phase_tla.hpp"
#include "tests/laws/arguments.hpp"
#include "tests/literature/reachable.hpp"

namespace everyway {
namespace {

using Specification = tcommit_tla::TCommit;
using Outside = Specification::State;
using TwoPhase = two_phase_tla::TwoPhase<9>;

/// Whether transaction commit allows this step, or nothing happens in its eyes.
bool is_allowed(const Specification& specification, const Outside& before, const Outside& after) {
  bool allowed = same_bytes(before, after);
  specification.next(before, [&](const auto&, auto&& effect) {
    Outside next = before;
    effect(next);
    allowed = allowed || same_bytes(next, after);
  });
  return allowed;
}

/// What transaction commit sees of TwoPhase.tla: the states of the resource managers.
Outside seen_in(const TwoPhase::State& state) {
  Outside outside;
  for (std::size_t manager = 0; manager < state.rm_state.size(); ++manager) {
    outside.rm_state[manager] = static_cast<tcommit_tla::ManagerState>(state.rm_state[manager]);
  }
  return outside;
}

// TwoPhase.tla: "THEOREM TPSpec => TC!TCSpec. This theorem asserts that the specification TPSpec of
// the Two-Phase Commit protocol implements the specification TCSpec of the Transaction Commit
// protocol."
TEST(TwoPhaseTla, ImplementsTransactionCommit) {
  const TwoPhase model(two_phase_tla::Options{}, "");
  const Specification specification(tcommit_tla::Options{}, "");
  model.init([&](const auto& state) { EXPECT_TRUE(is_initial(specification, seen_in(state))); });
  const auto states =
      testing::visit_steps(model, [&](const auto& before, const auto& action, const auto& after) {
        ASSERT_TRUE(is_allowed(specification, seen_in(before), seen_in(after)))
            << text_of(action) << " in " << text_of(before);
      });
  EXPECT_EQ(states.size(), 288U);
}

TEST(TwoPhaseTla, DoesNotImplementTransactionCommitWithAMutation) {
  for (const MutantInfo& mutant : two_phase_tla::mutants()) {
    const TwoPhase model(two_phase_tla::Options{}, mutant.name);
    const Specification specification(tcommit_tla::Options{}, "");
    unsigned forbidden = 0;
    testing::visit_steps(model, [&](const auto& before, const auto&, const auto& after) {
      forbidden += !is_allowed(specification, seen_in(before), seen_in(after));
    });
    EXPECT_GT(forbidden, 0U) << mutant.name;
  }
}

// TwoPhase.tla: "(Receipt of the same message twice is therefore allowed; but in this particular
// protocol, receiving a message for the second time has no effect.)"
TEST(TwoPhaseTla, ReceivingAMessageForTheSecondTimeHasNoEffect) {
  using two_phase_tla::Kind;
  const TwoPhase model(two_phase_tla::Options{}, "");
  testing::visit_steps(model, [&](const auto&, const auto& action, const auto& after) {
    const bool receives = action.kind == Kind::tm_rcv_prepared ||
                          action.kind == Kind::rm_rcv_commit_msg ||
                          action.kind == Kind::rm_rcv_abort_msg;
    if (!receives) return;
    bool again = false;
    model.next(after, [&](const auto& other, auto&& effect) {
      if (!same_bytes(other, action)) return;
      again = true;
      auto state = after;
      effect(state);
      ASSERT_TRUE(same_bytes(state, after));
    });
    ASSERT_TRUE(again) << text_of(action) << " is allowed once only";
  });
}

using Cluster = two_phase_commit::TwoPhaseCommit<3>;
using two_phase_commit::Decision;

/// What transaction commit sees of a cluster: what is in the logs of the participants.
Outside seen_in(const Cluster::State& state) {
  using tcommit_tla::ManagerState;
  Outside outside;
  for (std::size_t manager = 0; manager < 2; ++manager) {
    const two_phase_commit::Log& log = state.processes[manager + 1].disk;
    ManagerState& seen = outside.rm_state[manager];
    if (log.voted_yes) seen = ManagerState::prepared;
    if (log.decision == Decision::commit) seen = ManagerState::committed;
    if (log.decision == Decision::abort) seen = ManagerState::aborted;
  }
  return outside;
}

Specification two_managers() {
  tcommit_tla::Options options;
  options.managers = 2;
  return Specification(options, "");
}

TEST(TwoPhaseCommit, ImplementsTransactionCommitThroughCrashesAndRecovery) {
  const Cluster model(
      testing::options_from<two_phase_commit::Family>("--participants 2 --crashes 1 --restarts 1"),
      "");
  const Specification specification = two_managers();
  const auto states =
      testing::visit_steps(model, [&](const auto& before, const auto& action, const auto& after) {
        ASSERT_TRUE(is_allowed(specification, seen_in(before), seen_in(after)))
            << model.explain(before, action, after);
      });
  EXPECT_GT(states.size(), 1'000U);
}

/// All that the participants can learn of a state: their own, and what is in flight.
Cluster::State without_the_coordinator(Cluster::State state) {
  state.processes[0] = {};
  return state;
}

// Abstract: "The classic Two-Phase Commit protocol blocks if the coordinator fails." The reason:
// when it fails after all have prepared, the participants cannot tell a run in which it has
// committed from one in which it has not, and may yet abort.
TEST(TwoPhaseCommit, BlocksSinceParticipantsCannotTellWhetherTheCoordinatorHasCommitted) {
  const Cluster model(
      testing::options_from<two_phase_commit::Family>("--participants 2 --crashes 1 --restarts 1"),
      "");
  std::vector<Cluster::State> committed;
  std::vector<Cluster::State> undecided;
  for (const auto& state : testing::reachable_states(model)) {
    if (!model.blocked(state)) continue;
    const Decision decision = state.processes[0].disk.decision;
    if (decision == Decision::commit) committed.push_back(without_the_coordinator(state));
    if (decision == Decision::none) undecided.push_back(without_the_coordinator(state));
  }
  ASSERT_FALSE(committed.empty());
  for (const auto& state : committed) {
    EXPECT_TRUE(std::any_of(undecided.begin(), undecided.end(), [&](const auto& other) {
      return same_bytes(other, state);
    })) << text_of(state);
  }
}

}  // namespace
}  // namespace everyway
