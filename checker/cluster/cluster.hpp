#pragma once

#include <string>
#include <utility>
#include <vector>

#include "checker/cluster/changes.hpp"
#include "checker/cluster/context.hpp"
#include "checker/cluster/effects.hpp"
#include "checker/cluster/independence.hpp"
#include "checker/cluster/story.hpp"
#include "checker/model/model.hpp"

namespace everyway::cluster {

/// Processes that pass messages, as a model: every order of deliveries, timeouts and requests, and
/// every fault that the budgets allow. A crash may come between any two effects of a step: an event
/// that its process survives stands beside those in which only some of its effects happen before
/// the process crashes. Effects happen in the order in which the handler has them - but sends to
/// different processes, one right after the other, have no order that anybody could rely on: any of
/// them may be done, and the others not, when the process crashes.
///
/// A protocol derives its model class from this one and adds `properties()` and, if runs of it come
/// to an end, `may_end(state)`.
template <Process P, Network N>
requires std::same_as<typename P::Message, typename N::Message>
class Cluster {
 public:
  using State = ClusterState<P, N>;
  using Action = ClusterAction<P>;

  /// `size` processes (1 to `P::capacity`), and at most `requests` client requests and `faults` in
  /// one run. States with more than `max_in_flight` messages in flight lie outside the bound; 0
  /// sets no bound but the room of the network. Throws `UsageError` when something is out of range.
  Cluster(P process, const Faults& faults, std::size_t size, int requests, int max_in_flight)
      : process_(std::move(process)),
        budgets_{budget("drops", faults.drops),           budget("duplicates", faults.duplicates),
                 budget("crashes", faults.crashes),       budget("restarts", faults.restarts),
                 budget("partitions", faults.partitions), budget("requests", requests)},
        size_(size),
        max_in_flight_(budget("max-in-flight", max_in_flight)) {
    if (size < 1 || size > P::capacity) {
      throw UsageError(fmt::format("{} processes: this model has room for 1 to {}", size,
                                   std::size_t{P::capacity}));
    }
  }

  [[nodiscard]] const P& process() const noexcept { return process_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  template <class Emit>
  void init(Emit&& emit) const {
    State state;
    state.left = budgets_;
    for (std::size_t index = 0; index < size_; ++index) state.processes[index].up = true;
    detail::ApplyEffects<P, N> effects(state);
    for (std::size_t index = 0; index < size_; ++index) {
      Context<P> context(NodeId::at(index), size_, state.processes[index], effects);
      process_.start(context);
    }
    emit(state);
  }

  template <class Step>
  void next(const State& state, Step&& step) const {
    deliveries_and_losses(state, step);
    for (std::size_t index = 0; index < size_; ++index) {
      if (state.processes[index].up) {
        events_of(state, NodeId::at(index), step);
      } else if (state.left.restarts > 0) {
        Action action = action_of(ActionKind::restart, NodeId::at(index));
        event(state, action, step);
      }
    }
    partitions(state, step);
  }

  [[nodiscard]] bool within(const State& state) const {
    return max_in_flight_ == 0 || state.network.size() <= max_in_flight_;
  }

  /// Whether the action cannot leave the bound: there is none, or nothing is sent or doubled.
  [[nodiscard]] bool stays_within(const State& /*state*/, const Action& action) const noexcept {
    return max_in_flight_ == 0 ||
           !(detail::runs_handler(action.kind) || action.kind == ActionKind::duplicate);
  }

  /// Whether two different actions that are enabled in `state` commute there. Holds for the `next`
  /// of this class: a model that has its own needs its own.
  [[nodiscard]] bool independent(const State& state, const Action& a, const Action& b)
      const noexcept requires NetworkWithIndependence<N> {
    return detail::independent(state, a, b);
  }

  /// Whether the processes and the budgets allow for actions of this kind.
  [[nodiscard]] bool offers(ActionKind kind) const noexcept {
    switch (kind) {
      case ActionKind::deliver:
        return true;
      case ActionKind::time_out:
        return ProcessWithTimers<P>;
      case ActionKind::request:
        return ProcessWithClients<P> && budgets_.requests > 0;
      case ActionKind::drop:
        return budgets_.drops > 0;
      case ActionKind::duplicate:
        return !N::delivers_again && budgets_.duplicates > 0;
      case ActionKind::crash:
        return budgets_.crashes > 0;
      case ActionKind::restart:
        return budgets_.crashes > 0 && budgets_.restarts > 0;
      case ActionKind::cut:
      case ActionKind::heal:
        break;
    }
    return budgets_.partitions > 0 && size_ > 1;
  }

  /// Who did what, and what was sent, lost and persisted.
  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& /*after*/) const {
    detail::RecordEffects<P> effects;
    if (detail::runs_handler(action.kind)) rehearse(before, action, effects);
    return detail::story(process_, size_, before, action, effects.recorded());
  }

  /// What the sentence of `explain` leaves to tell: what changed in each process.
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    return detail::changes_in_cluster(before, after);
  }

