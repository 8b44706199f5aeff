#pragma once

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include "models/raft.hpp"

namespace everyway::testing {

/// A scene of Raft that a test plays timer by timer. Messages either make their round trip at once
/// or are lost, so that nothing is left over for the next exchange. Copies go their own ways.
class RaftScene {
 public:
  using Model = raft::Raft<5, 8, 4, 20>;
  using State = Model::State;
  using Action = Model::Action;
  using Kind = cluster::ActionKind;

  /// Servers without a bound on anything that a scene needs.
  explicit RaftScene(int servers, std::string_view mutant = "")
      : model_(options_for(servers), mutant) {
    model_.init([this](const State& initial) { state_ = initial; });
  }

  /// The timer fires; its messages reach these servers, whose answers arrive. The others are lost.
  RaftScene& exchange(unsigned server, raft::Timer timer, std::initializer_list<unsigned> reached) {
    take([&](const Action& action) {
      return action.kind == Kind::time_out && action.node.number() == server &&
             action.timer == timer && action.crash_after == 0;
    });
    const auto reaches = [&](const Action& action) {
      return std::find(reached.begin(), reached.end(), action.node.number()) != reached.end();
    };
    while (!state_.network.messages.empty()) {
      const auto envelope = state_.network.messages[0];
      const bool answer = envelope.to.number() == server;
      take([&](const Action& action) {
        if (!same_bytes(action.envelope(), envelope) || action.crash_after != 0) return false;
        return action.kind == (answer || reaches(action) ? Kind::deliver : Kind::drop);
      });
    }
    return *this;
  }
  RaftScene& election(unsigned server, std::initializer_list<unsigned> reached) {
    return exchange(server, raft::Timer::election, reached);
  }
  RaftScene& heartbeat(unsigned leader, std::initializer_list<unsigned> reached) {
    return exchange(leader, raft::Timer::heartbeat, reached);
  }
  RaftScene& request(unsigned leader) { return by(Kind::request, leader); }
  RaftScene& crash(unsigned server) { return by(Kind::crash, server); }
  RaftScene& restart(unsigned server) { return by(Kind::restart, server); }

  [[nodiscard]] const auto& server(unsigned number) const { return state_.processes[number - 1]; }
  [[nodiscard]] bool leads(unsigned number) const {
    return server(number).memory.role == raft::Role::leader;
  }
  [[nodiscard]] unsigned term(unsigned number) const { return server(number).durable.current_term; }
  [[nodiscard]] unsigned commit_index(unsigned number) const {
    return server(number).memory.commit_index;
  }
  /// The terms of its entries, as a digit each: "124" for the log of S1 in Figure 8 (e).
  [[nodiscard]] std::string log(unsigned number) const {
    std::string terms;
    for (const raft::Entry& entry : server(number).disk.log) terms += std::to_string(entry.term);
    return terms;
  }

 private:
  static raft::Options options_for(int servers) {
    raft::Options options;
    options.servers = servers;
    options.max_term = 9;
    options.max_log = 8;
    options.requests = 9;
    options.drops = 100;
    options.crashes = 9;
    options.restarts = 9;
    return options;
  }

  RaftScene& by(Kind kind, unsigned server) {
    return take([&](const Action& action) {
      return action.kind == kind && action.node.number() == server && action.crash_after == 0;
    });
  }

  template <class Wanted>
  RaftScene& take(Wanted wanted) {
    bool taken = false;
    const State before = state_;
    model_.next(before, [&](const Action& action, auto&& effect) {
      if (taken || !wanted(action)) return;
      taken = true;
      effect(state_);
    });
    if (!taken) throw std::logic_error("this action is not enabled");
    return *this;
  }

  Model model_;
  State state_{};
};

}  // namespace everyway::testing
