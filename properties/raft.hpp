// What Raft must guarantee, after
// Diego Ongaro and John Ousterhout, "In Search of an Understandable Consensus Algorithm (Extended
// Version)" (2014), Figure 3 and section 5.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

#include "checker/model/node_id.hpp"
#include "checker/model/property.hpp"
#include "checker/model/text.hpp"

namespace everyway::raft_properties {

/// What the properties need to know of the servers in a state. Indexes into logs count from 1, as
/// in the paper.
///
///   size()                 how many there are; they are the nodes at index 0 and up. One more, of
///                          term 0 and without log and vote, changes nothing: a constant is fastest
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

// Properties are checked in every state of a search or walk, and nearly always hold: each looks
// for who refutes it without making any text, and only then says why (`because`).

/// Calls test(NodeId) for the servers, one after the other, until it returns true; returns whether
/// it did. Written out if their number is a constant: each then has its own branches, which are
/// easier to predict than those of a loop.
template <RaftServers Servers, class Test>
bool any_server(const Servers& servers, const Test& test) {
  if constexpr (requires { std::integral_constant<std::size_t, Servers::size()>{}; }) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return (test(NodeId::at(I)) || ...); }
    (std::make_index_sequence<Servers::size()>{});
  } else {
    for (std::size_t index = 0; index < servers.size(); ++index) {
      if (test(NodeId::at(index))) return true;
    }
    return false;
  }
}

/// The first server for which `refutes(NodeId)` is true; `none()` if there is none.
template <RaftServers Servers, class Refutes>
[[nodiscard]] NodeId first_server(const Servers& servers, const Refutes& refutes) {
  NodeId first;
  any_server(servers, [&](NodeId node) {
    if (!refutes(node)) [[likely]]
      return false;
    first = node;
    return true;
  });
  return first;
}

struct Pair {
  NodeId left;
  NodeId right;

  /// Whether there is such a pair.
  explicit operator bool() const noexcept { return !left.is_none(); }
};

/// The first two servers for which `refutes(NodeId, NodeId)` is true, the lower one first.
template <RaftServers Servers, class Refutes>
[[nodiscard]] Pair first_pair(const Servers& servers, const Refutes& refutes) {
  Pair found;
  any_server(servers, [&](NodeId left) {
    return any_server(servers, [&](NodeId right) {
      if (!(left < right) || !refutes(left, right)) [[likely]]
        return false;
      found = {left, right};
      return true;
    });
  });
  return found;
}

/// The first leader, and another server, for which `refutes(NodeId, NodeId)` is true.
template <RaftServers Servers, class Refutes>
[[nodiscard]] Pair first_with_leader(const Servers& servers, Refutes&& refutes) {
  Pair found;
  found.left = first_server(servers, [&](NodeId leader) {
    if (!servers.is_leader(leader)) return false;
    found.right = first_server(
        servers, [&](NodeId other) { return other != leader && refutes(leader, other); });
    return !found.right.is_none();
  });
  return found;
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

/// Whether two logs are seen to be the same at a glance; false may be wrong.
template <class Log>
[[nodiscard]] bool surely_same(const Log& left, const Log& right) {
  if constexpr (Flat<Log>) {
    return same_bytes(left, right);
  } else {
    return &left == &right;
  }
}

/// The number of entries from the first that two logs have in common.
template <class Log>
[[nodiscard]] std::size_t common_prefix(const Log& left, const Log& right) {
  std::size_t length = 0;
  while (agree_at(length, left, right)) ++length;
  return length;
}

template <class Log>
[[nodiscard]] bool begins_with(const Log& log, const Log& beginning) {
  return surely_same(log, beginning) || common_prefix(log, beginning) == beginning.size();
}

/// Whether any server knows of a committed entry.
template <RaftServers Servers>
[[nodiscard]] bool any_committed(const Servers& servers) {
  std::size_t any = 0;
  any_server(servers, [&](NodeId node) {
    any |= servers.commit_index(node);
    return false;
  });
  return any != 0;
}

/// The index of the first entry in `log` that is of the leader's term and not in the leader's log;
/// 0 if there is none.
template <RaftServers Servers>
[[nodiscard]] std::size_t unmade_entry(const Servers& servers, NodeId leader, NodeId other) {
  const unsigned term = servers.current_term(leader);
  const auto& log = servers.log(other);
  if (surely_same(log, servers.log(leader))) return 0;
  for (std::size_t position = 0; position < log.size(); ++position) {
    if (log[position].term != term) continue;
    // Most often it is where the leader has it.
    const auto& leaders = servers.log(leader);
    if (!agree_at(position, log, leaders) && !has_entry(leaders, log[position])) {
      return position + 1;
    }
  }
  return 0;
}

/// The index of the first entry behind the common prefix that has the same term in both logs; 0 if
/// there is none.
template <class Log>
[[nodiscard]] std::size_t first_mismatch(const Log& left, const Log& right) {
  if (surely_same(left, right)) return 0;
  for (std::size_t at = common_prefix(left, right); at < left.size() && at < right.size(); ++at) {
    if (left[at].term == right[at].term) return at + 1;
  }
  return 0;
}

}  // namespace detail

