#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::raft {

/// What can be wrong with an implementation of Raft. On the command line, dashes stand for the
/// underscores.
enum class Mutation : std::uint8_t {
  none,
  minority_quorum,
  vote_twice,
  vote_without_log_check,
  vote_not_persisted,
  vote_before_persist,
  count_stale_votes,
  stay_leader_in_higher_term,
  adopt_any_term,
  accept_stale_leader,
  ignore_previous_term,
  truncate_matching_entries,
  append_not_persisted,
  overwrite_uncommitted,
  commit_earlier_term,
  commit_past_log,
};
BOOST_DESCRIBE_ENUM(Mutation, none, minority_quorum, vote_twice, vote_without_log_check,
                    vote_not_persisted, vote_before_persist, count_stale_votes,
                    stay_leader_in_higher_term, adopt_any_term, accept_stale_leader,
                    ignore_previous_term, truncate_matching_entries, append_not_persisted,
                    overwrite_uncommitted, commit_earlier_term, commit_past_log)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"minority-quorum", "half of the servers, rounded down, elect a leader or commit an entry",
       "Election Safety",
       "--servers 3 --max-term 1 --requests 0 --max-in-flight 3 --crashes 0 --restarts 0", 2},
      {"vote-twice", "a server grants its vote to every candidate that asks in a term",
       "One Vote a Term",
       "--servers 3 --max-term 1 --requests 0 --max-in-flight 3 --crashes 0 --restarts 0", 5},
      {"vote-without-log-check",
       "a vote is granted to a candidate whose log is not up-to-date (section 5.4.1)",
       "Leader Completeness",
       "--servers 3 --max-term 2 --max-log 1 --requests 1 --max-in-flight 3 --crashes 0 "
       "--restarts 0",
       12},
      {"vote-not-persisted",
       "votedFor is not persisted, so that a server may vote again after a restart",
       "Election Safety",
       "--servers 3 --max-term 1 --requests 0 --max-in-flight 3 --crashes 1 --restarts 1", 8},
      {"vote-before-persist", "the vote is sent before it is persisted", "Election Safety",
       "--servers 3 --max-term 1 --requests 0 --max-in-flight 3 --crashes 1 --restarts 1", 7},
      {"count-stale-votes", "a candidate counts votes that were granted to it in an earlier term",
       "Election Safety",
       "--servers 3 --max-term 2 --requests 0 --max-in-flight 4 --crashes 0 --restarts 0", 9},
      {"stay-leader-in-higher-term",
       "a leader that learns of a higher term adopts it and does not step down", "Election Safety",
       "--servers 3 --max-term 2 --requests 0 --max-in-flight 3 --crashes 0 --restarts 0", 6},
      {"adopt-any-term", "a server adopts the term of every message, lower ones too",
       "Terms Never Fall",
       "--servers 3 --max-term 2 --requests 0 --max-in-flight 3 --crashes 0 --restarts 0", 6},
      {"accept-stale-leader", "AppendEntries of an earlier term is not refused",
       "Leader Append-Only",
       "--servers 3 --max-term 2 --max-log 1 --requests 2 --max-in-flight 3 --crashes 0 "
       "--restarts 0",
       12},
      {"ignore-previous-term",
       "the consistency check of AppendEntries compares prevLogIndex only, not prevLogTerm",
       "Log Matching",
       "--servers 3 --max-term 3 --max-log 2 --requests 3 --max-in-flight 3 --crashes 0 "
       "--restarts 0",
       18},
      {"truncate-matching-entries",
       "AppendEntries deletes what follows prevLogIndex, though it may match",
       "Leader Completeness",
       "--servers 3 --max-term 2 --max-log 1 --requests 1 --max-in-flight 3 --crashes 0 "
       "--restarts 0",
       17},
      {"append-not-persisted", "a follower acknowledges entries that are not on its disk",
       "Leader Completeness",
       "--servers 3 --max-term 2 --max-log 1 --requests 1 --max-in-flight 3 --crashes 1 "
       "--restarts 1",
       12},
      {"overwrite-uncommitted", "a leader puts a new entry right after the last committed one",
       "Leader Append-Only",
       "--servers 3 --max-term 1 --requests 2 --max-in-flight 3 --crashes 0 --restarts 0", 5},
      {"commit-earlier-term",
       "a leader commits entries of earlier terms by counting replicas (section 5.4.2, "
       "Figure 8)",
       "Leader Completeness",
       "--servers 3 --max-term 4 --max-log 1 --requests 2 --max-in-flight 3 --crashes 0 "
       "--restarts 0",
       28},
      {"commit-past-log", "a follower sets commitIndex to leaderCommit, past the end of its log",
       "State Machine Safety",
       "--servers 3 --max-term 1 --max-log 2 --requests 2 --max-in-flight 4 --crashes 0 "
       "--restarts 0",
       15},
  };
}

}  // namespace everyway::raft
