// Two-phase commit as a model: its processes in a cluster, and what must hold of them, after
// Jim Gray and Leslie Lamport, "Consensus on Transaction Commit" (2006), sections 2 and 3, and
// Philip Bernstein, Vassos Hadzilacos and Nathan Goodman, "Concurrency Control and Recovery in
// Database Systems" (1987), section 7.3.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/two_phase_commit.hpp"
#include "models/two_phase_commit_abstraction.hpp"
#include "models/two_phase_commit_process.hpp"
#include "properties/atomic_commit.hpp"

namespace everyway::two_phase_commit {

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

/// The messages in flight at most: PREPARE, vote, decision, acknowledgement and inquiry for each
/// participant, and room for what recoveries and duplicates repeat.
template <std::size_t Capacity>
inline constexpr std::size_t room = 10 * (Capacity - 1);

template <std::size_t Capacity>
class TwoPhaseCommit
    : public cluster::Cluster<Process<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>> {
  using Base = cluster::Cluster<Process<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>>;

 public:
  using typename Base::Action;
  using typename Base::State;
  using property = PropertyOf<State, Action>;

  TwoPhaseCommit(const Options& options, std::string_view mutant)
      : Base({options.inquiries, mutation_named<Mutation>(mutant)}, options,
             static_cast<std::size_t>(options.participants) + 1, 1, options.max_in_flight),
        options_(options) {}

  /// No participant differs from another but by its name; the coordinator is n1.
  [[nodiscard]] Interchangeable interchangeable() const {
    const std::uint64_t all = NodeSet<64>::first(this->size()).bits();
    return {NodeSet<64>::of_bits(all & ~std::uint64_t{1}), this->size()};
  }

  /// For fuzzing: which states are alike.
  [[nodiscard]] auto abstraction(const State& state) const {
    return abstraction_of(state, this->size() - 1);
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all = safety();
    for (auto& possibility : possibilities()) all.push_back(std::move(possibility));
    return all;
  }

  /// A run ends when all that are up have decided, or when those that have not can do no more:
  /// while the coordinator is down for good; or after a message was lost, by the network or by a
  /// crash of its receiver, and all inquiries were made.
  [[nodiscard]] bool may_end(const State& state) const {
    if (!state[NodeId::at(0)].up) return true;
    const bool lost = state.left.drops < options_.drops || state.left.crashes < options_.crashes ||
                      state.left.partitions < options_.partitions;
    for (std::size_t index = 1; index < this->size(); ++index) {
      const auto& participant = state[NodeId::at(index)];
      if (!participant.up || participant.disk.decision != Decision::none) continue;
      if (!lost || participant.memory.inquiries < options_.inquiries) return false;
    }
    return true;
  }

  /// Blocking, as precisely as a state shows it: the coordinator is down; every participant is up
  /// and in doubt, so that not even asking one another would tell them anything; and no decision is
  /// on its way to any of them. Only the coordinator sends decisions, so until it returns, no log
  /// can change.
  [[nodiscard]] bool blocked(const State& state) const {
    if (state[NodeId::at(0)].up) return false;
    for (std::size_t index = 1; index < this->size(); ++index) {
      const auto& participant = state[NodeId::at(index)];
      if (!participant.up || !participant.disk.voted_yes) return false;
      if (participant.disk.decision != Decision::none) return false;
    }
    for (const auto& envelope : state.network.messages) {
      const MessageType type = envelope.message.type;
      if (type == MessageType::commit || type == MessageType::abort) return false;
    }
    return true;
  }

 private:
  /// What turns a state into its records. Properties outlive the model, so they keep it by value.
  [[nodiscard]] auto reader() const {
    return [size = this->size()](const State& state) { return Records<State>{state, size}; };
  }

  [[nodiscard]] Properties<State, Action> safety() const {
    const auto records = reader();
    return {
        property::always(
            "Atomicity",
            "no participant commits while another aborts (Gray & Lamport, section 2, Consistency)",
            [records](const State& state) { return atomic_commit::atomicity(records(state)); }),
        property::always(
            "Validity", "commit only if all voted Yes (Bernstein et al., section 7.3, AC3)",
            [records](const State& state) { return atomic_commit::validity(records(state)); }),
        property::always_step(
            "Stability",
            "a decision on record never changes (Gray & Lamport, section 2, Stability)",
            [records](const State& before, const Action&, const State& after) {
              return atomic_commit::stability(records(before), records(after));
            }),
    };
  }

  [[nodiscard]] Properties<State, Action> possibilities() const {
    const auto all_decided = [records = reader()](Decision decision) {
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
    if (options_.crashes > 0) {
      all.push_back(property::reachable(
          "Blocking",
          "all participants may be up, prepared, and unable to do anything until the coordinator "
          "returns (Gray & Lamport, section 3)",
          [model = *this](const State& state) { return model.blocked(state); }));
    }
    return all;
  }

  Options options_;
};

/// `everyway check two_phase_commit`.
struct Family {
  using Options = two_phase_commit::Options;
  static constexpr std::string_view name = "two_phase_commit";
  static constexpr std::string_view summary =
      "two-phase commit: a coordinator, participants, a write-ahead log each, crash and recovery";
  static constexpr std::string_view source =
      "Gray & Lamport, Consensus on Transaction Commit (2006), section 3; Bernstein, Hadzilacos & "
      "Goodman, Concurrency Control and Recovery in Database Systems (1987), chapter 7";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::participants, 1, 4, "processes that vote, beside the coordinator"),
        ranged(&Options::inquiries, 0, 9,
               "times that a participant in doubt may ask for the decision between two restarts"),
        ranged(&Options::max_in_flight, 0, 40,
               "bound on messages in flight; 0 sets none but the room of the state"),
    });
  }
  static Mutants mutants() { return two_phase_commit::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    if (options.participants <= 2) return visit(TwoPhaseCommit<3>(options, mutant));
    return visit(TwoPhaseCommit<5>(options, mutant));
  }
};

}  // namespace everyway::two_phase_commit
