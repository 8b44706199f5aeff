// A register replicated on majorities: n1 writes, everybody reads. A write is stored by a majority;
// a read asks a majority, and before it returns the newest that it has found, it writes that back
// to a majority. No two majorities miss each other, so that whoever reads later finds it.
//
// Source: Hagit Attiya, Amotz Bar-Noy and Danny Dolev, "Sharing Memory Robustly in Message-Passing
// Systems" (1995), section 3, with numbers that are not bounded.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/registers.hpp"
#include "models/recorded_cluster.hpp"

namespace everyway::quorum_register {

struct Options : cluster::Faults {
  int replicas = 3;
  int operations = 2;

  Options() { partitions = 1; }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (replicas, operations))

enum class MessageType : std::uint8_t { query, found, store, stored };
BOOST_DESCRIBE_ENUM(MessageType, query, found, store, stored)

/// A value, and the number of its write.
struct Entry {
  std::uint8_t number = 0;
  std::uint8_t value = 0;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (number, value))

struct Message {
  MessageType type{};
  std::uint8_t round = 0;  ///< of who asks: an answer belongs to its question
  Entry entry;             ///< of found and store

  [[nodiscard]] std::string text() const {
    const bool has_entry = type == MessageType::found || type == MessageType::store;
    const std::string what =
        has_entry ? fmt::format(" {} (write {})", entry.value, entry.number) : "";
    return fmt::format("{}{}, round {}", enum_name(type), what, round);
  }
};
BOOST_DESCRIBE_STRUCT(Message, (), (type, round, entry))

struct Durable {
  bool booted = false;
  Entry entry;
};
BOOST_DESCRIBE_STRUCT(Durable, (), (booted, entry))

enum class Phase : std::uint8_t { idle, ask, store };
BOOST_DESCRIBE_ENUM(Phase, idle, ask, store)

struct Volatile {
  registers::Call call;
  Phase phase{};
  std::uint8_t round = 0;
  NodeSet<registers::most_replicas> heard;  ///< who has answered in this phase
  Entry best;                               ///< the newest that was found
};
BOOST_DESCRIBE_STRUCT(Volatile, (), (call, phase, round, heard, best))

struct Process {
  static constexpr std::size_t capacity = registers::most_replicas;
  using Durable = quorum_register::Durable;
  using Volatile = quorum_register::Volatile;
  using Message = quorum_register::Message;
  using Timer = registers::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  static constexpr NodeId writer = NodeId::at(0);

  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  void start(Context& context) const {
    context.memory().call.is_gone = context.durable().booted;
    context.durable().booted = true;
    context.persist();
  }

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    const registers::Call& call = view.memory().call;
    if (call.is_waiting() || call.is_gone) return false;
    return timer == Timer::read_x || (timer == Timer::write_x && view.self() == writer);
  }
  void timeout(Context& context, Timer timer) const {
    Volatile& memory = context.memory();
    memory.call.begin(context.self(), timer);
    const Entry mine = context.durable().entry;
    if (memory.call.kind == small_history::Kind::write) {
      // There is one writer, so that its own number is the highest.
      return store(context, {static_cast<std::uint8_t>(mine.number + 1), memory.call.value});
    }
    if (has(Mutation::read_alone)) return memory.call.answer(mine.value);
    memory.best = mine;
    begin(context, Phase::ask);
    context.send_to_others({MessageType::query, memory.round, {}});
    go_on(context);
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    switch (message.type) {
      case MessageType::query:
        return context.send(from, {MessageType::found, message.round, context.durable().entry});
      case MessageType::store:
        keep(context, message.entry);
        return context.send(from, {MessageType::stored, message.round, {}});
      case MessageType::found:
      case MessageType::stored:
        break;
    }
    Volatile& memory = context.memory();
    const Phase phase = message.type == MessageType::found ? Phase::ask : Phase::store;
    if (memory.phase != phase || memory.round != message.round) return;
    if (message.entry.number > memory.best.number) memory.best = message.entry;
    memory.heard.insert(from);
    go_on(context);
  }

 private:
  /// The replica.
  void keep(Context& context, const Entry& entry) const {
    Entry& mine = context.durable().entry;
    if (entry.number > mine.number || has(Mutation::take_what_comes)) mine = entry;
    if (!has(Mutation::not_recorded)) context.persist();
  }

