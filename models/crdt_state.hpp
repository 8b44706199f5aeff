// Replication by states: a replica updates its own state, sends it, and merges what it receives.
// The network keeps every state that any replica ever had, and may deliver each to any replica, in
// any order, again and again, or never: it loses, duplicates and reorders.
//
// All of the types of structures/crdt are explored, each with its own updates; `--or-set` and its
// like choose some. With `--delta`, an update sends what it changed instead of the whole state, and
// replicas send nothing on.
//
// Source: Marc Shapiro, Nuno Preguica, Carlos Baquero and Marek Zawirski, "A comprehensive study of
// Convergent and Commutative Replicated Data Types" (INRIA RR-7506, 2011), section 2; Paulo Sergio
// Almeida, Ali Shoker and Carlos Baquero, "Delta State Replicated Data Types" (2018).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "models/crdt_options.hpp"
#include "models/crdt_payload.hpp"
#include "models/mutants/crdt_state.hpp"
#include "models/mutants/mutation_named.hpp"
#include "structures/crdt/lattice.hpp"

namespace everyway::crdt_state {

using crdt::Operation;
using crdt::Payload;
using crdt::UpdateSet;

struct Options {
  int replicas = 3;
  int updates = 3;
  int keys = 1;
  bool delta = false;
  bool g_counter = false;
  bool pn_counter = false;
  bool g_set = false;
  bool two_phase_set = false;
  bool or_set = false;
  bool lww_register = false;
  bool mv_register = false;
  bool lww_map = false;
  bool rga = false;
};
BOOST_DESCRIBE_STRUCT(Options, (),
                      (replicas, updates, keys, delta, g_counter, pn_counter, g_set, two_phase_set,
                       or_set, lww_register, mv_register, lww_map, rga))

/// The state of a replica, or of one as the network has it, and the updates that went into it.
struct Replica {
  Payload payload;
  UpdateSet delivered = 0;  ///< history
};
BOOST_DESCRIBE_STRUCT(Replica, (), (payload, delivered))

enum class Kind : std::uint8_t { update, deliver };
BOOST_DESCRIBE_ENUM(Kind, update, deliver)

struct Action {
  Kind kind{};
  NodeId replica;
  Operation operation{};     ///< updates
  std::uint8_t key = 0;      ///< updates
  std::uint8_t message = 0;  ///< deliveries: position in the network, from 1

  [[nodiscard]] std::string text() const {
    if (kind == Kind::deliver)
      return fmt::format("{} receives state {}", text_of(replica), message);
    return fmt::format("{}: {}", text_of(replica), crdt::update_text(operation, key));
  }
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, replica, operation, key, message))

struct State {
  InlineVector<crdt::Update, crdt::most_updates> history;
  PerNode<Replica, crdt::most_replicas> replicas;
  InlineSet<Replica, std::size_t{1} << crdt::most_updates> network;
};
BOOST_DESCRIBE_STRUCT(State, (), (history, replicas, network))

class Replication {
 public:
  using Options = crdt_state::Options;
  using State = crdt_state::State;
  using Action = crdt_state::Action;
  using property = PropertyOf<State, Action>;
  static constexpr std::string_view name = "crdt_state";
  static constexpr std::string_view summary =
      "state-based CRDTs over a network that loses, duplicates and reorders";
  static constexpr std::string_view source =
      "Shapiro, Preguica, Baquero & Zawirski, A comprehensive study of Convergent and Commutative "
      "Replicated Data Types (2011); Almeida, Shoker & Baquero, Delta State Replicated Data Types "
      "(2018)";

  static Parameters<Options> parameters();
  static Mutants mutants() { return crdt_state::mutants(); }

  Replication(const Options& options, std::string_view mutant)
      : options_(options), mutation_(mutation_named<Mutation>(mutant)), types_(types_of(options)) {}

  /// One initial state for each type.
  template <class Emit>
  void init(Emit&& emit) const {
    for (const crdt::Type type : types_) {
      State state;
      for (Replica& replica : state.replicas) replica.payload.type = type;
      emit(state);
    }
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    for (std::size_t index = 0; index < size(); ++index) {
      const NodeId replica = NodeId::at(index);
      if (s.history.size() < updates()) {
        for_each_update(s, replica, [&](Operation operation, crdt::Item key) {
          step(Action{Kind::update, replica, operation, key, 0},
               [=, this](State& t) { update(t, replica, operation, key); });
        });
      }
      for (std::size_t position = 0; position < s.network.size(); ++position) {
        step(Action{Kind::deliver, replica, {}, 0, static_cast<std::uint8_t>(position + 1)},
             [=, this](State& t) { deliver(t, replica, position); });
      }
    }
  }

