// What one Raft server does, after
// Diego Ongaro and John Ousterhout, "In Search of an Understandable Consensus Algorithm (Extended
// Version)" (2014), Figure 2.
//
// Where the model stands beside Figure 2: - Time is left out: an election or heartbeat timer may
// fire whenever its server is in the role for
//   it. The initial heartbeats of a new leader are its heartbeat timer, which may fire at once. New
//   entries, and retries after a failed consistency check, go out with heartbeats.
// - The answer to an RPC is a message like any other. It carries what an RPC layer would know: up
// to
//   where the request brought the follower's log (`match_index`).
// - lastApplied is left out: a server applies what is committed, in order, and no other can tell
//   when.
// - Not modelled: replies to clients (section 8), log compaction (7), membership changes (6).
#pragma once

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/cluster/context.hpp"
#include "models/mutants/raft.hpp"

namespace everyway::raft {

/// A term, or an index into a log (the first is 1, as in the paper).
using Number = std::uint8_t;

struct Entry {
  Number term = 0;
  Number value = 0;  ///< the client's command

  [[nodiscard]] std::string text() const { return fmt::format("{}@term {}", value, term); }
};
BOOST_DESCRIBE_STRUCT(Entry, (), (term, value))

enum class Role : std::uint8_t { follower, candidate, leader };
BOOST_DESCRIBE_ENUM(Role, follower, candidate, leader)

enum class Timer : std::uint8_t { election, heartbeat };
BOOST_DESCRIBE_ENUM(Timer, election, heartbeat)

enum class MessageType : std::uint8_t {
  request_vote,
  request_vote_reply,
  append_entries,
  append_entries_reply,
};
BOOST_DESCRIBE_ENUM(MessageType, request_vote, request_vote_reply, append_entries,
                    append_entries_reply)

/// The arguments or results of the two RPCs. Fields that a type does not have are zero; candidateId
/// and leaderId are the sender.
template <std::size_t Batch>
struct Message {
  MessageType type{};
  Number term = 0;
  Number last_log_index = 0;           ///< request_vote
  Number last_log_term = 0;            ///< request_vote
  bool vote_granted = false;           ///< request_vote_reply
  Number prev_log_index = 0;           ///< append_entries
  Number prev_log_term = 0;            ///< append_entries
  Number leader_commit = 0;            ///< append_entries
  bool success = false;                ///< append_entries_reply
  Number match_index = 0;              ///< append_entries_reply
  InlineVector<Entry, Batch> entries;  ///< append_entries

  [[nodiscard]] std::string text() const {
    switch (type) {
      case MessageType::request_vote:
        return fmt::format("RequestVote(term {}, last log index {}, last log term {})", term,
                           last_log_index, last_log_term);
      case MessageType::request_vote_reply:
        return fmt::format("vote {}(term {})", vote_granted ? "granted" : "refused", term);
      case MessageType::append_entries:
        return fmt::format("AppendEntries(term {}, previous {}@term {}, entries {}, commit {})",
                           term, prev_log_index, prev_log_term, text_of(entries), leader_commit);
      case MessageType::append_entries_reply:
        break;
    }
    if (!success) return fmt::format("append failed(term {})", term);
    return fmt::format("appended(term {}, up to index {})", term, match_index);
  }

  BOOST_DESCRIBE_CLASS(Message, (),
                       (type, term, last_log_index, last_log_term, vote_granted, prev_log_index,
                        prev_log_term, leader_commit, success, match_index, entries),
                       (), ())
};

template <std::size_t Capacity, std::size_t LogCapacity, std::size_t Batch>
struct Server {
  static constexpr std::size_t capacity = Capacity;
  using Log = InlineVector<Entry, LogCapacity>;
  using Message = raft::Message<Batch>;
  using Timer = raft::Timer;
  using Context = cluster::Context<Server>;
  using View = cluster::View<Server>;

  /// Persistent state on all servers.
  struct Durable {
    Number current_term = 0;
    NodeId voted_for;
    Log log;

    BOOST_DESCRIBE_CLASS(Durable, (), (current_term, voted_for, log), (), ())
  };
  /// Volatile state. What a role does not use is zero, so that it cannot tell states apart.
  struct Volatile {
    Role role{};
    Number commit_index = 0;
    NodeSet<Capacity> votes;                ///< candidates: who granted theirs
    PerNode<Number, Capacity> next_index;   ///< leaders, for the other servers
    PerNode<Number, Capacity> match_index;  ///< leaders, for the other servers

    BOOST_DESCRIBE_CLASS(Volatile, (), (role, commit_index, votes, next_index, match_index), (), ())
  };

