// What Raft must guarantee, after
// Diego Ongaro and John Ousterhout, "In Search of an Understandable Consensus Algorithm (Extended
// Version)" (2014), Figure 3 and section 5.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>

#include "checker/model/node_id.hpp"
#include "checker/model/property.hpp"
#include "checker/model/text.hpp"

namespace everyway::raft_properties {

/// What the properties need to know of the servers in a state. Indexes into logs count from 1, as
/// in the paper.
///
///   size()                 how many there are; they are the nodes at index 0 and up
///   is_leader(NodeId)      whether the server is up and takes itself for the leader of its term
///   current_term(NodeId)   of a server that is down, as on its disk
///   log(NodeId)            a sequence of entries, comparable and with a `term`; of a server that
///                          is down, as on its disk
///   commit_index(NodeId)   highest index that the server knows to be committed; 0 if it is down
///   disk_term(NodeId), disk_vote(NodeId)
///                          currentTerm and votedFor as last persisted
template <class S>
concept RaftServers = requires(const S servers, NodeId node) {
  { servers.size() } -> std::convertible_to<std::size_t>;
  { servers.is_leader(node) } -> std::same_as<bool>;
  { servers.current_term(node) } -> std::convertible_to<unsigned>;
  { servers.log(node)[0].term } -> std::convertible_to<unsigned>;
  { servers.log(node).size() } -> std::convertible_to<std::size_t>;
  { servers.commit_index(node) } -> std::convertible_to<std::size_t>;
  { servers.disk_term(node) } -> std::convertible_to<unsigned>;
  { servers.disk_vote(node) } -> std::same_as<NodeId>;
};

namespace detail {

/// Calls `refute(NodeId)` for each server until one is a refutation.
template <RaftServers Servers, class Refute>
[[nodiscard]] Refutation any_server(const Servers& servers, Refute&& refute) {
  for (std::size_t index = 0; index < servers.size(); ++index) {
    if (Refutation refutation = refute(NodeId::at(index))) return refutation;
  }
  return std::nullopt;
}

/// The entries at `position`, from 0, are there in both logs and the same.
template <class Log>
[[nodiscard]] bool agree_at(std::size_t position, const Log& left, const Log& right) {
  return position < left.size() && position < right.size() &&
         same_bytes(left[position], right[position]);
}

template <class Log, class Entry>
[[nodiscard]] bool has_entry(const Log& log, const Entry& wanted) {
  return std::any_of(log.begin(), log.end(),
                     [&](const Entry& entry) { return same_bytes(entry, wanted); });
}

/// The number of entries from the first that two logs have in common.
template <class Log>
[[nodiscard]] std::size_t common_prefix(const Log& left, const Log& right) {
  std::size_t length = 0;
  while (agree_at(length, left, right)) ++length;
  return length;
}

template <RaftServers Servers>
[[nodiscard]] Refutation rival_of(const Servers& servers, NodeId leader) {
  const unsigned term = servers.current_term(leader);
  return any_server(servers, [&](NodeId other) -> Refutation {
    if (other == leader) return std::nullopt;
    if (servers.is_leader(other) && servers.current_term(other) == term) {
      return fmt::format("{} and {} are both leaders of term {}", text_of(leader), text_of(other),
                         term);
    }
    const auto& log = servers.log(other);
    for (std::size_t position = 0; position < log.size(); ++position) {
      if (log[position].term != term || has_entry(servers.log(leader), log[position])) continue;
      return fmt::format(
          "{} leads term {} and never made the entry of that term that {} has at index {}",
          text_of(leader), term, text_of(other), position + 1);
    }
    return std::nullopt;
  });
}

}  // namespace detail

/// Election Safety: at most one leader can be elected in a given term (section 5.2).
///
/// Refuted by two leaders of one term at one time; and, for leaders of one term one after the
/// other, by an entry of a leader's term that is not in its log: only another leader can have made
/// it. Not noticed: an earlier leader of the term that has left no entry behind.
template <RaftServers Servers>
[[nodiscard]] Refutation election_safety(const Servers& servers) {
  return detail::any_server(servers, [&](NodeId node) -> Refutation {
    if (!servers.is_leader(node)) return std::nullopt;
    return detail::rival_of(servers, node);
  });
}

/// Leader Append-Only: a leader never overwrites or deletes entries in its log; it only appends new
/// entries (section 5.3).
template <RaftServers Servers>
[[nodiscard]] Refutation leader_append_only(const Servers& before, const Servers& after) {
  return detail::any_server(before, [&](NodeId node) -> Refutation {
    if (!before.is_leader(node) || !after.is_leader(node)) return std::nullopt;
    if (before.current_term(node) != after.current_term(node)) return std::nullopt;
    const std::size_t kept = detail::common_prefix(before.log(node), after.log(node));
    if (kept == before.log(node).size()) return std::nullopt;
    return fmt::format("{} changes the entry at index {} while it is leader", text_of(node),
                       kept + 1);
  });
}

/// Log Matching: if two logs contain an entry with the same index and term, then the logs are
/// identical in all entries up through the given index (section 5.3).
template <RaftServers Servers>
[[nodiscard]] Refutation log_matching(const Servers& servers) {
  return detail::any_server(servers, [&](NodeId node) {
    return detail::any_server(servers, [&](NodeId other) -> Refutation {
      if (other <= node) return std::nullopt;
      const auto& left = servers.log(node);
      const auto& right = servers.log(other);
      const std::size_t same = detail::common_prefix(left, right);
      for (std::size_t at = same; at < left.size() && at < right.size(); ++at) {
        if (left[at].term != right[at].term) continue;
        return fmt::format("{} and {} both have an entry of term {} at index {}, but differ at {}",
                           text_of(node), text_of(other), +left[at].term, at + 1, same + 1);
      }
      return std::nullopt;
    });
  });
}

/// Leader Completeness: if a log entry is committed in a given term, then that entry will be
/// present in the logs of the leaders for all higher-numbered terms (section 5.4).
///
/// An entry is known to be committed in the term of a server whose commitIndex has reached it, or
/// earlier. So a leader of a higher term must have it; and one of the same term too, being either
/// its creator or a later leader.
template <RaftServers Servers>
[[nodiscard]] Refutation leader_completeness(const Servers& servers) {
  return detail::any_server(servers, [&](NodeId leader) -> Refutation {
    if (!servers.is_leader(leader)) return std::nullopt;
    return detail::any_server(servers, [&](NodeId node) -> Refutation {
      if (servers.current_term(node) > servers.current_term(leader)) return std::nullopt;
      const std::size_t committed =
          std::min<std::size_t>(servers.commit_index(node), servers.log(node).size());
      if (committed == 0 || node == leader) return std::nullopt;
      const std::size_t same = detail::common_prefix(servers.log(node), servers.log(leader));
      if (same >= committed) return std::nullopt;
      return fmt::format(
          "{} is leader of term {} without the entry at index {}, which {} knows to "
          "be committed",
          text_of(leader), servers.current_term(leader), same + 1, text_of(node));
    });
  });
}

/// State Machine Safety: if a server has applied a log entry at a given index to its state machine,
/// no other server will ever apply a different log entry for the same index (section 5.4.3).
///
/// What a server has applied is taken to be what it knows to be committed. An index that is
/// committed without an entry there refutes it as well.
template <RaftServers Servers>
[[nodiscard]] Refutation state_machine_safety(const Servers& servers) {
  const Refutation without_entry = detail::any_server(servers, [&](NodeId node) -> Refutation {
    if (servers.commit_index(node) <= servers.log(node).size()) return std::nullopt;
    return fmt::format("{} takes index {} for committed, but its log ends at {}", text_of(node),
                       servers.commit_index(node), servers.log(node).size());
  });
  if (without_entry) return without_entry;
  return detail::any_server(servers, [&](NodeId node) {
    return detail::any_server(servers, [&](NodeId other) -> Refutation {
      if (other <= node) return std::nullopt;
      const std::size_t both =
          std::min<std::size_t>(servers.commit_index(node), servers.commit_index(other));
      if (both == 0) return std::nullopt;
      const std::size_t same = detail::common_prefix(servers.log(node), servers.log(other));
      if (same >= both) return std::nullopt;
      return fmt::format("{} and {} have committed different entries at index {}", text_of(node),
                         text_of(other), same + 1);
    });
  });
}

/// currentTerm increases monotonically (Figure 2), in what is persisted.
template <RaftServers Servers>
[[nodiscard]] Refutation terms_never_fall(const Servers& before, const Servers& after) {
  return detail::any_server(before, [&](NodeId node) -> Refutation {
    if (after.disk_term(node) >= before.disk_term(node)) return std::nullopt;
    return fmt::format("the term of {} falls from {} to {}", text_of(node), before.disk_term(node),
                       after.disk_term(node));
  });
}

/// Each server votes for at most one candidate in a given term (section 5.2), in what is persisted.
template <RaftServers Servers>
[[nodiscard]] Refutation one_vote_a_term(const Servers& before, const Servers& after) {
  return detail::any_server(before, [&](NodeId node) -> Refutation {
    const NodeId vote = before.disk_vote(node);
    if (vote.is_none() || after.disk_vote(node) == vote) return std::nullopt;
    if (after.disk_term(node) != before.disk_term(node)) return std::nullopt;
    return fmt::format("in term {}, the vote of {} changes from {} to {}", before.disk_term(node),
                       text_of(node), text_of(vote), text_of(after.disk_vote(node)));
  });
}

/// Whether entries of `terms` different terms are known to be committed by one server.
template <RaftServers Servers>
[[nodiscard]] bool committed_entries_of_terms(const Servers& servers, std::size_t terms) {
  for (std::size_t index = 0; index < servers.size(); ++index) {
    const NodeId node = NodeId::at(index);
    const auto& log = servers.log(node);
    std::size_t found = 0;
    for (std::size_t at = 0; at < servers.commit_index(node) && at < log.size(); ++at) {
      if (at == 0 || log[at - 1].term != log[at].term) ++found;
    }
    if (found >= terms) return true;
  }
  return false;
}

}  // namespace everyway::raft_properties
