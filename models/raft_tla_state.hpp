// The variables and messages of raft.tla (see raft_tla.hpp).
#pragma once

#include <fmt/format.h>

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/model/inline_bag.hpp"
#include "checker/model/inline_vector.hpp"
#include "checker/model/node_id.hpp"
#include "checker/model/per_node.hpp"
#include "checker/model/text.hpp"

namespace everyway::raft_tla {

struct Entry {
  std::uint8_t term = 0;
  std::uint8_t value = 0;  ///< from 1

  friend bool operator==(const Entry&, const Entry&) = default;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (term, value))

enum class MessageType : std::uint8_t {
  request_vote_request,
  request_vote_response,
  append_entries_request,
  append_entries_response,
};
BOOST_DESCRIBE_ENUM(MessageType, request_vote_request, request_vote_response,
                    append_entries_request, append_entries_response)

/// The fields of all four types, under the names of the specification without their "m". Those of
/// other types than the message's own are zero.
struct Message {
  MessageType type{};
  std::uint8_t term = 0;
  NodeId source;
  NodeId dest;
  std::uint8_t last_log_term = 0;
  std::uint8_t last_log_index = 0;
  bool vote_granted = false;
  std::uint8_t prev_log_index = 0;
  std::uint8_t prev_log_term = 0;
  InlineVector<Entry, 1> entries;  ///< none or one
  std::uint8_t commit_index = 0;
  bool success = false;
  std::uint8_t match_index = 0;

  [[nodiscard]] std::string text() const {
    return fmt::format("{} {}->{} term {}{}", text_of(type), text_of(source), text_of(dest), +term,
                       text_of_payload());
  }

 private:
  [[nodiscard]] std::string text_of_payload() const {
    switch (type) {
      case MessageType::request_vote_request:
        return fmt::format(", last entry {} of term {}", +last_log_index, +last_log_term);
      case MessageType::request_vote_response:
        return vote_granted ? ", granted" : ", denied";
      case MessageType::append_entries_request:
        return fmt::format(", after entry {} of term {}: {}, commit {}", +prev_log_index,
                           +prev_log_term, text_of(entries), +commit_index);
      case MessageType::append_entries_response:
        return success ? fmt::format(", matches to {}", +match_index) : ", rejected";
    }
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(Message, (),
                      (type, term, source, dest, last_log_term, last_log_index, vote_granted,
                       prev_log_index, prev_log_term, entries, commit_index, success, match_index))

[[nodiscard]] inline Message message(MessageType type, std::uint8_t term, NodeId source,
                                     NodeId dest) {
  Message m;
  m.type = type;
  m.term = term;
  m.source = source;
  m.dest = dest;
  return m;
}
[[nodiscard]] inline Message reply_to(const Message& m, MessageType type, std::uint8_t term) {
  return message(type, term, m.dest, m.source);
}

enum class Role : std::uint8_t { follower, candidate, leader };
BOOST_DESCRIBE_ENUM(Role, follower, candidate, leader)

/// The variables of one server. Indexes into the log count from 1.
template <std::size_t Servers, std::size_t LogLength>
struct Server {
  std::uint8_t current_term = 0;
  Role state{};
  NodeId voted_for;
  std::uint8_t commit_index = 0;
  NodeSet<Servers> votes_responded;
  NodeSet<Servers> votes_granted;
  PerNode<std::uint8_t, Servers> next_index;
  PerNode<std::uint8_t, Servers> match_index;
  InlineVector<Entry, LogLength> log;

  [[nodiscard]] std::size_t last_index() const noexcept { return log.size(); }
  /// The term of the entry at `index`, from 1 to last_index(); 0 for index 0.
  [[nodiscard]] std::uint8_t term_at(std::size_t index) const noexcept {
    return index == 0 ? std::uint8_t{0} : log[index - 1].term;
  }
  [[nodiscard]] std::uint8_t last_term() const noexcept { return term_at(last_index()); }

  BOOST_DESCRIBE_CLASS(Server, (),
                       (current_term, state, voted_for, commit_index, votes_responded,
                        votes_granted, next_index, match_index, log),
                       (), ())
};

/// Room for one entry and one message more than the bounds allow, since a step may lead outside.
template <std::size_t Servers, std::size_t MaxLog, std::size_t MaxMessages>
struct State {
  PerNode<Server<Servers, MaxLog + 1>, Servers> servers;
  InlineBag<Message, MaxMessages + 1> messages;

  BOOST_DESCRIBE_CLASS(State, (), (servers, messages), (), ())
};

/// A state as the properties of Raft see it. All that a server keeps across a restart is always on
/// disk here.
template <class State>
struct View {
  const State& state;
  std::size_t count;

  [[nodiscard]] std::size_t size() const noexcept { return count; }
  [[nodiscard]] bool is_leader(NodeId i) const { return server(i).state == Role::leader; }
  [[nodiscard]] unsigned current_term(NodeId i) const { return server(i).current_term; }
  [[nodiscard]] const auto& log(NodeId i) const { return server(i).log; }
  [[nodiscard]] std::size_t commit_index(NodeId i) const { return server(i).commit_index; }
  [[nodiscard]] unsigned disk_term(NodeId i) const { return server(i).current_term; }
  [[nodiscard]] NodeId disk_vote(NodeId i) const { return server(i).voted_for; }

 private:
  [[nodiscard]] const auto& server(NodeId i) const { return state.servers[i.index()]; }
};

/// Under the names of the specification. The disjuncts of HandleAppendEntriesRequest, named there
/// by comments, are kinds of their own: reject_request to append_entry.
enum class Kind : std::uint8_t {
  timeout,
  restart,
  request_vote,
  become_leader,
  client_request,
  advance_commit_index,
  append_entries,
  update_term,
  handle_request_vote_request,
  handle_request_vote_response,
  reject_request,
  return_to_follower,
  already_done_with_request,
  remove_conflict,
  append_entry,
  handle_append_entries_response,
  drop_stale_response,
  duplicate_message,
  drop_message,
};
BOOST_DESCRIBE_ENUM(Kind, timeout, restart, request_vote, become_leader, client_request,
                    advance_commit_index, append_entries, update_term, handle_request_vote_request,
                    handle_request_vote_response, reject_request, return_to_follower,
                    already_done_with_request, remove_conflict, append_entry,
                    handle_append_entries_response, drop_stale_response, duplicate_message,
                    drop_message)

struct Action {
  Kind kind{};
  NodeId server;           ///< who acts, unless a message says it
  NodeId peer;             ///< to whom it sends
  std::uint8_t value = 0;  ///< what the client requests
  Message message;         ///< the message received, duplicated or dropped

  [[nodiscard]] std::string text() const {
    std::string text(enum_name(kind));
    if (!server.is_none()) text += " " + text_of(server);
    if (!peer.is_none()) text += " to " + text_of(peer);
    if (value != 0) text += fmt::format(", value {}", +value);
    if (!message.dest.is_none()) text += ": " + message.text();
    return text;
  }
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, server, peer, value, message))

/// A term or an index as states and messages keep it.
[[nodiscard]] inline std::uint8_t byte(std::size_t number) {
  return static_cast<std::uint8_t>(number);
}
[[nodiscard]] inline Action of(Kind kind, std::size_t i) {
  return {kind, NodeId::at(i), {}, 0, {}};
}
[[nodiscard]] inline Action of(Kind kind, std::size_t i, std::size_t j) {
  return {kind, NodeId::at(i), NodeId::at(j), 0, {}};
}
[[nodiscard]] inline Action of(Kind kind, const Message& m) { return {kind, {}, {}, 0, m}; }

}  // namespace everyway::raft_tla
