#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::three_phase_commit {

/// What can be wrong with an implementation of three-phase commit. On the command line, dashes
/// stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  precommit_means_commit,
  commit_without_precommit,
  abort_while_committable,
  no_precommit_in_termination,
  recovering_coordinator_aborts,
  recovered_takes_part,
  wait_for_coordinator,
  silence_means_yes,
  recovery_forgets_decision,
};
BOOST_DESCRIBE_ENUM(Mutation, none, precommit_means_commit, commit_without_precommit,
                    abort_while_committable, no_precommit_in_termination,
                    recovering_coordinator_aborts, recovered_takes_part, wait_for_coordinator,
                    silence_means_yes, recovery_forgets_decision)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"precommit-means-commit",
       "a participant that has received PRE-COMMIT takes commit for decided when it recovers",
       "Atomicity", "--participants 2 --crashes 2 --restarts 1", 9},
      {"commit-without-precommit", "the coordinator sends COMMIT when it has the votes, as in 2PC",
       "Atomicity", "--participants 2 --crashes 1", 9},
      {"abort-while-committable",
       "a new coordinator aborts, though somebody has received PRE-COMMIT", "Atomicity",
       "--participants 2 --crashes 1", 13},
      {"no-precommit-in-termination",
       "a new coordinator commits while some are still uncertain, without PRE-COMMIT to them",
       "Atomicity", "--participants 2 --crashes 2", 11},
      {"recovering-coordinator-aborts",
       "a coordinator that recovers without a decision aborts, though it may have sent PRE-COMMIT",
       "Atomicity", "--participants 2 --crashes 1 --restarts 1", 11},
      {"recovered-takes-part",
       "a process that has recovered goes on as if it had never failed: the others wait for "
       "answers to what it never received",
       "deadlock", "--participants 1 --crashes 1 --restarts 1", 4},
      {"wait-for-coordinator", "participants in doubt wait for the coordinator, as in 2PC",
       "deadlock", "--participants 2 --crashes 1", 3},
      {"silence-means-yes", "a coordinator takes the vote of a participant that has failed for Yes",
       "Validity", "--participants 1 --crashes 1", 4},
      {"recovery-forgets-decision", "a coordinator that recovers aborts, whatever its log says",
       "Stability", "--participants 1 --crashes 1 --restarts 1", 6},
  };
}

}  // namespace everyway::three_phase_commit
