// Replication by operations: an update takes effect where it is made, and is broadcast. Every
// replica delivers it once, in causal order: vector clocks tell which messages must wait. The
// network reorders and duplicates; a message may stay on its way for good.
//
// The counter, the observed-remove set and the replicated growable array are explored; `--or-set`
// and its like choose some.
//
// Source: Marc Shapiro, Nuno Preguica, Carlos Baquero and Marek Zawirski, "A comprehensive study of
// Convergent and Commutative Replicated Data Types" (INRIA RR-7506, 2011), section 2.2.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "models/crdt_operation_payload.hpp"
#include "models/crdt_options.hpp"
#include "models/mutants/mutation_named.hpp"
#include "structures/clocks/causal_delivery.hpp"

namespace everyway::crdt_operation {

using crdt::UpdateSet;

struct Options {
  int replicas = 3;
  int updates = 3;
  int keys = 1;
  bool counter = false;
  bool or_set = false;
  bool rga = false;
};
BOOST_DESCRIBE_STRUCT(Options, (), (replicas, updates, keys, counter, or_set, rga))

struct Replica {
  Payload payload;
  Clock clock;              ///< how many updates of each replica were delivered
  UpdateSet delivered = 0;  ///< history
  UpdateSet repeated = 0;   ///< history: updates that were wrongly applied a second time
};
BOOST_DESCRIBE_STRUCT(Replica, (), (payload, clock, delivered, repeated))

enum class Kind : std::uint8_t { update, deliver };
BOOST_DESCRIBE_ENUM(Kind, update, deliver)

struct Action {
  Kind kind{};
  NodeId replica;
  Operation operation{};    ///< updates
  std::uint8_t key = 0;     ///< updates
  std::uint8_t number = 0;  ///< deliveries: the update

  [[nodiscard]] std::string text() const {
    if (kind == Kind::deliver) {
      return fmt::format("{} delivers update {}", text_of(replica), number);
    }
    return fmt::format("{}: {}", text_of(replica), crdt::update_text(operation, key));
  }
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, replica, operation, key, number))

struct State {
  InlineVector<crdt::Update, crdt::most_updates> history;
  InlineVector<Message, crdt::most_updates> messages;  ///< that of each update
  PerNode<Replica, crdt::most_replicas> replicas;
};
BOOST_DESCRIBE_STRUCT(State, (), (history, messages, replicas))

class Replication {
 public:
  using Options = crdt_operation::Options;
  using State = crdt_operation::State;
  using Action = crdt_operation::Action;
  using property = PropertyOf<State, Action>;
  static constexpr std::string_view name = "crdt_operation";
  static constexpr std::string_view summary = "operation-based CRDTs over causal broadcast";
  static constexpr std::string_view source =
      "Shapiro, Preguica, Baquero & Zawirski, A comprehensive study of Convergent and Commutative "
      "Replicated Data Types (2011), section 2.2.2";

  static Parameters<Options> parameters();
  static Mutants mutants() { return crdt_operation::mutants(); }