  int max_term = 0;
  int max_log = 0;
  int max_batch = 1;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  [[nodiscard]] static Number last_index(const Log& log) noexcept {
    return static_cast<Number>(log.size());
  }
  /// 0 for index 0, which is before the first entry, and beyond the end.
  [[nodiscard]] static Number term_at(const Log& log, std::size_t index) noexcept {
    return index == 0 || index > log.size() ? Number{0} : log[index - 1].term;
  }

  /// Every server starts as a follower, which is what zeroed volatile state says.
  void start(Context&) const {}

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    const bool leads = view.memory().role == Role::leader;
    if (timer == Timer::heartbeat) return leads && view.size() > 1;
    return !leads && view.durable().current_term < max_term;
  }
  void timeout(Context& context, Timer timer) const {
    if (timer == Timer::election) return start_election(context);
    context.for_each_other([&](NodeId follower) { send_append_entries(context, follower); });
  }

  [[nodiscard]] bool may_request(const View& view) const {
    return view.memory().role == Role::leader &&
           view.durable().log.size() < static_cast<std::size_t>(max_log);
  }
  /// Leaders: if command received from client, append entry to local log.
  void request(Context& context, cluster::ClientRequest request) const {
    Log& log = context.durable().log;
    if (has(Mutation::overwrite_uncommitted)) log.truncate(context.memory().commit_index);
    log.push_back({context.durable().current_term, request.value});
    context.persist();
    advance_commit_index(context);
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    const Number current_term = context.durable().current_term;
    // All servers: a higher term in a request or response makes a follower of that term.
    if (message.term > current_term ||
        (message.term < current_term && has(Mutation::adopt_any_term))) {
      adopt_term(context, message.term);
    }
    switch (message.type) {
      case MessageType::request_vote:
        return receive_request_vote(context, from, message);
      case MessageType::request_vote_reply:
        return receive_vote(context, from, message);
      case MessageType::append_entries:
        return receive_append_entries(context, from, message);
      case MessageType::append_entries_reply:
        return receive_appended(context, from, message);
    }
  }

 private:
  [[nodiscard]] std::size_t quorum(const Context& context) const noexcept {
    return has(Mutation::minority_quorum) ? context.size() / 2 : context.size() / 2 + 1;
  }

  void adopt_term(Context& context, Number term) const {
    context.durable().current_term = term;
    context.durable().voted_for = NodeId::none();
    if (context.memory().role == Role::leader && has(Mutation::stay_leader_in_higher_term)) return;
    become(context, Role::follower);
  }
  static void become(Context& context, Role role) {
    const Number commit_index = context.memory().commit_index;
    context.memory() = {};
    context.memory().role = role;
    context.memory().commit_index = commit_index;
  }

  // Leader election (section 5.2).

  void start_election(Context& context) const {
    Durable& durable = context.durable();
    ++durable.current_term;
    durable.voted_for = context.self();
    context.persist();
    become(context, Role::candidate);
    count_vote(context, context.self());
    Message request;
    request.type = MessageType::request_vote;
    request.term = durable.current_term;
    request.last_log_index = last_index(durable.log);
    request.last_log_term = term_at(durable.log, durable.log.size());
    context.send_to_others(request);
  }

  /// Receiver implementation of RequestVote. Persistent state is on disk before the answer leaves.
  void receive_request_vote(Context& context, NodeId candidate, const Message& request) const {
    Durable& durable = context.durable();
    Message reply;
    reply.type = MessageType::request_vote_reply;
    reply.term = durable.current_term;
    reply.vote_granted = may_vote_for(durable, candidate, request);
    if (has(Mutation::vote_not_persisted)) context.persist();
    if (reply.vote_granted) durable.voted_for = candidate;
    if (has(Mutation::vote_before_persist)) context.send(candidate, reply);
    if (!has(Mutation::vote_not_persisted)) context.persist();
    if (!has(Mutation::vote_before_persist)) context.send(candidate, reply);
  }
  [[nodiscard]] bool may_vote_for(const Durable& durable, NodeId candidate,
                                  const Message& request) const {
    if (request.term < durable.current_term) return false;
    const bool free = durable.voted_for.is_none() || durable.voted_for == candidate;
    return (free || has(Mutation::vote_twice)) &&
           (is_up_to_date(durable.log, request) || has(Mutation::vote_without_log_check));
  }
  /// Whether the candidate's log is at least as up-to-date as `log` (section 5.4.1).
  [[nodiscard]] static bool is_up_to_date(const Log& log, const Message& request) {
    const Number last_term = term_at(log, log.size());
    if (request.last_log_term != last_term) return request.last_log_term > last_term;
    return request.last_log_index >= last_index(log);
  }

