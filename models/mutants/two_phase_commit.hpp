#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::two_phase_commit {

/// What can be wrong with an implementation of two-phase commit. On the command line, dashes stand
/// for the underscores.
enum class Mutation : std::uint8_t {
  none,
  decide_before_record,
  commit_without_all_votes,
  recovery_presumes_commit,
  recovery_forgets_decision,
  answer_from_memory,
  forget_before_all_acks,
  vote_before_record,
  abort_while_in_doubt,
  recovery_forgets_vote,
  never_ask,
};
BOOST_DESCRIBE_ENUM(Mutation, none, decide_before_record, commit_without_all_votes,
                    recovery_presumes_commit, recovery_forgets_decision, answer_from_memory,
                    forget_before_all_acks, vote_before_record, abort_while_in_doubt,
                    recovery_forgets_vote, never_ask)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"decide-before-record", "the coordinator sends COMMIT before its commit record is on disk",
       "Atomicity", "--participants 2 --crashes 1 --restarts 1", 8},
      {"commit-without-all-votes", "the coordinator commits at the first Yes vote", "Validity",
       "--participants 2 --crashes 0 --restarts 0", 3},
      {"recovery-presumes-commit", "a coordinator that recovers without a decision record commits",
       "Validity", "--participants 1 --crashes 1 --restarts 1", 2},
      {"recovery-forgets-decision", "a coordinator that recovers aborts, whatever its log says",
       "Stability", "--participants 1 --crashes 1 --restarts 1", 4},
      {"answer-from-memory",
       "the coordinator answers an inquiry from memory that a restart empties, not from its log",
       "Atomicity", "--participants 2 --crashes 1 --restarts 1", 9},
      {"forget-before-all-acks",
       "the coordinator writes its end record, and forgets, at the first acknowledgement",
       "Atomicity", "--participants 2 --crashes 0 --restarts 0", 10},
      {"vote-before-record", "a participant sends its Yes vote before its yes record is on disk",
       "Validity", "--participants 1 --crashes 1 --restarts 0", 3},
      {"abort-while-in-doubt",
       "a participant that voted Yes aborts on its own when the decision is overdue", "Atomicity",
       "--participants 2 --crashes 0 --restarts 0", 7},
      {"recovery-forgets-vote",
       "a participant that recovers aborts, though its log has a yes record", "Atomicity",
       "--participants 2 --crashes 1 --restarts 1", 8},
      {"never-ask", "a participant in doubt waits for the decision, and never asks", "deadlock",
       "--participants 1 --crashes 0 --restarts 0 --drops 1", 4},
  };
}

}  // namespace everyway::two_phase_commit