  [[nodiscard]] bool is_quorum(const Context& context) const {
    const std::size_t half = context.size() / 2;
    const std::size_t needed =
        has(Mutation::half_quorum) ? std::max<std::size_t>(half, 1) : half + 1;
    return context.memory().heard.size() >= needed;
  }
  static void begin(Context& context, Phase phase) noexcept {
    Volatile& memory = context.memory();
    memory.phase = phase;
    ++memory.round;
    memory.heard.clear();
    memory.heard.insert(context.self());
  }
  void store(Context& context, const Entry& entry) const {
    begin(context, Phase::store);
    context.memory().best = entry;
    keep(context, entry);
    context.send_to_others({MessageType::store, context.memory().round, entry});
    go_on(context);
  }
  /// The next phase, or the answer, once a majority is there.
  void go_on(Context& context) const {
    Volatile& memory = context.memory();
    if (!is_quorum(context)) return;
    if (memory.phase == Phase::ask && !has(Mutation::no_write_back)) {
      return store(context, memory.best);
    }
    memory.call.answer(memory.best.value);
    memory.phase = Phase::idle;
    memory.heard.clear();
    memory.best = {};
  }
};

using Network = cluster::UnorderedBag<Message, 24>;

class QuorumRegister : public registers::RecordedCluster<Process, Network> {
  using Recorded = registers::RecordedCluster<Process, Network>;

 public:
  using Options = quorum_register::Options;
  static constexpr std::string_view name = "quorum_register";
  static constexpr std::string_view summary =
      "a register replicated on majorities: linearizable, and not always available";
  static constexpr std::string_view source =
      "Attiya, Bar-Noy & Dolev, Sharing Memory Robustly in Message-Passing Systems (1995), "
      "section 3";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::replicas, 1, 3, "replicas, each with a client; that of n1 writes"),
        ranged(&Options::operations, 0, 8, "reads and writes in one run"),
    });
  }
  static Mutants mutants() { return quorum_register::mutants(); }

  QuorumRegister(const Options& options, std::string_view mutant)
      : Recorded({mutation_named<Mutation>(mutant)}, options, options.replicas, options.operations),
        options_(options) {}

  /// Unless something failed, every client gets its answers. Messages are not repeated.
  [[nodiscard]] bool may_end(const State& state) const {
    return !state.history.anyone_is_waiting() || !is_calm(state, options_);
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all{
        has_linearizability(),
        property::always(
            "Majority Answers",
            "who asks while the network is split is answered only on a side with a majority",
            [size = this->size()](const State& state) { return answered_alone(state, size); }),
    };
    if (options_.replicas < 2 || options_.operations < 2) return all;
    all.push_back(passes_values_on());
    if (options_.partitions > 0 && options_.replicas > 2) all.push_back(minority_waits());
    return all;
  }

 private:
  /// The clients' side of the partition that `node` is on.
  [[nodiscard]] static std::size_t side_of(const State& state, NodeId node, std::size_t size) {
    std::size_t side = 0;
    for (std::size_t index = 0; index < size; ++index) {
      side += state.replicas.cut_off(node, NodeId::at(index)) ? 0 : 1;
    }
    return side;
  }
  [[nodiscard]] static Refutation answered_alone(const State& state, std::size_t size) {
    Refutation refutation;
    state.answered.for_each([&](NodeId node) {
      const std::size_t side = side_of(state, node, size);
      if (2 * side > size) return;
      refutation = fmt::format("the client of {} was answered on a side of {} out of {}",
                               text_of(node), side, size);
    });
    return refutation;
  }
  /// CAP: linearizable and partitioned, so not available.
  [[nodiscard]] static Property<State, Action> minority_waits() {
    return property::reachable(
        "A client waits in vain while the network is split",
        "one side answers, and a client on the other waits while nothing is on its way (Gilbert & "
        "Lynch 2002, theorem 1)",
        [](const State& state) {
          bool waits = false;
          state.asked.for_each([&](NodeId node) {
            waits = waits || (state.history.is_waiting(node) && state.replicas[node].up);
          });
          return waits && !state.answered.empty() && state.replicas.network.size() == 0;
        });
  }

  Options options_;
};

/// `everyway check quorum_register`.
using Family = FamilyOf<QuorumRegister>;

}  // namespace everyway::quorum_register