  void receive_vote(Context& context, NodeId voter, const Message& reply) const {
    const bool current = reply.term == context.durable().current_term;
    if (context.memory().role != Role::candidate || !reply.vote_granted) return;
    if (current || has(Mutation::count_stale_votes)) count_vote(context, voter);
  }
  void count_vote(Context& context, NodeId voter) const {
    context.memory().votes.insert(voter);
    if (context.memory().votes.size() < quorum(context)) return;
    become(context, Role::leader);
    const auto next = static_cast<Number>(context.durable().log.size() + 1);
    context.for_each_other([&](NodeId other) { context.memory().next_index[other] = next; });
  }

  // Log replication (section 5.3).

  void send_append_entries(Context& context, NodeId follower) const {
    const Log& log = context.durable().log;
    Message request;
    request.type = MessageType::append_entries;
    request.term = context.durable().current_term;
    request.prev_log_index = static_cast<Number>(context.memory().next_index[follower] - 1);
    request.prev_log_term = term_at(log, request.prev_log_index);
    request.leader_commit = context.memory().commit_index;
    for (std::size_t position = request.prev_log_index; position < log.size(); ++position) {
      if (request.entries.size() == static_cast<std::size_t>(max_batch)) break;
      request.entries.push_back(log[position]);
    }
    context.send(follower, request);
  }

  /// Receiver implementation of AppendEntries.
  void receive_append_entries(Context& context, NodeId leader, const Message& request) const {
    Durable& durable = context.durable();
    Message reply;
    reply.type = MessageType::append_entries_reply;
    reply.term = durable.current_term;
    if (request.term >= durable.current_term || has(Mutation::accept_stale_leader)) {
      if (context.memory().role == Role::candidate) become(context, Role::follower);
      reply.success = is_consistent(durable.log, request);
    }
    if (reply.success) {
      append_new_entries(durable.log, request);
      reply.match_index = static_cast<Number>(request.prev_log_index + request.entries.size());
      follow_commit_index(context, request, reply.match_index);
    }
    if (!has(Mutation::append_not_persisted)) context.persist();
    context.send(leader, reply);
  }
  /// Whether the log has an entry at prevLogIndex of prevLogTerm.
  [[nodiscard]] bool is_consistent(const Log& log, const Message& request) const {
    if (request.prev_log_index > log.size()) return false;
    return term_at(log, request.prev_log_index) == request.prev_log_term ||
           has(Mutation::ignore_previous_term);
  }
  /// An existing entry that conflicts with a new one (same index, other term) is deleted with all
  /// that follow it; entries that are not in the log are appended.
  void append_new_entries(Log& log, const Message& request) const {
    if (has(Mutation::truncate_matching_entries)) log.truncate(request.prev_log_index);
    std::size_t index = request.prev_log_index;
    for (const Entry& entry : request.entries) {
      ++index;
      if (index <= log.size() && term_at(log, index) == entry.term) continue;
      log.truncate(index - 1);
      log.push_back(entry);
    }
  }
  /// If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry);
  /// never back, since commitIndex increases monotonically.
  void follow_commit_index(Context& context, const Message& request, Number last_new) const {
    Number& commit_index = context.memory().commit_index;
    if (request.leader_commit <= commit_index) return;
    if (has(Mutation::commit_past_log)) last_new = request.leader_commit;
    commit_index = std::max(commit_index, std::min(request.leader_commit, last_new));
  }

  void receive_appended(Context& context, NodeId follower, const Message& reply) const {
    if (context.memory().role != Role::leader) return;
    if (reply.term != context.durable().current_term) return;
    Number& next_index = context.memory().next_index[follower];
    Number& match_index = context.memory().match_index[follower];
    if (reply.success) {
      match_index = std::max(match_index, reply.match_index);
      next_index = std::max(next_index, static_cast<Number>(match_index + 1));
      advance_commit_index(context);
    } else {
      next_index =
          std::max(static_cast<Number>(next_index - 1), static_cast<Number>(match_index + 1));
    }
  }

  /// Leaders: the highest N that a majority has and that is of the current term is committed
  /// (sections 5.3 and 5.4.2). Terms in a log never fall, so that one search from the end does.
  void advance_commit_index(Context& context) const {
    const Durable& durable = context.durable();
    Volatile& memory = context.memory();
    for (Number n = last_index(durable.log); n > memory.commit_index; --n) {
      const bool current = term_at(durable.log, n) == durable.current_term;
      if (!current && !has(Mutation::commit_earlier_term)) return;
      std::size_t copies = 1;
      for (const Number match : memory.match_index) copies += match >= n ? 1 : 0;
      if (copies >= quorum(context)) {
        memory.commit_index = n;
        return;
      }
    }
  }
};

}  // namespace everyway::raft
