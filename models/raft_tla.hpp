// raft.tla (Diego Ongaro), the specification of the Raft consensus algorithm in his dissertation
// "Consensus: Bridging Theory and Practice" (2014), appendix B, without its history variables.
#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "checker/catalogue/family.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/raft_tla.hpp"
#include "models/raft_tla_messages.hpp"
#include "models/raft_tla_state.hpp"
#include "properties/raft.hpp"

namespace everyway::raft_tla {

struct Options {
  int servers = 3;
  int values = 1;
  int max_term = 2;
  int max_log = 1;
  int max_messages = 1;
  bool loss = false;
  bool restart = false;
  bool duplication = false;
};
BOOST_DESCRIBE_STRUCT(Options, (),
                      (servers, values, max_term, max_log, max_messages, loss, restart,
                       duplication))

template <std::size_t Servers, std::size_t MaxLog, std::size_t MaxMessages>
class Raft {
 public:
  using State = raft_tla::State<Servers, MaxLog, MaxMessages>;
  using Action = raft_tla::Action;
  using property = PropertyOf<State, Action>;

  Raft(const Options& options, std::string_view mutant)
      : options_(options),
        size_(static_cast<std::size_t>(options.servers)),
        mutation_(mutation_named<Mutation>(mutant)),
        handlers_(mutation_) {}

  template <class Emit>
  void init(Emit&& emit) const {
    State s;
    for (std::size_t i = 0; i < size_; ++i) {
      s.servers[i].current_term = 1;
      std::fill_n(s.servers[i].next_index.begin(), size_, std::uint8_t{1});
    }
    emit(s);
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    for (std::size_t i = 0; i < size_; ++i) {
      timeout(s, i, step);
      if (options_.restart) restart(i, step);
      become_leader(s, i, step);
      client_request(s, i, step);
      advance_commit_index(s, i, step);
      for (std::size_t j = 0; j < size_; ++j) {
        request_vote(s, i, j, step);
        append_entries(s, i, j, step);
      }
    }
    for (std::size_t position = 0; position < s.messages.size(); ++position) {
      if (!s.messages.first_of_equals(position)) continue;
      const Message m = s.messages[position];
      handlers_.receive(s, m, step);
      if (options_.duplication) {
        step(of(Kind::duplicate_message, m), [m](State& t) { t.messages.insert(m); });
      }
      if (options_.loss) step(of(Kind::drop_message, m), [m](State& t) { t.messages.erase(m); });
    }
  }

  /// The CONSTRAINT: terms, logs and messages in flight are bounded, and no message is in flight
  /// twice.
  [[nodiscard]] bool within(const State& s) const {
    for (std::size_t i = 0; i < size_; ++i) {
      if (s.servers[i].current_term > options_.max_term) return false;
      if (s.servers[i].last_index() > static_cast<std::size_t>(options_.max_log)) return false;
    }
    if (s.messages.size() > static_cast<std::size_t>(options_.max_messages)) return false;
    for (std::size_t position = 0; position < s.messages.size(); ++position) {
      if (!s.messages.first_of_equals(position)) return false;
    }
    return true;
  }

  /// No server differs from another but by its name.
  [[nodiscard]] Interchangeable interchangeable() const {
    return {NodeSet<64>::first(size_), size_};
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all = safety();
    for (auto& possibility : possibilities()) all.push_back(std::move(possibility));
    return all;
  }

 private:
  // Properties.

  [[nodiscard]] View<State> view(const State& s) const { return {s, size_}; }