/// Election Safety: at most one leader can be elected in a given term (section 5.2).
///
/// Refuted by two leaders of one term at one time; and, for leaders of one term one after the
/// other, by an entry of a leader's term that is not in its log: only another leader can have made
/// it. Not noticed: an earlier leader of the term that has left no entry behind.
template <RaftServers Servers>
[[nodiscard]] Refutation election_safety(const Servers& servers) {
  const auto both_lead = [&](NodeId leader, NodeId other) {
    return servers.is_leader(other) && servers.current_term(other) == servers.current_term(leader);
  };
  const detail::Pair rivals = detail::first_with_leader(servers, [&](NodeId leader, NodeId other) {
    return both_lead(leader, other) || detail::unmade_entry(servers, leader, other) != 0;
  });
  if (!rivals) return std::nullopt;
  return because([=] {
    const unsigned term = servers.current_term(rivals.left);
    if (servers.is_leader(rivals.right) && servers.current_term(rivals.right) == term) {
      return fmt::format("{} and {} are both leaders of term {}", text_of(rivals.left),
                         text_of(rivals.right), term);
    }
    return fmt::format(
        "{} leads term {} and never made the entry of that term that {} has at index {}",
        text_of(rivals.left), term, text_of(rivals.right),
        detail::unmade_entry(servers, rivals.left, rivals.right));
  });
}

/// Leader Append-Only: a leader never overwrites or deletes entries in its log; it only appends new
/// entries (section 5.3).
template <RaftServers Servers>
[[nodiscard]] Refutation leader_append_only(const Servers& before, const Servers& after) {
  const NodeId changer = detail::first_server(before, [&](NodeId node) {
    return before.is_leader(node) && after.is_leader(node) &&
           before.current_term(node) == after.current_term(node) &&
           !detail::begins_with(after.log(node), before.log(node));
  });
  if (changer.is_none()) return std::nullopt;
  return because([=] {
    const std::size_t kept = detail::common_prefix(before.log(changer), after.log(changer));
    return fmt::format("{} changes the entry at index {} while it is leader", text_of(changer),
                       kept + 1);
  });
}