  Replication(const Options& options, std::string_view mutant)
      : options_(options),
        mutation_(mutation_named<Mutation>(mutant)),
        types_(crdt::chosen_types({{crdt::Type::pn_counter, options.counter},
                                   {crdt::Type::or_set, options.or_set},
                                   {crdt::Type::rga, options.rga}})) {}

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
        const auto keys = static_cast<crdt::Item>(options_.keys);
        for_each_operation(s.replicas[index].payload, keys,
                           [&](Operation operation, crdt::Item key) {
                             step(Action{Kind::update, replica, operation, key, 0},
                                  [=, this](State& t) { update(t, replica, operation, key); });
                           });
      }
      for (std::size_t position = 0; position < s.messages.size(); ++position) {
        if (!may_deliver(s, s.replicas[index], replica, position)) continue;
        step(Action{Kind::deliver, replica, {}, 0, static_cast<std::uint8_t>(position + 1)},
             [=, this](State& t) { deliver(t, replica, position); });
      }
    }
  }

  /// A run ends when everything is delivered everywhere: no message waits for good.
  [[nodiscard]] bool may_end(const State& state) const {
    return crdt::all_delivered(state, size(), updates());
  }

  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& after) const {
    if (action.kind == Kind::update) {
      return fmt::format("{} (update {})", action.text(), after.history.size());
    }
    const std::size_t position = action.number - std::size_t{1};
    const crdt::Update& update = before.history[position];
    return fmt::format("{}: {} of {}", action.text(),
                       crdt::update_text(update.operation, update.key), text_of(update.replica));
  }

  /// What is on its way, and the history, are the story itself.
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    return crdt::changes_of_replicas(before, after, size());
  }

  [[nodiscard]] Properties<State, Action> properties() const;

 private:
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(options_.replicas); }
  [[nodiscard]] std::size_t updates() const { return static_cast<std::size_t>(options_.updates); }

  [[nodiscard]] bool may_deliver(const State& state, const Replica& replica, NodeId self,
                                 std::size_t position) const {
    const Message& message = state.messages[position];
    if (message.sender == self) return false;
    const bool is_new = message.clock.counts[message.sender] > replica.clock.counts[message.sender];
    if (mutation_ == Mutation::no_causal_delivery) {
      return !crdt::contains(replica.delivered, position);
    }
    if (mutation_ == Mutation::duplicate_not_discarded && !is_new) {
      return !crdt::contains(replica.repeated, position);
    }
    return clocks::may_be_delivered(message.clock, message.sender, replica.clock);
  }

  void update(State& state, NodeId self, Operation operation, crdt::Item key) const {
    Replica& replica = state.replicas[self];
    const std::size_t position = state.history.size();
    state.history.push_back({operation, key, self, replica.delivered});
    Message message;
    message.sender = self;
    message.clock = replica.clock;
    message.clock.tick(self);
    prepare(replica.payload, {operation, key, static_cast<crdt::Item>(position + 1), self},
            message);
    state.messages.push_back(message);
    take(replica, message, position);
  }
  void deliver(State& state, NodeId self, std::size_t position) const {
    take(state.replicas[self], state.messages[position], position);
  }
  void take(Replica& replica, const Message& message, std::size_t position) const {
    apply(replica.payload, message, mutation_);
    const UpdateSet update = crdt::just(position);
    if (crdt::contains(replica.delivered, position)) {
      replica.repeated = static_cast<UpdateSet>(replica.repeated | update);
    }
    replica.delivered = static_cast<UpdateSet>(replica.delivered | update);
    replica.clock.merge(message.clock);
  }

  Options options_;
  Mutation mutation_;
  std::vector<crdt::Type> types_;
};

/// One of the first `size` replicas that has delivered an update, but not all that this has seen.
[[nodiscard]] inline Refutation effect_before_cause(const State& state, std::size_t size) {
  for (std::size_t index = 0; index < size; ++index) {
    const UpdateSet delivered = state.replicas[index].delivered;
    for (std::size_t position = 0; position < state.history.size(); ++position) {
      if (!crdt::contains(delivered, position)) continue;
      const UpdateSet sees = state.history[position].sees;
      if ((sees & delivered) == sees) continue;
      return because([&] {
        return fmt::format(
            "{} has delivered update {}, which has seen updates {}, and of these not {}",
            text_of(NodeId::at(index)), position + 1, crdt::updates_text(sees),
            crdt::updates_text(static_cast<UpdateSet>(sees & ~delivered)));
      });
    }
  }
  return std::nullopt;
}

inline Parameters<Options> Replication::parameters() {
  return {
      ranged(&Options::replicas, 2, static_cast<int>(crdt::most_replicas), "replicas"),
      ranged(&Options::updates, 2, static_cast<int>(crdt::most_updates), "updates, by any replica"),
      ranged(&Options::keys, 1, static_cast<int>(crdt::most_keys), "elements of the set"),
      toggle(&Options::counter, "explore the counter; without a type, all are"),
      toggle(&Options::or_set, "explore the observed-remove set"),
      toggle(&Options::rga, "explore the replicated growable array"),
  };
}

inline Properties<State, Action> Replication::properties() const {
  Properties<State, Action> all{
      crdt::strong_convergence<State, Action>(size()),
      crdt::specification<State, Action>(size()),
      property::always("Causal Delivery",
                       "no replica delivers an update before what this has seen (Shapiro et al. "
                       "2011, section 2.2.2)",
                       [size = size()](const State& s) { return effect_before_cause(s, size); }),
  };
  for (const crdt::Type type : types_) {
    const std::string_view type_name = type == crdt::Type::pn_counter ? "counter" : enum_name(type);
    all.push_back(crdt::convergence_of<State, Action>(type, type_name, size(), updates()));
  }
  return all;
}

/// `everyway check crdt_operation`.
using Family = FamilyOf<Replication>;

}  // namespace everyway::crdt_operation