  [[nodiscard]] Properties<State, Action> safety() const {
    namespace raft = raft_properties;
    return {
        property::always("Election Safety", "at most one leader can be elected in a given term",
                         [this](const State& s) { return raft::election_safety(view(s)); }),
        property::always_step("Leader Append-Only",
                              "a leader never overwrites or deletes entries in its log",
                              [this](const State& before, const Action&, const State& after) {
                                return raft::leader_append_only(view(before), view(after));
                              }),
        property::always("Log Matching",
                         "logs with an entry of the same index and term are identical up to it",
                         [this](const State& s) { return raft::log_matching(view(s)); }),
        property::always("Leader Completeness",
                         "a committed entry is in the logs of the leaders of later terms",
                         [this](const State& s) { return raft::leader_completeness(view(s)); }),
        property::always("State Machine Safety",
                         "no two servers commit different entries at the same index",
                         [this](const State& s) { return raft::state_machine_safety(view(s)); }),
    };
  }

  /// What the bounds leave room for.
  [[nodiscard]] Properties<State, Action> possibilities() const {
    Properties<State, Action> all;
    if (options_.max_term < 2 || options_.max_messages < 1) return all;
    all.push_back(property::reachable("Leader", "some server is a leader", [](const State& s) {
      return std::any_of(s.servers.begin(), s.servers.end(),
                         [](const auto& server) { return server.state == Role::leader; });
    }));
    if (options_.max_log < 1) return all;
    all.push_back(property::reachable(
        "Committed entry", "some server knows an entry to be committed", [this](const State& s) {
          return raft_properties::committed_entries_of_terms(view(s), 1);
        }));
    return all;
  }

  // Actions of a server.

  /// Server i restarts from stable storage: its term, vote and log.
  template <class Step>
  void restart(std::size_t i, Step& step) const {
    step(of(Kind::restart, i), [this, i](State& t) {
      auto& server = t.servers[i];
      server.state = Role::follower;
      server.votes_responded.clear();
      server.votes_granted.clear();
      std::fill_n(server.next_index.begin(), size_, std::uint8_t{1});
      std::fill_n(server.match_index.begin(), size_, std::uint8_t{0});
      server.commit_index = 0;
      if (has(Mutation::restart_forgets_vote)) server.voted_for = NodeId::none();
    });
  }

  template <class Step>
  void timeout(const State& s, std::size_t i, Step& step) const {
    if (s.servers[i].state == Role::leader) return;
    step(of(Kind::timeout, i), [i](State& t) {
      auto& server = t.servers[i];
      server.state = Role::candidate;
      ++server.current_term;
      server.voted_for = NodeId::none();
      server.votes_responded.clear();
      server.votes_granted.clear();
    });
  }

  /// Candidates ask for their own vote by message, too.
  template <class Step>
  void request_vote(const State& s, std::size_t i, std::size_t j, Step& step) const {
    const auto& server = s.servers[i];
    if (server.state != Role::candidate || server.votes_responded.contains(NodeId::at(j))) return;
    Message request = message(MessageType::request_vote_request, server.current_term, NodeId::at(i),
                              NodeId::at(j));
    request.last_log_term = server.last_term();
    request.last_log_index = byte(server.last_index());
    step(of(Kind::request_vote, i, j), [request](State& t) { t.messages.insert(request); });
  }

  template <class Step>
  void append_entries(const State& s, std::size_t i, std::size_t j, Step& step) const {
    const auto& server = s.servers[i];
    if (i == j || server.state != Role::leader) return;
    const std::size_t next = server.next_index[j];
    const std::size_t last = std::min(server.last_index(), next);
    Message request = message(MessageType::append_entries_request, server.current_term,
                              NodeId::at(i), NodeId::at(j));
    request.prev_log_index = byte(next - 1);
    request.prev_log_term = server.term_at(next - 1);
    if (next <= last) request.entries.push_back(server.log[next - 1]);
    request.commit_index = std::min(server.commit_index, byte(last));
    step(of(Kind::append_entries, i, j), [request](State& t) { t.messages.insert(request); });
  }

