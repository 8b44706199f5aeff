// The message handlers of raft.tla (see raft_tla.hpp): server m.dest receives m from server
// m.source.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "models/mutants/raft_tla.hpp"
#include "models/raft_tla_state.hpp"

namespace everyway::raft_tla {

template <class State>
class MessageHandlers {
 public:
  explicit MessageHandlers(Mutation mutation) : mutation_(mutation) {}

  template <class Step>
  void receive(const State& s, const Message& m, Step& step) const {
    if (m.term > s.servers[m.dest.index()].current_term) return update_term(m, step);
    switch (m.type) {
      case MessageType::request_vote_request:
        return handle_request_vote_request(s, m, step);
      case MessageType::request_vote_response:
        return handle_request_vote_response(s, m, step);
      case MessageType::append_entries_request:
        return handle_append_entries_request(s, m, step);
      case MessageType::append_entries_response:
        return handle_append_entries_response(s, m, step);
    }
  }

 private:
  /// The message stays in flight, to be processed in the new term.
  template <class Step>
  void update_term(const Message& m, Step& step) const {
    step(of(Kind::update_term, m), [m](State& t) {
      auto& server = t.servers[m.dest.index()];
      server.current_term = m.term;
      server.state = Role::follower;
      server.voted_for = NodeId::none();
    });
  }

  template <class Step>
  void handle_request_vote_request(const State& s, const Message& m, Step& step) const {
    const auto& server = s.servers[m.dest.index()];
    const bool log_ok =
        m.last_log_term > server.last_term() ||
        (m.last_log_term == server.last_term() && m.last_log_index >= server.last_index());
    const bool may_vote = server.voted_for.is_none() || server.voted_for == m.source;
    Message response = reply_to(m, MessageType::request_vote_response, server.current_term);
    response.vote_granted = m.term == server.current_term &&
                            (log_ok || has(Mutation::vote_without_log_check)) &&
                            (may_vote || has(Mutation::vote_twice));
    step(of(Kind::handle_request_vote_request, m), [m, response](State& t) {
      if (response.vote_granted) t.servers[m.dest.index()].voted_for = m.source;
      reply(t, response, m);
    });
  }

  template <class Step>
  void handle_request_vote_response(const State& s, const Message& m, Step& step) const {
    const bool stale = m.term < s.servers[m.dest.index()].current_term;
    if (stale && !has(Mutation::count_stale_votes)) return drop_stale_response(m, step);
    step(of(Kind::handle_request_vote_response, m), [m](State& t) {
      auto& server = t.servers[m.dest.index()];
      server.votes_responded.insert(m.source);
      if (m.vote_granted) server.votes_granted.insert(m.source);
      t.messages.erase(m);
    });
  }

  template <class Step>
  void handle_append_entries_request(const State& s, const Message& m, Step& step) const {
    const auto& server = s.servers[m.dest.index()];
    const bool current = m.term == server.current_term;
    const bool log_ok = m.prev_log_index == 0 ||
                        (m.prev_log_index <= server.last_index() &&
                         m.prev_log_term == server.term_at(m.prev_log_index)) ||
                        has(Mutation::append_without_consistency_check);
    if (!current || (server.state == Role::follower && !log_ok)) return reject_request(s, m, step);
    if (server.state == Role::candidate) return return_to_follower(m, step);
    if (server.state == Role::follower) accept_request(server, m, step);
  }

  template <class Step>
  void reject_request(const State& s, const Message& m, Step& step) const {
    const Message response =
        reply_to(m, MessageType::append_entries_response, s.servers[m.dest.index()].current_term);
    step(of(Kind::reject_request, m), [m, response](State& t) { reply(t, response, m); });
  }

  template <class Step>
  void return_to_follower(const Message& m, Step& step) const {
    step(of(Kind::return_to_follower, m),
         [m](State& t) { t.servers[m.dest.index()].state = Role::follower; });
  }

  /// Only a request whose entry is in the log already is answered; the others change the log and
  /// stay in flight.
  template <class Server, class Step>
  void accept_request(const Server& server, const Message& m, Step& step) const {
    const std::size_t index = m.prev_log_index + std::size_t{1};
    const std::size_t i = m.dest.index();
    const bool present = !m.entries.empty() && server.last_index() >= index;
    const bool conflict = present && server.term_at(index) != m.entries[0].term;
    if (m.entries.empty() || (present && (!conflict || has(Mutation::keep_conflicting_entry)))) {
      already_done_with_request(server, m, step);
    } else if (conflict) {
      step(of(Kind::remove_conflict, m), [i](State& t) { t.servers[i].log.pop_back(); });
    } else if (server.last_index() == m.prev_log_index ||
               has(Mutation::append_without_consistency_check)) {
      step(of(Kind::append_entry, m),
           [i, m](State& t) { t.servers[i].log.push_back(m.entries[0]); });
    }
  }

  template <class Server, class Step>
  void already_done_with_request(const Server& server, const Message& m, Step& step) const {
    Message response = reply_to(m, MessageType::append_entries_response, server.current_term);
    response.success = true;
    response.match_index = byte(m.prev_log_index + m.entries.size());
    step(of(Kind::already_done_with_request, m), [m, response](State& t) {
      t.servers[m.dest.index()].commit_index = m.commit_index;
      reply(t, response, m);
    });
  }

  template <class Step>
  void handle_append_entries_response(const State& s, const Message& m, Step& step) const {
    if (m.term < s.servers[m.dest.index()].current_term) return drop_stale_response(m, step);
    step(of(Kind::handle_append_entries_response, m), [m](State& t) {
      auto& server = t.servers[m.dest.index()];
      const std::size_t j = m.source.index();
      if (m.success) {
        server.next_index[j] = byte(m.match_index + std::size_t{1});
        server.match_index[j] = m.match_index;
      } else {
        server.next_index[j] =
            std::max(byte(server.next_index[j] - std::size_t{1}), std::uint8_t{1});
      }
      t.messages.erase(m);
    });
  }

  template <class Step>
  void drop_stale_response(const Message& m, Step& step) const {
    step(of(Kind::drop_stale_response, m), [m](State& t) { t.messages.erase(m); });
  }

  static void reply(State& t, const Message& response, const Message& request) {
    t.messages.erase(request);
    t.messages.insert(response);
  }

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation_ == mistake; }

  Mutation mutation_;
};

}  // namespace everyway::raft_tla
