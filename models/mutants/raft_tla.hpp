#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::raft_tla {

/// What can be wrong with Raft. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  half_is_a_quorum,
  vote_twice,
  restart_forgets_vote,
  count_stale_votes,
  vote_without_log_check,
  commit_before_replication,
  append_without_consistency_check,
  keep_conflicting_entry,
  overwrite_last_entry,
};
BOOST_DESCRIBE_ENUM(Mutation, none, half_is_a_quorum, vote_twice, restart_forgets_vote,
                    count_stale_votes, vote_without_log_check, commit_before_replication,
                    append_without_consistency_check, keep_conflicting_entry, overwrite_last_entry)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"half-is-a-quorum", "half of the servers are taken for a majority", "Election Safety",
       "--servers 2 --max-term 2 --max-log 0 --max-messages 1", 10},
      {"vote-twice", "a server votes for every candidate that asks", "Election Safety",
       "--servers 2 --max-term 2 --max-log 0 --max-messages 1", 16},
      {"restart-forgets-vote", "votedFor is lost in a restart", "Election Safety",
       "--servers 3 --max-term 2 --max-log 0 --max-messages 1 --restart", 18},
      {"count-stale-votes", "a candidate counts votes that were given in an earlier term",
       "Election Safety", "--servers 2 --max-term 3 --max-log 0 --max-messages 2", 18},
      {"vote-without-log-check", "a vote is granted without comparing the logs",
       "Leader Completeness", "--servers 3 --max-term 3 --max-log 1 --max-messages 1", 25},
      {"commit-before-replication", "a leader takes its own entries for committed at once",
       "Leader Completeness", "--servers 3 --max-term 3 --max-log 1 --max-messages 1", 20},
      {"append-without-consistency-check",
       "a follower appends an entry without comparing the one before it", "Log Matching",
       "--servers 3 --max-term 3 --max-log 2 --max-messages 1", 27},
      {"keep-conflicting-entry",
       "a follower that has another entry in the place of a new one keeps it, and reports success",
       "State Machine Safety", "--servers 3 --max-term 3 --max-log 1 --max-messages 1", 28},
      {"overwrite-last-entry", "a leader puts a new entry in the place of its last",
       "Leader Append-Only", "--servers 1 --values 2 --max-term 2 --max-log 1 --max-messages 1", 7},
  };
}

}  // namespace everyway::raft_tla
