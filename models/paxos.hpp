// Single-decree Paxos as a model: its processes in a cluster, and what must hold of them, after
// Leslie Lamport, "Paxos Made Simple" (2001), section 2.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/paxos.hpp"
#include "models/paxos_abstraction.hpp"
#include "models/paxos_process.hpp"
#include "properties/consensus.hpp"

namespace everyway::paxos {

/// The votes on the disks of the acceptors: the state as the properties read it.
template <class State>
struct History {
  const State& state;
  std::size_t proposers;
  std::size_t count;
  unsigned ballots;

  [[nodiscard]] std::size_t acceptors() const noexcept { return count; }
  [[nodiscard]] unsigned last_ballot() const noexcept { return ballots; }
  [[nodiscard]] unsigned value(std::size_t acceptor, unsigned ballot) const {
    return state.processes[proposers + acceptor].disk.votes.in(ballot);
  }
};

/// Room for the requests and answers of all ballots that may be in flight at once.
template <std::size_t Capacity>
inline constexpr std::size_t room = 48;

/// What is chosen is read off the votes that acceptors ever cast, not off those that they hold; see
/// `Votes`. What a proposer has learned is held to it, and counts for agreement too.
template <std::size_t Capacity>
class Paxos
    : public cluster::Cluster<Process<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>> {
  using Base = cluster::Cluster<Process<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>>;

 public:
  using typename Base::Action;
  using typename Base::State;
  using property = PropertyOf<State, Action>;

  Paxos(const Options& options, std::string_view mutant)
      : Base(process_for(options, mutant), options,
             static_cast<std::size_t>(options.proposers + options.acceptors), 0,
             options.max_in_flight),
        options_(options) {}

  /// For fuzzing: which states are alike.
  [[nodiscard]] auto abstraction(const State& state) const {
    return abstraction_of(state, this->process().proposers, this->process().acceptors);
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all = safety();
    for (auto& possibility : possibilities()) all.push_back(std::move(possibility));
    return all;
  }

  /// Ballots are bounded, so every run ends. One in which nothing was lost and nobody crashed must
  /// have chosen a value: nothing stands in the way of the highest ballot that was begun.
  [[nodiscard]] bool may_end(const State& state) const {
    const bool faults = state.left.drops < options_.drops ||
                        state.left.crashes < options_.crashes ||
                        state.left.partitions < options_.partitions;
    return faults || !learned(state).empty();
  }

  [[nodiscard]] History<State> history(const State& state) const {
    return {state, this->process().proposers, this->process().acceptors,
            this->process().max_ballot};
  }

  /// The values that proposers take for chosen.
  [[nodiscard]] consensus::ValueSet learned(const State& state) const {
    consensus::ValueSet values;
    for (std::size_t index = 0; index < this->process().proposers; ++index) {
      values.insert(state.processes[index].disk.learned);
    }
    return values;
  }

  /// The values that were chosen, and those that are taken for chosen.
  [[nodiscard]] consensus::ValueSet decided(const State& state) const {
    consensus::ValueSet values = consensus::chosen(history(state));
    values.insert(learned(state));
    return values;
  }

  /// The values of the proposals of a ballot that are in flight.
  [[nodiscard]] consensus::ValueSet issued(const State& state, unsigned ballot) const {
    consensus::ValueSet values;
    for (const auto& envelope : state.network.messages) {
      const Message& message = envelope.message;
      if (message.type == MessageType::accept && message.ballot == ballot) {
        values.insert(message.value);
      }
    }
    return values;
  }

  /// Whether a value is chosen in a ballot, and a rival's lower ballot has a vote.
  [[nodiscard]] bool chosen_after_a_rival(const State& state) const {
    const auto votes = history(state);
    for (unsigned ballot = 2; ballot <= votes.last_ballot(); ++ballot) {
      if (consensus::chosen_in(votes, ballot) == 0) continue;
      for (unsigned lower = 1; lower < ballot; ++lower) {
        const bool rival = (ballot - lower) % this->process().proposers != 0;
        if (rival && !consensus::accepted_in(votes, lower).empty()) return true;
      }
    }
    return false;
  }

 private:
  static Process<Capacity> process_for(const Options& options, std::string_view mutant) {
    return {static_cast<std::size_t>(options.proposers),
            static_cast<std::size_t>(options.acceptors), static_cast<Ballot>(options.max_ballot),
            mutation_named<Mutation>(mutant)};
  }

  // Properties outlive the model, so they keep it by value.

  [[nodiscard]] Properties<State, Action> safety() const {
    const Paxos model = *this;
    return {
        property::always(
            "Agreement", "only a single value is chosen (section 2.1)",
            [model](const State& state) { return consensus::agreement(model.decided(state)); }),
        property::always(
            "Validity", "only a value that has been proposed may be chosen (section 2.1)",
            [model](const State& state) {
              const auto proposed = consensus::ValueSet::first(model.process().proposers);
              return consensus::validity(model.decided(state), proposed);
            }),
        property::always("Only chosen values are learned",
                         "a process never learns that a value has been chosen unless it actually "
                         "has been (section 2.1)",
                         [model](const State& state) {
                           return consensus::learning(model.learned(state),
                                                      consensus::chosen(model.history(state)));
                         }),
        property::always(
            "One value per ballot", "different proposals have different numbers (section 2.2)",
            [model](const State& state) {
              return consensus::one_value_per_ballot(model.history(state), [&](unsigned ballot) {
                return model.issued(state, ballot);
              });
            }),
        property::always_step("Promises never fall",
                              "an acceptor never takes back a promise on its disk (section 2.2)",
                              [model](const State& before, const Action&, const State& after) {
                                return model.promise_fell(before, after);
                              }),
    };
  }

  [[nodiscard]] Refutation promise_fell(const State& before, const State& after) const {
    for (std::size_t index = this->process().proposers; index < this->size(); ++index) {
      const Ballot old = before.processes[index].disk.promised;
      const Ballot now = after.processes[index].disk.promised;
      if (now >= old) continue;
      return fmt::format("{} had promised ballot {}, and now {}", text_of(NodeId::at(index)), old,
                         now);
    }
    return std::nullopt;
  }

  [[nodiscard]] Properties<State, Action> possibilities() const {
    const Paxos model = *this;
    Properties<State, Action> all;
    const std::size_t rivals =
        std::min<std::size_t>(model.process().proposers, model.process().max_ballot);
    for (unsigned value = 1; value <= rivals; ++value) {
      all.push_back(property::reachable(
          fmt::format("The value of {} is chosen", text_of(NodeId::at(value - 1))),
          "the value of each proposer may come to be chosen", [model, value](const State& state) {
            return consensus::chosen(model.history(state)).contains(value);
          }));
    }
    all.push_back(property::reachable(
        "A chosen value is learned", "some proposer may come to know what is chosen",
        [model](const State& state) { return !model.learned(state).empty(); }));
    if (rivals > 1) {
      all.push_back(property::reachable(
          "A value is chosen after a rival ballot",
          "a value may be chosen though a lower ballot of another proposer has votes",
          [model](const State& state) { return model.chosen_after_a_rival(state); }));
    }
    return all;
  }

  Options options_;
};

/// `everyway check paxos`.
struct Family {
  using Options = paxos::Options;
  static constexpr std::string_view name = "paxos";
  static constexpr std::string_view summary =
      "single-decree Paxos: competing proposers, and acceptors whose promises and votes are "
      "durable";
  static constexpr std::string_view source =
      "Lamport, Paxos Made Simple (2001), sections 2.2 to 2.5";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::proposers, 1, static_cast<int>(most_proposers),
               "processes that propose a value each"),
        ranged(&Options::acceptors, 1, 5, "processes of which a majority chooses"),
        ranged(&Options::max_ballot, 1, static_cast<int>(most_ballots),
               "highest proposal number; proposer i of n has i, i + n, i + 2n and so on"),
        ranged(&Options::max_in_flight, 0, 48,
               "bound on messages in flight; 0 sets none but the room of the state"),
    });
  }
  static Mutants mutants() { return paxos::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    const int processes = options.proposers + options.acceptors;
    if (processes <= 4) return visit(Paxos<4>(options, mutant));
    if (processes == 5) return visit(Paxos<5>(options, mutant));
    return visit(Paxos<8>(options, mutant));
  }
};

}  // namespace everyway::paxos
