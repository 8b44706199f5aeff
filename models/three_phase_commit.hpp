// Three-phase commit as a model: its processes in a cluster, what they can know of each other's
// failures, and what must hold of them, after
// Philip Bernstein, Vassos Hadzilacos and Nathan Goodman, "Concurrency Control and Recovery in
// Database Systems" (1987), section 7.5, and Dale Skeen, "Nonblocking Commit Protocols" (1981).
// What one process does stands in three_phase_commit_process.hpp.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/three_phase_commit_process.hpp"
#include "properties/atomic_commit.hpp"

namespace everyway::three_phase_commit {

struct Options : cluster::Faults {
  int participants = 3;
  bool asynchronous = false;
  int max_in_flight = 0;

  Options() { crashes = 2; }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (participants, asynchronous, max_in_flight))

/// What the logs on disk say: the state as the properties read it.
template <class State>
struct Records {
  const State& state;
  std::size_t size;

  [[nodiscard]] std::size_t processes() const noexcept { return size; }
  [[nodiscard]] Decision decision(NodeId node) const { return state[node].disk.decision; }
  [[nodiscard]] bool is_participant(NodeId node) const { return node != NodeId::at(0); }
  [[nodiscard]] bool voted_yes(NodeId node) const { return state[node].disk.voted_yes; }
};

/// The messages in flight at most: for each pair of processes a question, an answer and a decision,
/// and as much again for what recoveries and duplicates repeat.
template <std::size_t Capacity>
inline constexpr std::size_t room = 6 * Capacity*(Capacity - 1) / 2;

/// Non-blocking needs two promises (Bernstein et al., section 7.5):
/// messages between processes that are up arrive, and a timeout fires only where a process has
/// failed. Here a process can be known to have failed when it is down, or has recovered since, and
/// none of its messages is on the way to who waits. Once the network has broken its promise - a
/// message was lost, the network was split - or if the model is asynchronous, any timeout may fire
/// at any time.
///
/// Participants are not interchangeable: the election goes by their numbers.
template <std::size_t Capacity>
class ThreePhaseCommit
    : public cluster::Cluster<Process<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>> {
  using Base = cluster::Cluster<Process<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>>;

 public:
  using typename Base::Action;
  using typename Base::State;
  using property = PropertyOf<State, Action>;

  ThreePhaseCommit(const Options& options, std::string_view mutant)
      : Base({mutation_named<Mutation>(mutant)}, options,
             static_cast<std::size_t>(options.participants) + 1, 1, options.max_in_flight),
        options_(options) {}

  template <class Step>
  void next(const State& state, Step&& step) const {
    Base::next(state, [&](const Action& action, auto&& effect) {
      if (may_happen(state, action)) step(action, effect);
    });
  }

  /// Whether a timeout may fire depends on others: it commutes with nothing for sure.
  [[nodiscard]] bool independent(const State& state, const Action& a,
                                 const Action& b) const noexcept {
    const auto times_out = [](const Action& action) {
      return action.kind == cluster::ActionKind::time_out;
    };
    return !times_out(a) && !times_out(b) && Base::independent(state, a, b);
  }

  /// A run ends when everybody who is up has decided. Who has recovered may be left in doubt, if
  /// nobody who knows is up; a coordinator that was never asked has nothing to decide.
  [[nodiscard]] bool may_end(const State& state) const {
    for (std::size_t index = 0; index < this->size(); ++index) {
      const auto& process = state.processes[index];
      if (!process.up || process.memory.recovered) continue;
      if (process.disk.decision == Decision::none && (index != 0 || process.disk.began)) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all = safety();
    for (auto& possibility : possibilities()) all.push_back(std::move(possibility));
    return all;
  }

 private:
  /// Whether the processes could still rely on the network.
  [[nodiscard]] bool network_is_reliable(const State& state) const {
    return state.left.drops == options_.drops && state.left.partitions == options_.partitions;
  }
  /// Whether `waiting` can know that it waits for `awaited` in vain.
  [[nodiscard]] static bool has_failed(const State& state, NodeId awaited, NodeId waiting) {
    if (state[awaited].up && !state[awaited].memory.recovered) return false;
    for (const auto& envelope : state.network.messages) {
      if (envelope.from == awaited && envelope.to == waiting) return false;
    }
    return true;
  }
  [[nodiscard]] bool may_happen(const State& state, const Action& action) const {
    if (action.kind != cluster::ActionKind::time_out || action.timer == Timer::vote_req)
      return true;
    if (options_.asynchronous || !network_is_reliable(state)) return true;
    const auto& memory = state[action.node].memory;
    if (action.timer == Timer::coordinator) {
      return has_failed(state, memory.coordinator, action.node);
    }
    bool all_failed = true;
    memory.awaited.for_each([&](NodeId awaited) {
      all_failed = all_failed && has_failed(state, awaited, action.node);
    });
    return all_failed;
  }

  /// What turns a state into its records. Properties outlive the model, so they keep it by value.
  [[nodiscard]] auto reader() const {
    return [size = this->size()](const State& state) { return Records<State>{state, size}; };
  }

  [[nodiscard]] Properties<State, Action> safety() const {
    const auto records = reader();
    return {
        property::always(
            "Atomicity",
            "no participant commits while another aborts (Bernstein et al., section 7.3, AC1)",
            [records](const State& state) { return atomic_commit::atomicity(records(state)); }),
        property::always(
            "Validity", "commit only if all voted Yes (Bernstein et al., section 7.3, AC3)",
            [records](const State& state) { return atomic_commit::validity(records(state)); }),
        property::always_step(
            "Stability", "a decision on record never changes (Bernstein et al., section 7.3, AC2)",
            [records](const State& before, const Action&, const State& after) {
              return atomic_commit::stability(records(before), records(after));
            }),
    };
  }

  [[nodiscard]] Properties<State, Action> possibilities() const {
    const auto records = reader();
    const auto all_decided = [records](Decision decision) {
      return [records, decision](const State& state) {
        return atomic_commit::all_participants_decided(records(state), decision);
      };
    };
    Properties<State, Action> all{
        property::reachable("All commit", "every participant may come to commit",
                            all_decided(Decision::commit)),
        property::reachable("All abort", "every participant may come to abort",
                            all_decided(Decision::abort)),
    };
    if (options_.crashes < 1 || options_.participants < 2) return all;
    const auto decided_without_coordinator = [records](Decision decision) {
      return [records, decision](const State& state) {
        return !state[NodeId::at(0)].up && state[NodeId::at(0)].disk.decision == Decision::none &&
               state[NodeId::at(1)].disk.voted_yes &&
               atomic_commit::all_participants_decided(records(state), decision);
      };
    };
    all.push_back(property::reachable("Commit without the coordinator",
                                      "the participants may commit after it has crashed undecided",
                                      decided_without_coordinator(Decision::commit)));
    all.push_back(property::reachable("Abort without the coordinator",
                                      "participants in doubt may abort after it has crashed",
                                      decided_without_coordinator(Decision::abort)));
    return all;
  }

  Options options_;
};

/// `everyway check three_phase_commit`.
struct Family {
  using Options = three_phase_commit::Options;
  static constexpr std::string_view name = "three_phase_commit";
  static constexpr std::string_view summary =
      "three-phase commit with its termination protocol: non-blocking under crashes alone";
  static constexpr std::string_view source =
      "Bernstein, Hadzilacos & Goodman, Concurrency Control and Recovery in Database Systems "
      "(1987), section 7.5; Skeen, Nonblocking Commit Protocols (1981)";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::participants, 1, 4, "processes that vote, beside the coordinator"),
        toggle(&Options::asynchronous,
               "timeouts may fire at any time, not only where a process has failed"),
        ranged(&Options::max_in_flight, 0, 40,
               "bound on messages in flight; 0 sets none but the room of the state"),
    });
  }
  static Mutants mutants() { return three_phase_commit::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    if (options.participants <= 2) return visit(ThreePhaseCommit<3>(options, mutant));
    return visit(ThreePhaseCommit<5>(options, mutant));
  }
};

}  // namespace everyway::three_phase_commit
