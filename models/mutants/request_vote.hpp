#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::request_vote {

/// What can be wrong with an implementation of elections. On the command line, dashes stand for the
/// underscores.
enum class Mutation : std::uint8_t {
  none,
  literal,
  vote_not_persisted,
  ignore_vote,
  minority_quorum,
};
BOOST_DESCRIBE_ENUM(Mutation, none, literal, vote_not_persisted, ignore_vote, minority_quorum)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"literal",
       "RequestVote as it is often printed: no line says that a newer term is adopted, so that "
       "votedFor is never cleared and currentTerm stays behind",
       "Election Safety", "--servers 3 --max-term 1 --crashes 0 --restarts 0", 6},
      {"vote-not-persisted", "a server answers before its vote is on disk", "Election Safety",
       "--servers 3 --max-term 1 --crashes 1 --restarts 1", 7},
      {"ignore-vote", "a server that has voted votes for the next candidate, too",
       "One Vote a Term", "--servers 3 --max-term 1 --max-in-flight 0 --crashes 0 --restarts 0", 3},
      {"minority-quorum", "half of the votes is taken for a majority", "Election Safety",
       "--servers 4 --max-term 1 --max-in-flight 0 --crashes 0 --restarts 0", 6},
  };
}

}  // namespace everyway::request_vote