  template <class Step>
  void become_leader(const State& s, std::size_t i, Step& step) const {
    if (s.servers[i].state != Role::candidate || !is_quorum(s.servers[i].votes_granted)) return;
    step(of(Kind::become_leader, i), [this, i](State& t) {
      auto& server = t.servers[i];
      server.state = Role::leader;
      std::fill_n(server.next_index.begin(), size_, byte(server.last_index() + 1));
      std::fill_n(server.match_index.begin(), size_, std::uint8_t{0});
    });
  }

  template <class Step>
  void client_request(const State& s, std::size_t i, Step& step) const {
    if (s.servers[i].state != Role::leader) return;
    for (std::uint8_t value = 1; value <= options_.values; ++value) {
      Action action = of(Kind::client_request, i);
      action.value = value;
      step(action, [this, i, value](State& t) {
        auto& server = t.servers[i];
        const bool overwrites = has(Mutation::overwrite_last_entry) && !server.log.empty();
        if (overwrites) server.log.pop_back();
        server.log.push_back({server.current_term, value});
      });
    }
  }

  /// Enabled for every leader, also when it changes nothing.
  template <class Step>
  void advance_commit_index(const State& s, std::size_t i, Step& step) const {
    const auto& server = s.servers[i];
    if (server.state != Role::leader) return;
    std::size_t agreed = server.last_index();
    while (agreed > 0 && !is_quorum(agreeing(server, i, agreed))) --agreed;
    const bool advances = agreed > 0 && server.term_at(agreed) == server.current_term;
    const std::uint8_t commit_index = advances ? byte(agreed) : server.commit_index;
    step(of(Kind::advance_commit_index, i),
         [i, commit_index](State& t) { t.servers[i].commit_index = commit_index; });
  }

  [[nodiscard]] bool is_quorum(const NodeSet<Servers>& set) const {
    return 2 * set.size() + (has(Mutation::half_is_a_quorum) ? 1 : 0) > size_;
  }
  /// The servers whose logs agree with the log of leader i up to `index`, as far as it knows.
  template <class Server>
  [[nodiscard]] NodeSet<Servers> agreeing(const Server& server, std::size_t i,
                                          std::size_t index) const {
    if (has(Mutation::commit_before_replication)) return NodeSet<Servers>::first(size_);
    NodeSet<Servers> agree;
    agree.insert(NodeId::at(i));
    for (std::size_t k = 0; k < size_; ++k) {
      if (server.match_index[k] >= index) agree.insert(NodeId::at(k));
    }
    return agree;
  }
  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation_ == mistake; }

  Options options_;
  std::size_t size_;
  Mutation mutation_;
  MessageHandlers<State> handlers_;
};

/// `everyway check raft_tla`.
struct Family {
  using Options = raft_tla::Options;
  static constexpr std::string_view name = "raft_tla";
  static constexpr std::string_view summary =
      "Raft, twin of raft.tla: elections and replication over a bag of messages, by bounds on "
      "states";
  static constexpr std::string_view source =
      "raft.tla (Ongaro), github.com/ongardie/raft.tla, without its history variables";

  static Parameters<Options> parameters() {
    return {
        ranged(&Options::servers, 1, 5, "servers"),
        ranged(&Options::values, 1, 2, "values that a client may request"),
        ranged(&Options::max_term, 1, 9, "bound on every server's term; the first is 1"),
        ranged(&Options::max_log, 0, 7, "bound on the entries in every server's log"),
        ranged(&Options::max_messages, 0, 8, "bound on the messages in flight, copies counted"),
        toggle(&Options::loss, "the network may lose messages (DropMessage)"),
        toggle(&Options::restart, "servers may restart from stable storage (Restart)"),
        toggle(&Options::duplication, "the network may double messages (DuplicateMessage)"),
    };
  }
  static Mutants mutants() { return raft_tla::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    if (options.servers <= 3 && options.max_log <= 2 && options.max_messages <= 3) {
      return visit(Raft<3, 2, 3>(options, mutant));
    }
    return visit(Raft<5, 7, 8>(options, mutant));
  }
};

}  // namespace everyway::raft_tla
