#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::paxos {

/// What can be wrong with an implementation of Paxos. On the command line, dashes stand for the
/// underscores.
enum class Mutation : std::uint8_t {
  none,
  ignore_promised_value,
  lowest_ballot_value,
  propose_ballot_number,
  value_changes_after_quorum,
  reuse_ballot,
  quorum_of_half,
  learn_from_first_vote,
  forget_promise,
  answer_before_persisting,
  accept_below_promise,
  promise_any_ballot,
  accept_only_above_promise,
};
BOOST_DESCRIBE_ENUM(Mutation, none, ignore_promised_value, lowest_ballot_value,
                    propose_ballot_number, value_changes_after_quorum, reuse_ballot, quorum_of_half,
                    learn_from_first_vote, forget_promise, answer_before_persisting,
                    accept_below_promise, promise_any_ballot, accept_only_above_promise)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"ignore-promised-value",
       "a proposer proposes its own value, whatever the acceptors have accepted", "Agreement",
       "--proposers 2 --acceptors 1 --max-ballot 2 --crashes 0 --restarts 0", 8},
      {"lowest-ballot-value",
       "a proposer takes the value of the lowest ballot that was reported, not the highest",
       "Agreement",
       "--proposers 2 --acceptors 3 --max-ballot 3 --crashes 0 --restarts 0 --max-in-flight 5", 27},
      {"propose-ballot-number", "a proposer that is free to choose proposes its ballot number",
       "Validity", "--proposers 1 --acceptors 1 --max-ballot 2 --crashes 0 --restarts 0", 5},
      {"value-changes-after-quorum",
       "a proposer takes promises into account that arrive after it has issued its proposal",
       "One value per ballot",
       "--proposers 2 --acceptors 3 --max-ballot 2 --crashes 0 --restarts 0", 13},
      {"reuse-ballot", "a proposer does not persist which ballots it has used",
       "One value per ballot",
       "--proposers 2 --acceptors 3 --max-ballot 2 --crashes 1 --restarts 1 --duplicates 1 "
       "--max-in-flight 5",
       23},
      {"quorum-of-half", "half of the acceptors pass for a majority",
       "Only chosen values are learned",
       "--proposers 1 --acceptors 2 --max-ballot 1 --crashes 0 --restarts 0", 5},
      {"learn-from-first-vote", "a proposer takes its value for chosen at the first vote",
       "Only chosen values are learned",
       "--proposers 1 --acceptors 2 --max-ballot 1 --crashes 0 --restarts 0", 7},
      {"forget-promise", "an acceptor does not persist its promise", "Agreement",
       "--proposers 2 --acceptors 1 --max-ballot 2 --crashes 1 --restarts 1", 10},
      {"answer-before-persisting", "an acceptor answers before its promise or vote is on disk",
       "Only chosen values are learned",
       "--proposers 1 --acceptors 1 --max-ballot 1 --crashes 1 --restarts 0", 5},
      {"accept-below-promise", "an acceptor accepts proposals below the ballot that it promised",
       "Agreement", "--proposers 2 --acceptors 1 --max-ballot 2 --crashes 0 --restarts 0", 8},
      {"promise-any-ballot", "an acceptor promises every ballot that it is asked for",
       "Promises never fall", "--proposers 2 --acceptors 1 --max-ballot 2 --crashes 0 --restarts 0",
       4},
      {"accept-only-above-promise",
       "an acceptor accepts a proposal only if its ballot is above what it promised", "deadlock",
       "--proposers 1 --acceptors 1 --max-ballot 1 --crashes 0 --restarts 0", 4},
  };
}

}  // namespace everyway::paxos
