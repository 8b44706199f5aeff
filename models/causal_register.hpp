// Causal memory: a replica answers its client at once from its own copy, and sends each write to
// the others with a vector clock. A write of another replica is applied when all those that its
// writer had applied are.
//
// Source: Mustaque Ahamad, Gil Neiger, James Burns, Prince Kohli and Phillip Hutto, "Causal Memory:
// Definitions, Implementation, and Programming" (1995), section 3 and its figure 3.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/registers.hpp"
#include "models/recorded_cluster.hpp"
#include "structures/clocks/causal_delivery.hpp"

namespace everyway::causal_register {

struct Options : cluster::Faults {
  int replicas = 2;
  int keys = 2;
  int operations = 4;
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (replicas, keys, operations))

/// How many writes of each replica are applied.
using Clock = PerNode<std::uint8_t, registers::most_replicas>;

/// A write on its way.
struct Message {
  NodeId writer;
  std::uint8_t key = 0;
  std::uint8_t value = 0;
  Clock clock;  ///< its writer's, with this write

  [[nodiscard]] std::string text() const {
    return fmt::format("{} = {} at {}", small_history::register_name(key), value, text_of(clock));
  }
};
BOOST_DESCRIBE_STRUCT(Message, (), (writer, key, value, clock))

struct Volatile {
  registers::Call call;
  std::array<std::uint8_t, small_history::registers> values{};
  Clock clock;
  InlineBag<Message, registers::most_calls * 2> waiting;  ///< received, and not applied yet
};
BOOST_DESCRIBE_STRUCT(Volatile, (), (call, values, clock, waiting))

struct Process {
  static constexpr std::size_t capacity = registers::most_replicas;
  using Durable = cluster::Nothing;
  using Volatile = causal_register::Volatile;
  using Message = causal_register::Message;
  using Timer = registers::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  int keys = 1;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  void start(Context&) const {}

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    return registers::is_call(timer) && registers::key_of(timer) < keys &&
           !view.memory().call.is_waiting();
  }
  void timeout(Context& context, Timer timer) const {
    Volatile& memory = context.memory();
    memory.call.begin(context.self(), timer);
    if (memory.call.kind == small_history::Kind::read) {
      return memory.call.answer(memory.values[memory.call.key]);
    }
    ++memory.clock[context.self()];
    memory.values[memory.call.key] = memory.call.value;
    context.send_to_others({context.self(), memory.call.key, memory.call.value, memory.clock});
    memory.call.answer(0);
  }

  void receive(Context& context, NodeId, const Message& write) const {
    Volatile& memory = context.memory();
    if (write.clock[write.writer] <= memory.clock[write.writer]) return;  // a copy
    if (memory.waiting.contains(write)) return;
    memory.waiting.insert(write);
    for (std::size_t next = 0; next < memory.waiting.size();) {
      if (!may_apply(memory, memory.waiting[next])) {
        ++next;
        continue;
      }
      apply(memory, memory.waiting[next]);
      memory.waiting.erase_at(next);
      next = 0;  // others may have waited for this one
    }
  }

 private:
  /// Whether this is the next write of its writer, who had applied no other that is not applied
  /// here.
  [[nodiscard]] bool may_apply(const Volatile& memory, const Message& write) const {
    if (has(Mutation::apply_at_once)) return true;
    if (has(Mutation::sender_order_only)) {
      return write.clock[write.writer] == memory.clock[write.writer] + 1;
    }
    using Vector = clocks::VectorClock<capacity>;
    return clocks::may_be_delivered(Vector{write.clock}, write.writer, Vector{memory.clock});
  }
  static void apply(Volatile& memory, const Message& write) noexcept {
    memory.values[write.key] = write.value;
    std::uint8_t& applied = memory.clock[write.writer];
    if (write.clock[write.writer] > applied) applied = write.clock[write.writer];
  }
};

using Network = cluster::UnorderedBag<Message, 18>;

class CausalRegister : public registers::RecordedCluster<Process, Network> {
  using Recorded = registers::RecordedCluster<Process, Network>;

 public:
  using Options = causal_register::Options;
  static constexpr std::string_view name = "causal_register";
  static constexpr std::string_view summary =
      "registers replicated by causal broadcast with vector clocks: causal memory";
  static constexpr std::string_view source =
      "Ahamad, Neiger, Burns, Kohli & Hutto, Causal Memory: Definitions, Implementation, and "
      "Programming (1995), section 3";

  static Parameters<Options> parameters() {
    return cluster::with_network_fault_parameters<Options>({
        ranged(&Options::replicas, 1, 3, "replicas, each with a client"),
        ranged(&Options::keys, 1, 2, "registers"),
        ranged(&Options::operations, 0, 8, "reads and writes in one run"),
    });
  }
  static Mutants mutants() { return causal_register::mutants(); }

  CausalRegister(const Options& options, std::string_view mutant)
      : Recorded({options.keys, mutation_named<Mutation>(mutant)}, options, options.replicas,
                 options.operations),
        options_(options) {}

  /// Unless the network has lost something, every write is applied in the end.
  [[nodiscard]] bool may_end(const State& state) const {
    if (!is_calm(state, options_)) return true;
    for (const auto& replica : state.replicas.processes) {
      if (!replica.memory.waiting.empty()) return false;
    }
    return true;
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all{
        property::always("Causal Memory",
                         "each client sees all writes in an order that keeps causes before effects "
                         "(Ahamad et al., section 2)",
                         [](const State& state) { return registers::not_causal(state); }),
    };
    if (options_.replicas < 2 || options_.operations < 2) return all;
    all.push_back(passes_values_on());
    all.push_back(lacks_linearizability());
    all.push_back(stays_different());
    if (options_.operations > 3) all.push_back(lacks_sequential_consistency());
    return all;
  }

 private:
  /// Concurrent writes are applied in any order.
  [[nodiscard]] static Property<State, Action> stays_different() {
    return property::reachable(
        "Replicas that have seen all writes differ",
        "causal memory alone does not converge: nothing orders concurrent writes",
        [](const State& state) {
          const auto& first = state.replicas.processes[0].memory;
          const auto& second = state.replicas.processes[1].memory;
          return state.replicas.network.size() == 0 && same_bytes(first.clock, second.clock) &&
                 first.values != second.values;
        });
  }

  Options options_;
};

/// `everyway check causal_register`.
using Family = FamilyOf<CausalRegister>;

}  // namespace everyway::causal_register
