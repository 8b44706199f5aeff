#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::paxos_tla {

/// What can be wrong with Paxos. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  ignore_promised_value,
  take_any_promised_value,
  propose_twice,
  propose_before_quorum,
  promise_hides_vote,
  accept_below_promise,
  vote_for_another_value,
};
BOOST_DESCRIBE_ENUM(Mutation, none, ignore_promised_value, take_any_promised_value, propose_twice,
                    propose_before_quorum, promise_hides_vote, accept_below_promise,
                    vote_for_another_value)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"ignore-promised-value", "the leader proposes any value, whatever votes the promises report",
       "Agreement", "--acceptors 3 --values 2 --ballots 2", 12},
      {"take-any-promised-value",
       "the leader proposes the value of any vote reported, not of the one in the highest ballot",
       "Agreement", "--acceptors 3 --values 2 --ballots 3", 17},
      {"propose-twice", "the leader of a ballot sends 2a messages for two values",
       "One value per ballot", "--acceptors 3 --values 2 --ballots 1", 5},
      {"propose-before-quorum", "the leader proposes after a single promise", "Agreement",
       "--acceptors 3 --values 2 --ballots 2", 10},
      {"promise-hides-vote", "an acceptor's promise does not report its vote", "Agreement",
       "--acceptors 3 --values 2 --ballots 2", 12},
      {"accept-below-promise", "an acceptor votes in a ballot lower than it has promised",
       "Agreement", "--acceptors 3 --values 2 --ballots 2", 12},
      {"vote-for-another-value", "an acceptor always votes for the first value, proposed or not",
       "Validity", "--acceptors 3 --values 2 --ballots 1", 5},
  };
}

}  // namespace everyway::paxos_tla
