// Problem 1, consensus under failure: A has term 4 and a log of 7 entries, B term 4 and 6 entries,
// C term 3 and 8 entries. A stands for election in term 5. Who votes for A? Does A lead?
//
// The servers are those of models/raft_server.hpp. "Term 4 with log index 7" is read as: the last
// entry, at index 7, is of term 4. C led term 3 and replicated five of its entries; then A led term
// 4, with B's vote and its own, and replicated one of its two.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "examples/practice/restricted.hpp"
#include "models/raft.hpp"

namespace practice {

using everyway::NodeId;

struct ElectionOptions {
  int candidate = 1;
  int drops = 0;
  bool one_term = false;
  bool tell = false;
};
BOOST_DESCRIBE_STRUCT(ElectionOptions, (), (candidate, drops, one_term, tell))

class Election : public Restricted<everyway::raft::Raft<3, 8, 1, 8>> {
  using Raft = everyway::raft::Raft<3, 8, 1, 8>;
  using Kind = everyway::cluster::ActionKind;

 public:
  using Options = ElectionOptions;
  static constexpr std::string_view name = "election";
  static constexpr std::string_view summary =
      "problem 1: an election among servers A (n1), B (n2), C (n3) with different logs";
  static constexpr std::string_view source = "Ongaro & Ousterhout 2014, sections 5.2 and 5.4.1";

  static everyway::Parameters<Options> parameters() {
    using everyway::ranged;
    return {
        ranged(&Options::candidate, 1, 3, "who stands for election: 1 for A, 2 for B, 3 for C"),
        ranged(&Options::drops, 0, 4, "messages in flight that the network may lose"),
        everyway::toggle(&Options::one_term,
                         "read the problem otherwise: all entries are of term 3, and the terms "
                         "that it gives are those of the servers"),
        everyway::toggle(&Options::tell,
                         "claim that the candidate never leads with the votes of all, so that the "
                         "counterexample tells how it does"),
    };
  }
  static everyway::Mutants mutants() { return {}; }

  Election(const Options& options, std::string_view /*mutant*/)
      : Restricted(Raft(raft_options(options), "")), options_(options) {}

  template <class Emit>
  void init(Emit&& emit) const {
    model().init([&](State state) {
      set(state.processes[0], 4, NodeId::at(0), {3, 3, 3, 3, 3, 4, 4});
      set(state.processes[1], 4, NodeId::at(0), {3, 3, 3, 3, 3, 4});
      set(state.processes[2], 3, NodeId::at(2), {3, 3, 3, 3, 3, 3, 3, 3});
      emit(state);
    });
  }

  /// Only the candidate's election timer fires; a leader, once there is one, does nothing more.
  template <class Step>
  void next(const State& state, Step&& step) const {
    model().next(state, [&](const Action& action, auto&& effect) {
      const bool is_ours = action.node == candidate() && !leads(state) &&
                           action.timer == everyway::raft::Timer::election;
      if (action.kind != Kind::time_out || is_ours) step(action, effect);
    });
  }

  /// A run ends where the candidate leads.
  [[nodiscard]] bool may_end(const State& state) const { return leads(state); }

  [[nodiscard]] everyway::Properties<State, Action> properties() const {
    everyway::Properties<State, Action> all = properties_of_model({"Election Safety"});
    for (std::size_t voter = 0; voter < 3; ++voter) {
      if (NodeId::at(voter) == candidate()) continue;
      all.push_back(property::reachable(
          std::string(1, letters[voter]) + " votes for the candidate", "the vote is on disk",
          [this_one = *this, voter](const State& s) { return this_one.has_vote_of(s, voter); }));
    }
    all.push_back(
        property::always("Nobody refuses", "no vote is refused to the candidate",
                         [this_one = *this](const State& s) { return this_one.refusal(s); }));
    all.push_back(
        property::reachable("The candidate leads", "it is elected",
                            [this_one = *this](const State& s) { return this_one.leads(s); }));
    if (!options_.tell) return all;
    all.push_back(property::always(
        "Tell", "claimed in order to be refuted",
        [this_one = *this](const State& s) -> everyway::Refutation {
          for (std::size_t voter = 0; voter < 3; ++voter) {
            if (NodeId::at(voter) != this_one.candidate() && !this_one.has_vote_of(s, voter)) {
              return std::nullopt;
            }
          }
          if (!this_one.leads(s)) return std::nullopt;
          return everyway::text_of(this_one.candidate()) + " leads, and all have voted for it";
        }));
    return all;
  }

 private:
  static constexpr std::array<char, 3> letters{'A', 'B', 'C'};

  /// No election goes beyond term 5.
  static everyway::raft::Options raft_options(const Options& options) {
    everyway::raft::Options all;
    all.servers = 3;
    all.max_term = 5;
    all.max_log = 8;
    all.requests = 0;
    all.max_in_flight = 8;
    all.crashes = 0;
    all.restarts = 0;
    all.drops = options.drops;
    return all;
  }

  template <class Server>
  void set(Server& server, std::uint8_t term, NodeId vote,
           std::initializer_list<std::uint8_t> entries) const {
    server.durable.current_term = term;
    server.durable.voted_for = vote;
    for (const std::uint8_t entry : entries) {
      const auto of_term = options_.one_term ? std::uint8_t{3} : entry;
      server.durable.log.push_back(
          {of_term, static_cast<std::uint8_t>(server.durable.log.size() + 1)});
    }
    server.disk = server.durable;
  }

  [[nodiscard]] NodeId candidate() const {
    return NodeId::at(static_cast<std::size_t>(options_.candidate) - 1);
  }
  [[nodiscard]] bool leads(const State& state) const {
    return state[candidate()].memory.role == everyway::raft::Role::leader;
  }
  [[nodiscard]] bool has_vote_of(const State& state, std::size_t voter) const {
    const auto& disk = state.processes[voter].disk;
    return disk.voted_for == candidate() && disk.current_term == 5;
  }
  [[nodiscard]] everyway::Refutation refusal(const State& state) const {
    using everyway::raft::MessageType;
    for (const auto& envelope : state.network.messages) {
      if (envelope.message.type != MessageType::request_vote_reply) continue;
      if (envelope.message.vote_granted) continue;
      return fmt::format("{} refuses its vote", everyway::text_of(envelope.from));
    }
    return std::nullopt;
  }

  Options options_;
};

}  // namespace practice
