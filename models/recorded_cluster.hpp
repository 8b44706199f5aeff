// Replicated registers and their clients, as a model: a cluster whose processes are the replicas, a
// client at each of them, and the history of what the clients asked and were answered. The history
// is kept by the world, not by a process: no crash takes it.
#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "checker/cluster/cluster.hpp"
#include "properties/small_history.hpp"

namespace everyway::registers {

/// What a replica may do without being sent anything: what its client asks, and to tell others
/// what it holds.
enum class Timer : std::uint8_t { read_x, write_x, read_y, write_y, tell_x, tell_y };
BOOST_DESCRIBE_ENUM(Timer, read_x, write_x, read_y, write_y, tell_x, tell_y)

[[nodiscard]] constexpr bool is_call(Timer timer) noexcept {
  return timer != Timer::tell_x && timer != Timer::tell_y;
}
/// 0 for x, 1 for y.
[[nodiscard]] constexpr std::uint8_t key_of(Timer timer) noexcept {
  return timer == Timer::read_y || timer == Timer::write_y || timer == Timer::tell_y ? 1 : 0;
}
[[nodiscard]] constexpr small_history::Kind kind_of(Timer timer) noexcept {
  const bool writes = timer == Timer::write_x || timer == Timer::write_y;
  return writes ? small_history::Kind::write : small_history::Kind::read;
}

/// The operations of one client at most, and the replicas.
inline constexpr std::size_t most_calls = 4;
inline constexpr std::size_t most_replicas = 3;

/// What the client of n2 writes in its third operation is 23.
[[nodiscard]] constexpr std::uint8_t value_written(NodeId client, std::size_t index) noexcept {
  return static_cast<std::uint8_t>(10 * client.number() + index + 1);
}

/// What a replica knows of its client. A client does not come back after its replica has crashed.
struct Call {
  small_history::Kind kind{};  ///< of the operation that the client waits for
  bool is_answered = false;    ///< for the moment between a handler and the world that looks on
  bool is_gone = false;
  std::uint8_t key = 0;
  std::uint8_t value = 0;   ///< to be written; once answered, what was read
  std::uint8_t number = 0;  ///< operations so far

  void begin(NodeId self, Timer timer) noexcept {
    kind = kind_of(timer);
    key = key_of(timer);
    if (kind == small_history::Kind::write) value = value_written(self, number);
    ++number;
  }
  void answer(std::uint8_t read) noexcept {
    is_answered = true;
    value = read;
  }
  /// The client has its answer.
  void finish() noexcept {
    Call next;
    next.number = number;
    *this = next;
  }
  [[nodiscard]] bool is_waiting() const noexcept { return kind != small_history::Kind::none; }

  BOOST_DESCRIBE_CLASS(Call, (), (kind, is_answered, is_gone, key, value, number), (), ())
};

/// The replicas and the network, and what their clients have seen.
template <class P, cluster::Network N>
struct RecordedState {
  using History = small_history::History<P::capacity, most_calls>;

  History history;
  NodeSet<P::capacity> asked;     ///< clients that have asked in the partition in force
  NodeSet<P::capacity> answered;  ///< those of them that were answered in it, too
  cluster::ClusterState<P, N> replicas;

  BOOST_DESCRIBE_CLASS(RecordedState, (), (history, asked, answered, replicas), (), ())
};

/// The model. `P::Timer` is `Timer`, and `P::Volatile` has a `Call call`, which the process begins
/// in `timeout` and answers there or later. At most `operations` are invoked in one run.
///
/// Does not say what commutes: an invocation and a return elsewhere do not, and local operations
/// are both.
template <class P, cluster::Network N>
class RecordedCluster {
 public:
  using Base = cluster::Cluster<P, N>;
  using State = RecordedState<P, N>;
  using Action = typename Base::Action;
  using property = PropertyOf<State, Action>;

  RecordedCluster(P process, const cluster::Faults& faults, int replicas, int operations)
      : base_(std::move(process), faults, static_cast<std::size_t>(replicas), 0, 0),
        operations_(static_cast<std::size_t>(operations)) {}

  [[nodiscard]] const P& process() const noexcept { return base_.process(); }
  [[nodiscard]] std::size_t size() const noexcept { return base_.size(); }

  template <class Emit>
  void init(Emit&& emit) const {
    base_.init([&](const auto& replicas) {
      State state;
      state.replicas = replicas;
      emit(state);
    });
  }

  template <class Step>
  void next(const State& state, Step&& step) const {
    base_.next(state.replicas, [&](const Action& action, auto&&) {
      if (may_happen(state, action)) {
        step(action, [this, &action](State& after) { apply(after, action); });
      }
    });
  }

  void apply(State& state, const Action& action) const {
    base_.apply(state.replicas, action);
    if (action.node.is_none()) {  // the network splits or heals
      state.asked.clear();
      state.answered.clear();
      return;
    }
    if (calls(action)) record_call(state, action);
    if (!state.replicas[action.node].up) return;
    Call& call = state.replicas[action.node].memory.call;
    if (call.is_answered) record_answer(state, action.node, call);
  }

  [[nodiscard]] bool within(const State& state) const { return base_.within(state.replicas); }
  [[nodiscard]] bool stays_within(const State& state, const Action& action) const noexcept {
    return base_.stays_within(state.replicas, action);
  }
  [[nodiscard]] bool offers(cluster::ActionKind kind) const noexcept { return base_.offers(kind); }
  [[nodiscard]] bool is_fault(const Action& action) const noexcept {
    return base_.is_fault(action);
  }