  /// A type that converges has at most one state for each set of updates.
  [[nodiscard]] bool within(const State& state) const {
    return state.network.size() < std::size_t{1} << options_.updates;
  }

  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& after) const {
    if (action.kind == Kind::update) {
      return fmt::format("{} (update {})", action.text(), after.history.size());
    }
    const Replica& received = before.network[action.message - std::size_t{1}];
    return fmt::format("{} receives {}, which has updates {}", text_of(action.replica),
                       text_of(received.payload), crdt::updates_text(received.delivered));
  }

  /// What is on its way, and the history, are the story itself.
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    return crdt::changes_of_replicas(before, after, size());
  }

  [[nodiscard]] Properties<State, Action> properties() const;

 private:
  [[nodiscard]] static std::vector<crdt::Type> types_of(const Options& options) {
    return crdt::chosen_types({{crdt::Type::g_counter, options.g_counter},
                               {crdt::Type::pn_counter, options.pn_counter},
                               {crdt::Type::g_set, options.g_set},
                               {crdt::Type::two_phase_set, options.two_phase_set},
                               {crdt::Type::or_set, options.or_set},
                               {crdt::Type::lww_register, options.lww_register},
                               {crdt::Type::mv_register, options.mv_register},
                               {crdt::Type::lww_map, options.lww_map},
                               {crdt::Type::rga, options.rga}});
  }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(options_.replicas); }
  [[nodiscard]] std::size_t updates() const { return static_cast<std::size_t>(options_.updates); }

  template <class Visit>
  void for_each_update(const State& state, NodeId replica, const Visit& visit) const {
    const Payload& payload = state.replicas[replica].payload;
    crdt::with_state_of(payload.type, [&](auto type) {
      crdt::for_each_operation(payload.as<typename decltype(type)::type>(),
                               static_cast<crdt::Item>(options_.keys), visit);
    });
  }

  void update(State& state, NodeId self, Operation operation, crdt::Item key) const {
    Replica& replica = state.replicas[self];
    const std::size_t position = state.history.size();
    state.history.push_back({operation, key, self, replica.delivered});
    replica.delivered = static_cast<UpdateSet>(replica.delivered | crdt::just(position));
    const crdt::Request request{operation, key, static_cast<crdt::Item>(position + 1), self};
    Replica message = replica;
    crdt::with_state_of(replica.payload.type, [&](auto type) {
      auto value = replica.payload.as<typename decltype(type)::type>();
      const auto delta = delta_of(value, request, mutation_);
      apply(value, request, mutation_);
      replica.payload.put(value);
      message.payload = replica.payload;
      if (!options_.delta || !delta) return;
      message.payload.put(*delta);
      message.delivered = stands_for(state, position);
    });
    state.network.insert(message);
  }

  /// The updates that the delta of an update tells of: a count includes what was counted before.
  [[nodiscard]] static UpdateSet stands_for(const State& state, std::size_t position) {
    const crdt::Update& update = state.history[position];
    UpdateSet updates = crdt::just(position);
    const bool counts =
        update.operation == Operation::increment || update.operation == Operation::decrement;
    for (std::size_t earlier = 0; counts && earlier < position; ++earlier) {
      const crdt::Update& other = state.history[earlier];
      if (other.replica != update.replica || other.operation != update.operation) continue;
      updates = static_cast<UpdateSet>(updates | crdt::just(earlier));
    }
    return updates;
  }

  void deliver(State& state, NodeId self, std::size_t position) const {
    const Replica message = state.network[position];
    Replica& replica = state.replicas[self];
    crdt::with_state_of(replica.payload.type, [&](auto type) {
      auto value = replica.payload.as<typename decltype(type)::type>();
      merge(value, message.payload.as<typename decltype(type)::type>(), mutation_);
      replica.payload.put(value);
    });
    replica.delivered = static_cast<UpdateSet>(replica.delivered | message.delivered);
    if (!options_.delta) state.network.insert(replica);
  }

  Options options_;
  Mutation mutation_;
  std::vector<crdt::Type> types_;
};

inline Parameters<Options> Replication::parameters() {
  return {
      ranged(&Options::replicas, 2, static_cast<int>(crdt::most_replicas), "replicas"),
      ranged(&Options::updates, 2, static_cast<int>(crdt::most_updates), "updates, by any replica"),
      ranged(&Options::keys, 1, static_cast<int>(crdt::most_keys),
             "elements of the sets, and keys of the map"),
      toggle(&Options::delta, "an update sends what it changed, where the type can tell that"),
      toggle(&Options::g_counter, "explore the grow-only counter; without a type, all are"),
      toggle(&Options::pn_counter, "explore the counter with decrements"),
      toggle(&Options::g_set, "explore the grow-only set"),
      toggle(&Options::two_phase_set, "explore the two-phase set"),
      toggle(&Options::or_set, "explore the observed-remove set"),
      toggle(&Options::lww_register, "explore the last-writer-wins register"),
      toggle(&Options::mv_register, "explore the multi-value register"),
      toggle(&Options::lww_map, "explore the map of last-writer-wins registers"),
      toggle(&Options::rga, "explore the replicated growable array"),
  };
}

inline Properties<State, Action> Replication::properties() const {
  Properties<State, Action> all{
      crdt::strong_convergence<State, Action>(size()),
      crdt::specification<State, Action>(size()),
      property::always_step(
          "Monotonic Semilattice",
          "a replica's state only grows in the order of the semilattice (Shapiro et al. 2011, "
          "Definition 2.4)",
          [](const State& before, const Action& action, const State& after) -> Refutation {
            const Payload& old = before.replicas[action.replica].payload;
            const Payload& now = after.replicas[action.replica].payload;
            const bool grows = crdt::with_state_of(old.type, [&](auto type) {
              using Value = typename decltype(type)::type;
              return crdt::at_most(old.as<Value>(), now.as<Value>());
            });
            if (grows) return std::nullopt;
            return because([&] {
              return fmt::format("{} goes from {} to {}", text_of(action.replica), old.text(),
                                 now.text());
            });
          }),
  };
  for (const crdt::Type type : types_) {
    all.push_back(crdt::convergence_of<State, Action>(type, enum_name(type), size(), updates()));
  }
  return all;
}

/// `everyway check crdt_state`.
using Family = FamilyOf<Replication>;

}  // namespace everyway::crdt_state
