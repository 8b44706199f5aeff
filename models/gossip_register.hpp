// Replicated registers by gossip: a replica answers its client at once from its own copy, and tells
// the others of it some time. Of two writes the one with the higher timestamp wins everywhere: a
// count, and the name of the writer between equals.
//
// Sources: Alan Demers and others, "Epidemic Algorithms for Replicated Database Maintenance"
// (1987), section 1.1; Leslie Lamport, "Time, Clocks, and the Ordering of Events in a Distributed
// System" (1978), for the timestamps; Werner Vogels, "Eventually Consistent" (2009).
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

namespace everyway::gossip_register {

struct Options : cluster::Faults {
  int replicas = 2;
  int keys = 2;
  int operations = 4;

  Options() { partitions = 1; }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (replicas, keys, operations))

/// A value and the timestamp of its write.
struct Entry {
  std::uint8_t count = 0;
  NodeId writer;
  std::uint8_t value = 0;

  [[nodiscard]] std::string text() const {
    return fmt::format("{} at {}.{}", value, count, text_of(writer));
  }
};
BOOST_DESCRIBE_STRUCT(Entry, (), (count, writer, value))

/// What a replica tells of one register.
struct Message {
  std::uint8_t key = 0;
  Entry entry;

  [[nodiscard]] std::string text() const {
    return fmt::format("{} = {}", small_history::register_name(key), entry.text());
  }
};
BOOST_DESCRIBE_STRUCT(Message, (), (key, entry))

struct Volatile {
  registers::Call call;
  std::array<Entry, small_history::registers> entries{};
};
BOOST_DESCRIBE_STRUCT(Volatile, (), (call, entries))

struct Process {
  static constexpr std::size_t capacity = registers::most_replicas;
  using Durable = cluster::Nothing;
  using Volatile = gossip_register::Volatile;
  using Message = gossip_register::Message;
  using Timer = registers::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  int keys = 1;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  /// The order in which the last writer wins.
  [[nodiscard]] bool is_newer(const Entry& entry, const Entry& than) const noexcept {
    if (entry.count != than.count) return entry.count > than.count;
    return !has(Mutation::no_tie_break) && entry.writer > than.writer;
  }

  void start(Context&) const {}

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    if (registers::key_of(timer) >= keys) return false;
    if (registers::is_call(timer)) return !view.memory().call.is_waiting();
    return view.size() > 1 && view.memory().entries[registers::key_of(timer)].count > 0;
  }
  void timeout(Context& context, Timer timer) const {
    const std::uint8_t key = registers::key_of(timer);
    auto& [call, entries] = context.memory();
    Entry& entry = entries[key];
    if (!registers::is_call(timer)) return context.send_to_others({key, entry});
    call.begin(context.self(), timer);
    if (call.kind == small_history::Kind::read) return call.answer(entry.value);
    ++entry.count;
    entry.writer = context.self();
    entry.value = call.value;
    if (!has(Mutation::write_waits)) call.answer(0);
  }

  void receive(Context& context, NodeId, const Message& message) const {
    auto& [call, entries] = context.memory();
    Entry& mine = entries[message.key];
    if (has(Mutation::take_what_comes) || is_newer(message.entry, mine)) mine = message.entry;
    if (call.is_waiting()) call.answer(0);
  }
};

using Network = cluster::UnorderedBag<Message, 12>;

class GossipRegister : public registers::RecordedCluster<Process, Network> {
  using Recorded = registers::RecordedCluster<Process, Network>;

 public:
  using Options = gossip_register::Options;
  static constexpr std::string_view name = "gossip_register";
  static constexpr std::string_view summary =
      "registers replicated by gossip, the last writer wins: available, and eventually consistent";
  static constexpr std::string_view source =
      "Demers et al., Epidemic Algorithms for Replicated Database Maintenance (1987); Vogels, "
      "Eventually Consistent (2009)";

  static Parameters<Options> parameters();
  static Mutants mutants() { return gossip_register::mutants(); }

  GossipRegister(const Options& options, std::string_view mutant)
      : Recorded({options.keys, mutation_named<Mutation>(mutant)}, options, options.replicas,
                 options.operations),
        options_(options) {}

  /// Nobody tells of a register when that would be news to nobody, or when the same news of it is
  /// on the way.
  template <class Step>
  void next(const State& state, Step&& step) const {
    Recorded::next(state, [&](const Action& action, auto&& effect) {
      const bool tells =
          action.kind == cluster::ActionKind::time_out && !registers::is_call(action.timer);
      if (!tells || has_news(state, action.node, registers::key_of(action.timer))) {
        step(action, effect);
      }
    });
  }