  /// The cluster's sentence, in which clients ask and are answered.
  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& after) const {
    std::string text = base_.explain(before.replicas, action, after.replicas);
    if (action.kind == cluster::ActionKind::time_out) {
      text = prompted(before, action) + text.substr(std::min(text.find(';'), text.size()));
    }
    if (action.node.is_none()) return text;
    const auto& history = after.history;
    const std::size_t count = history.invoked(action.node);
    const bool was_waiting = before.history.is_waiting(action.node) || calls(action);
    if (!was_waiting || history.is_waiting(action.node)) return text;
    const auto& operation = history.operations[action.node][count - 1];
    if (operation.kind == small_history::Kind::write) return text + "; the write returns";
    return text + fmt::format("; the read returns {}", operation.value);
  }
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    std::vector<Change> all = base_.changes(before.replicas, after.replicas);
    std::erase_if(
        all, [](const Change& change) { return change.path.find(".call.") != std::string::npos; });
    return all;
  }

 protected:
  /// Whether nothing was lost, split or crashed so far.
  [[nodiscard]] static bool is_calm(const State& state, const cluster::Faults& faults) noexcept {
    const auto& left = state.replicas.left;
    return left.drops == faults.drops && left.crashes == faults.crashes &&
           left.partitions == faults.partitions;
  }

  /// Not yet a `Property`: it is to be checked together with those that are listed beside it.
  [[nodiscard]] static auto has_linearizability() {
    return property::always(
        "Linearizability",
        "every operation seems to take effect at one moment between its invocation and its return "
        "(Herlihy & Wing 1990, section 2)",
        [](const State& state) -> Refutation {
          if (small_history::is_linearizable(state.history)) return std::nullopt;
          return because([&] { return "no order in real time explains " + state.history.text(); });
        });
  }
  /// For each level that the registers do not have, a history that shows it.
  [[nodiscard]] static Property<State, Action> lacks_linearizability() {
    return property::reachable(
        "A history that is not linearizable",
        "a read may miss a write that had returned (Herlihy & Wing 1990, section 2)",
        [](const State& state) { return !small_history::is_linearizable(state.history); });
  }
  [[nodiscard]] static Property<State, Action> lacks_sequential_consistency() {
    return property::reachable(
        "A history that is not sequential",
        "clients may see writes in different orders (Lamport 1979)",
        [](const State& state) { return !small_history::is_sequential(state.history); });
  }
  [[nodiscard]] static Property<State, Action> lacks_causal_consistency() {
    return property::reachable(
        "A history that is not causal",
        "a client may see a write, and miss one that caused it (Ahamad et al. 1995, section 2)",
        [](const State& state) { return !small_history::is_causal(state.history); });
  }
  /// That anything happens at all: what one client writes comes to another.
  [[nodiscard]] static Property<State, Action> passes_values_on() {
    return property::reachable("A client reads what another wrote",
                               "writes come to the clients of other replicas",
                               [](const State& state) { return has_passed_value(state); });
  }

 private:
  static void record_call(State& state, const Action& action) noexcept {
    const NodeId client = action.node;
    state.history.invoke(client, kind_of(action.timer), key_of(action.timer),
                         value_written(client, state.history.invoked(client)));
    if (state.replicas.partition.empty()) return;
    state.asked.insert(client);
    state.answered.erase(client);
  }
  static void record_answer(State& state, NodeId client, Call& call) noexcept {
    state.history.respond(client, call.value);
    if (state.asked.contains(client)) state.answered.insert(client);
    call.finish();
  }
  [[nodiscard]] static bool has_passed_value(const State& state) {
    for (std::size_t client = 0; client < P::capacity; ++client) {
      for (const auto& operation : state.history.operations[client]) {
        const bool reads = operation.kind == small_history::Kind::read && operation.is_done;
        if (reads && operation.value != 0 && operation.value / 10U != client + 1) return true;
      }
    }
    return false;
  }
  [[nodiscard]] static bool calls(const Action& action) noexcept {
    return action.kind == cluster::ActionKind::time_out && is_call(action.timer);
  }
  [[nodiscard]] bool may_happen(const State& state, const Action& action) const noexcept {
    if (!calls(action)) return true;
    return state.history.invoked() < operations_ && !state.history.is_waiting(action.node) &&
           state.history.invoked(action.node) < most_calls;
  }

  [[nodiscard]] static std::string prompted(const State& before, const Action& action) {
    const char name = small_history::register_name(key_of(action.timer));
    const std::string node = text_of(action.node);
    if (!is_call(action.timer)) return fmt::format("{} tells of {}", node, name);
    if (kind_of(action.timer) == small_history::Kind::read) {
      return fmt::format("the client of {} reads {}", node, name);
    }
    const std::size_t index = before.history.invoked(action.node);
    return fmt::format("the client of {} writes {} to {}", node, value_written(action.node, index),
                       name);
  }

  Base base_;
  std::size_t operations_;
};

/// A history that no causal memory has.
template <class State>
[[nodiscard]] Refutation not_causal(const State& state) {
  if (small_history::is_causal(state.history)) return std::nullopt;
  return because([&] { return "no causal order explains " + state.history.text(); });
}

}  // namespace everyway::registers