/// Log Matching: if two logs contain an entry with the same index and term, then the logs are
/// identical in all entries up through the given index (section 5.3).
template <RaftServers Servers>
[[nodiscard]] Refutation log_matching(const Servers& servers) {
  const detail::Pair pair = detail::first_pair(servers, [&](NodeId node, NodeId other) {
    return detail::first_mismatch(servers.log(node), servers.log(other)) != 0;
  });
  if (!pair) return std::nullopt;
  return because([=] {
    const auto& log = servers.log(pair.left);
    const auto& other = servers.log(pair.right);
    const std::size_t index = detail::first_mismatch(log, other);
    return fmt::format("{} and {} both have an entry of term {} at index {}, but differ at {}",
                       text_of(pair.left), text_of(pair.right), +log[index - 1].term, index,
                       detail::common_prefix(log, other) + 1);
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
  const detail::Pair pair = detail::first_with_leader(servers, [&](NodeId leader, NodeId node) {
    if (servers.commit_index(node) == 0) return false;
    const std::size_t committed =
        std::min<std::size_t>(servers.commit_index(node), servers.log(node).size());
    return servers.current_term(node) <= servers.current_term(leader) &&
           detail::common_prefix(servers.log(node), servers.log(leader)) < committed;
  });
  if (!pair) return std::nullopt;
  return because([=] {
    const std::size_t same = detail::common_prefix(servers.log(pair.right), servers.log(pair.left));
    return fmt::format(
        "{} is leader of term {} without the entry at index {}, which {} knows to be committed",
        text_of(pair.left), servers.current_term(pair.left), same + 1, text_of(pair.right));
  });
}

/// State Machine Safety: if a server has applied a log entry at a given index to its state machine,
/// no other server will ever apply a different log entry for the same index (section 5.4.3).
///
/// What a server has applied is taken to be what it knows to be committed. An index that is
/// committed without an entry there refutes it as well.
template <RaftServers Servers>
[[nodiscard]] Refutation state_machine_safety(const Servers& servers) {
  if (!detail::any_committed(servers)) return std::nullopt;
  const NodeId beyond = detail::first_server(
      servers, [&](NodeId node) { return servers.commit_index(node) > servers.log(node).size(); });
  if (!beyond.is_none()) {
    return because([=] {
      return fmt::format("{} takes index {} for committed, but its log ends at {}", text_of(beyond),
                         servers.commit_index(beyond), servers.log(beyond).size());
    });
  }
  const detail::Pair pair = detail::first_pair(servers, [&](NodeId node, NodeId other) {
    const std::size_t both =
        std::min<std::size_t>(servers.commit_index(node), servers.commit_index(other));
    return both != 0 && detail::common_prefix(servers.log(node), servers.log(other)) < both;
  });
  if (!pair) return std::nullopt;
  return because([=] {
    const std::size_t same = detail::common_prefix(servers.log(pair.left), servers.log(pair.right));
    return fmt::format("{} and {} have committed different entries at index {}", text_of(pair.left),
                       text_of(pair.right), same + 1);
  });
}

/// currentTerm increases monotonically (Figure 2), in what is persisted.
template <RaftServers Servers>
[[nodiscard]] Refutation terms_never_fall(const Servers& before, const Servers& after) {
  const NodeId falling = detail::first_server(
      before, [&](NodeId node) { return after.disk_term(node) < before.disk_term(node); });
  if (falling.is_none()) return std::nullopt;
  return because([=] {
    return fmt::format("the term of {} falls from {} to {}", text_of(falling),
                       before.disk_term(falling), after.disk_term(falling));
  });
}

/// Each server votes for at most one candidate in a given term (section 5.2), in what is persisted.
template <RaftServers Servers>
[[nodiscard]] Refutation one_vote_a_term(const Servers& before, const Servers& after) {
  const NodeId voter = detail::first_server(before, [&](NodeId node) {
    const NodeId vote = before.disk_vote(node);
    return !vote.is_none() && after.disk_vote(node) != vote &&
           after.disk_term(node) == before.disk_term(node);
  });
  if (voter.is_none()) return std::nullopt;
  return because([=] {
    return fmt::format("in term {}, the vote of {} changes from {} to {}", before.disk_term(voter),
                       text_of(voter), text_of(before.disk_vote(voter)),
                       text_of(after.disk_vote(voter)));
  });
}

/// Whether entries of `terms` different terms are known to be committed by one server.
template <RaftServers Servers>
[[nodiscard]] bool committed_entries_of_terms(const Servers& servers, std::size_t terms) {
  if (terms != 0 && !detail::any_committed(servers)) return false;
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