  /// A run ends when everybody knows everything.
  [[nodiscard]] bool may_end(const State& state) const { return is_settled(state); }

  [[nodiscard]] Properties<State, Action> properties() const;

 private:
  [[nodiscard]] bool has_news(const State& state, NodeId node, std::uint8_t key) const {
    const Entry& mine = state.replicas[node].memory.entries[key];
    for (const auto& envelope : state.replicas.network.messages) {
      if (envelope.from == node && envelope.message.key == key &&
          same_bytes(envelope.message.entry, mine)) {
        return false;
      }
    }
    for (std::size_t other = 0; other < this->size(); ++other) {
      const Entry& theirs = state.replicas.processes[other].memory.entries[key];
      if (this->process().is_newer(mine, theirs)) return true;
    }
    return false;
  }
  /// Whether nothing is on its way, and nobody has news for anybody.
  [[nodiscard]] bool is_settled(const State& state) const {
    if (state.replicas.network.size() != 0) return false;
    for (std::size_t index = 0; index < this->size(); ++index) {
      for (std::uint8_t key = 0; key < options_.keys; ++key) {
        if (has_news(state, NodeId::at(index), key)) return false;
      }
    }
    return true;
  }
  /// Two replicas that hold different values of one register.
  [[nodiscard]] Refutation difference(const State& state) const {
    for (std::size_t index = 1; index < this->size(); ++index) {
      for (std::size_t key = 0; key < small_history::registers; ++key) {
        const auto value_at = [&](std::size_t replica) {
          return state.replicas.processes[replica].memory.entries[key].value;
        };
        if (value_at(index) == value_at(0)) continue;
        return fmt::format("nobody has news for anybody, and of {} n1 holds {} and n{} holds {}",
                           small_history::register_name(key), value_at(0), index + 1,
                           value_at(index));
      }
    }
    return std::nullopt;
  }
  /// An entry that was replaced by an older one.
  [[nodiscard]] static Refutation lost_write(const State& before, const State& after) {
    for (std::size_t index = 0; index < registers::most_replicas; ++index) {
      for (std::size_t key = 0; key < small_history::registers; ++key) {
        const Entry& old = before.replicas.processes[index].memory.entries[key];
        const Entry& now = after.replicas.processes[index].memory.entries[key];
        if (!Process{}.is_newer(old, now)) continue;
        return fmt::format("n{} gives up {} for {}", index + 1, old.text(), now.text());
      }
    }
    return std::nullopt;
  }

  /// CAP: available and partitioned, so not linearizable.
  [[nodiscard]] static Property<State, Action> answers_on_both_sides() {
    return property::reachable(
        "Both sides answer while the network is split",
        "clients on both sides ask and are answered, and no order in real time explains it",
        [](const State& state) {
          const auto side = state.replicas.partition.group;
          const auto here = side.bits() & state.answered.bits();
          return here != 0 && here != state.answered.bits() &&
                 !small_history::is_linearizable(state.history);
        });
  }

  Options options_;
};

inline Parameters<Options> GossipRegister::parameters() {
  return cluster::with_network_fault_parameters<Options>({
      ranged(&Options::replicas, 1, 3, "replicas, each with a client"),
      ranged(&Options::keys, 1, 2, "registers"),
      ranged(&Options::operations, 0, 8, "reads and writes in one run"),
  });
}

inline Properties<GossipRegister::State, GossipRegister::Action> GossipRegister::properties()
    const {
  Properties<State, Action> all{
      property::always("Convergence",
                       "replicas that have nothing more to tell each other hold the same (Vogels; "
                       "Demers et al., section 1.1)",
                       [model = *this](const State& state) -> Refutation {
                         if (!model.is_settled(state)) return std::nullopt;
                         return model.difference(state);
                       }),
      property::always("Availability",
                       "a replica that is up answers, whatever the network does (Gilbert & Lynch "
                       "2002, section 2.2)",
                       [](const State& state) { return !state.history.anyone_is_waiting(); }),
      property::always_step("Last Writer Wins",
                            "what a replica holds gives way to a later write only",
                            [](const State& before, const Action&, const State& after) {
                              return lost_write(before, after);
                            }),
  };
  if (options_.replicas < 2 || options_.operations < 2) return all;
  all.push_back(passes_values_on());
  all.push_back(lacks_linearizability());
  if (options_.partitions > 0) all.push_back(answers_on_both_sides());
  if (options_.keys > 1 && options_.operations > 3) all.push_back(lacks_causal_consistency());
  return all;
}

/// `everyway check gossip_register`.
using Family = FamilyOf<GossipRegister>;

}  // namespace everyway::gossip_register