  /// Turns `state` into its successor by `action`, which is enabled in it. Flattened: from the
  /// network to the handler and back, an effect is one piece of code.
  [[gnu::flatten]] void apply(State& state, const Action& action) const {
    switch (action.kind) {
      case ActionKind::deliver:
        state.network.deliver(action.envelope());
        return run(state, action);
      case ActionKind::time_out:
        return run(state, action);
      case ActionKind::request:
        --state.left.requests;
        return run(state, action);
      case ActionKind::restart:
        --state.left.restarts;
        boot(state[action.node]);
        return run(state, action);
      case ActionKind::crash:
        return crash(state, action.node);
      case ActionKind::drop:
        --state.left.drops;
        return state.network.lose(action.envelope());
      case ActionKind::duplicate:
        --state.left.duplicates;
        if constexpr (!N::delivers_again) state.network.duplicate(action.envelope());
        return;
      case ActionKind::cut:
        --state.left.partitions;
        state.partition.group = action.group;
        return state.network.lose_if(
            [&](const auto& envelope) { return state.cut_off(envelope.from, envelope.to); });
      case ActionKind::heal:
        return state.partition.group.clear();
    }
  }

 private:
  static std::uint8_t budget(const char* name, int value) {
    if (value >= 0 && value <= 255) return static_cast<std::uint8_t>(value);
    throw UsageError(fmt::format("--{} {}: out of range; give a value from 0 to 255", name, value));
  }

  static Action action_of(ActionKind kind, NodeId node) noexcept {
    Action action;
    action.kind = kind;
    action.node = node;
    return action;
  }

  template <class Step>
  void deliveries_and_losses(const State& state, Step& step) const {
    state.network.for_each_deliverable([&](const auto& envelope) {
      Action action = Action::on(ActionKind::deliver, envelope);
      if (state[envelope.to].up) event(state, action, step);
      if (state.left.drops > 0) {
        action.kind = ActionKind::drop;
        plain(action, step);
      }
      if (!N::delivers_again && state.left.duplicates > 0) {
        action.kind = ActionKind::duplicate;
        plain(action, step);
      }
    });
  }

  /// What a process that is up may do of itself or suffer.
  template <class Step>
  void events_of(const State& state, NodeId node, Step& step) const {
    const View<P> view(node, size_, state[node]);
    if constexpr (ProcessWithTimers<P>) {
      for_each_enumerator<TimerOf<P>>([&](TimerOf<P> timer) {
        if (!process_.may_time_out(view, timer)) return;
        Action action = action_of(ActionKind::time_out, node);
        action.timer = timer;
        event(state, action, step);
      });
    }
    if constexpr (ProcessWithClients<P>) {
      if (state.left.requests > 0 && process_.may_request(view)) {
        Action action = action_of(ActionKind::request, node);
        action.client_request.value =
            static_cast<std::uint8_t>(budgets_.requests - state.left.requests + 1);
        event(state, action, step);
      }
    }
    if (state.left.crashes > 0) plain(action_of(ActionKind::crash, node), step);
  }

  template <class Step>
  void partitions(const State& state, Step& step) const {
    if (!state.partition.empty()) return plain(action_of(ActionKind::heal, NodeId::none()), step);
    if (state.left.partitions == 0) return;
    // Each split is named once, by the side that n1 is on.
    const std::uint64_t all = NodeSet<P::capacity>::first(size_).bits();
    for (std::uint64_t group = 1; group < all; group += 2) {
      Action action = action_of(ActionKind::cut, NodeId::none());
      action.group = NodeSet<P::capacity>::of_bits(group);
      plain(action, step);
    }
  }

  template <class Step>
  void plain(const Action& action, Step& step) const {
    step(action, [this, &action](State& state) { apply(state, action); });
  }

  /// An event that its process survives and, while crashes are left, those that it does not.
  template <class Step>
  void event(const State& state, Action& action, Step& step) const {
    plain(action, step);
    if (state.left.crashes == 0) return;
    detail::CrashPoints<P> points;
    rehearse(state, action, points);
    points.for_each([&](unsigned effects, NodeSet<P::capacity> sent) {
      action.crash_after = static_cast<std::uint8_t>(effects + 1);
      action.sent = sent;
      plain(action, step);
    });
    action.sent.clear();
    action.crash_after = 0;
  }

  /// Runs the handler of an event on a copy of its process, to learn its effects.
  void rehearse(const State& state, const Action& action, Effects<P>& effects) const {
    ProcessState<P> process = state[action.node];
    if (action.kind == ActionKind::restart) boot(process);
    Context<P> context(action.node, size_, process, effects);
    handle(context, action);
  }

  void run(State& state, const Action& action) const {
    using Apply = detail::ApplyEffects<P, N>;
    Apply effects(state, action.crash_after == 0 ? Apply::unlimited : action.crash_after - 1U,
                  action.sent);
    Context<P> context(action.node, size_, state[action.node], effects);
    handle(context, action);
    if (action.crash_after != 0) crash(state, action.node);
  }

  void handle(Context<P>& context, const Action& action) const {
    if (action.kind == ActionKind::deliver) {
      process_.receive(context, action.peer, action.message);
    } else if (action.kind == ActionKind::restart) {
      process_.start(context);
    } else if (action.kind == ActionKind::time_out) {
      if constexpr (ProcessWithTimers<P>) process_.timeout(context, action.timer);
    } else {
      if constexpr (ProcessWithClients<P>) process_.request(context, action.client_request);
    }
  }

  static void boot(ProcessState<P>& process) noexcept {
    process.durable = process.disk;
    process.memory = {};
    process.up = true;
  }

  static void crash(State& state, NodeId node) noexcept {
    --state.left.crashes;
    ProcessState<P>& process = state[node];
    process.durable = {};
    process.memory = {};
    process.up = false;
  }

  P process_;
  Budgets budgets_;
  std::size_t size_;
  std::size_t max_in_flight_;
};

}  // namespace everyway::cluster
