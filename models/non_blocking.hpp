// Two- and three-phase commit in one report: who blocks, and who does not, after the same crashes.
//
// A run is one of either protocol. A state is blocked if nothing can happen in it any more, short
// of further crashes, while somebody who is up has voted Yes and does not know the decision: nobody
// comes back here. Both protocols are judged by that one predicate.
//
// Sources: Dale Skeen, "Nonblocking Commit Protocols" (1981); Philip Bernstein, Vassos Hadzilacos
// and Nathan Goodman, "Concurrency Control and Recovery in Database Systems" (1987), sections 7.3
// to 7.5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/three_phase_commit.hpp"
#include "models/two_phase_commit.hpp"

namespace everyway::non_blocking {

using atomic_commit::Decision;

struct Options {
  int participants = 2;
  int crashes = 1;
};
BOOST_DESCRIBE_STRUCT(Options, (), (participants, crashes))

enum class Mutation : std::uint8_t { none, abort_while_in_doubt, wait_for_coordinator };
BOOST_DESCRIBE_ENUM(Mutation, none, abort_while_in_doubt, wait_for_coordinator)

enum class Protocol : std::uint8_t { two_phase, three_phase };
BOOST_DESCRIBE_ENUM(Protocol, two_phase, three_phase)

using TwoPhase = two_phase_commit::TwoPhaseCommit<3>;
using ThreePhase = three_phase_commit::ThreePhaseCommit<3>;

/// Of one protocol; what belongs to the other one is zero.
struct State {
  Protocol protocol{};
  TwoPhase::State two_phase;
  ThreePhase::State three_phase;
};
BOOST_DESCRIBE_STRUCT(State, (), (protocol, two_phase, three_phase))

struct Action {
  cluster::ActionKind kind{};
  TwoPhase::Action two_phase;
  ThreePhase::Action three_phase;
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, two_phase, three_phase))

class NonBlocking {
 public:
  using Options = non_blocking::Options;
  using State = non_blocking::State;
  using Action = non_blocking::Action;
  using property = PropertyOf<State, Action>;
  static constexpr std::string_view name = "non_blocking";
  static constexpr std::string_view summary =
      "two-phase commit, which blocks, beside three-phase commit, which does not";
  static constexpr std::string_view source =
      "Skeen, Nonblocking Commit Protocols (1981); Bernstein, Hadzilacos & Goodman, Concurrency "
      "Control and Recovery in Database Systems (1987), sections 7.3 to 7.5";

  static Parameters<Options> parameters() {
    return {
        ranged(&Options::participants, 1, 2, "processes that vote, beside the coordinator"),
        ranged(&Options::crashes, 0, 3, "processes that may crash, for good"),
    };
  }
  static Mutants mutants() {
    return {
        {"abort-while-in-doubt",
         "participants of two-phase commit that are in doubt abort, so as not to block",
         "Atomicity", "--participants 2 --crashes 0", 7},
        {"wait-for-coordinator",
         "participants of three-phase commit wait for the coordinator, as in two-phase commit",
         "Three-phase commit does not block", "--participants 2 --crashes 1", 3},
    };
  }

  NonBlocking(const Options& options, std::string_view mutant)
      : two_phase_(options_of<two_phase_commit::Options>(options),
                   mutant_if(Mutation::abort_while_in_doubt, mutant)),
        three_phase_(options_of<three_phase_commit::Options>(options),
                     mutant_if(Mutation::wait_for_coordinator, mutant)),
        processes_(static_cast<std::size_t>(options.participants) + 1) {}

  template <class Emit>
  void init(Emit&& emit) const {
    two_phase_.init([&](const TwoPhase::State& initial) {
      State state;
      state.two_phase = initial;
      emit(state);
    });
    three_phase_.init([&](const ThreePhase::State& initial) {
      State state;
      state.protocol = Protocol::three_phase;
      state.three_phase = initial;
      emit(state);
    });
  }

  template <class Step>
  void next(const State& state, Step&& step) const {
    if (state.protocol == Protocol::two_phase) {
      two_phase_.next(state.two_phase, [&](const TwoPhase::Action& action, auto&& effect) {
        step(Action{action.kind, action, {}}, [&](State& after) { effect(after.two_phase); });
      });
    } else {
      three_phase_.next(state.three_phase, [&](const ThreePhase::Action& action, auto&& effect) {
        step(Action{action.kind, {}, action}, [&](State& after) { effect(after.three_phase); });
      });
    }
  }

  /// Whether a run may end as it does is what the properties say.
  [[nodiscard]] bool may_end(const State&) const { return true; }

  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& after) const {
    if (before.protocol == Protocol::two_phase) {
      return two_phase_.explain(before.two_phase, action.two_phase, after.two_phase);
    }
    return three_phase_.explain(before.three_phase, action.three_phase, after.three_phase);
  }
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    if (before.protocol == Protocol::two_phase) {
      return two_phase_.changes(before.two_phase, after.two_phase);
    }
    return three_phase_.changes(before.three_phase, after.three_phase);
  }

  [[nodiscard]] Properties<State, Action> properties() const;

  /// Whether somebody waits for ever.
  [[nodiscard]] bool blocked(const State& state) const {
    if (state.protocol == Protocol::two_phase) return blocked(two_phase_, state.two_phase);
    return blocked(three_phase_, state.three_phase);
  }

 private:
  /// Each mutant is one of one of the protocols.
  [[nodiscard]] static std::string_view mutant_if(Mutation wanted, std::string_view mutant) {
    return mutation_named<Mutation>(mutant) == wanted ? mutant : "";
  }
  template <class Chosen>
  [[nodiscard]] static Chosen options_of(const Options& options) {
    Chosen all;
    all.participants = options.participants;
    all.crashes = options.crashes;
    all.restarts = 0;
    return all;
  }

  template <class M>
  [[nodiscard]] bool blocked(const M& model, const typename M::State& state) const {
    if (!somebody_is_in_doubt(state)) return false;
    bool goes_on = false;
    model.next(state, [&](const auto& action, auto&&) {
      goes_on |= action.kind != cluster::ActionKind::crash;
    });
    return !goes_on;
  }
  template <class S>
  [[nodiscard]] bool somebody_is_in_doubt(const S& state) const {
    for (std::size_t index = 1; index < processes_; ++index) {
      const auto& process = state.processes[index];
      if (process.up && process.disk.voted_yes && process.disk.decision == Decision::none) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] Refutation divided(const State& state) const {
    if (state.protocol == Protocol::two_phase) {
      return atomic_commit::atomicity(
          two_phase_commit::Records<TwoPhase::State>{state.two_phase, processes_});
    }
    return atomic_commit::atomicity(
        three_phase_commit::Records<ThreePhase::State>{state.three_phase, processes_});
  }

  /// The coordinator has crashed before it decided, and all others know what to do.
  [[nodiscard]] bool ends_without_coordinator(const State& state) const {
    if (state.protocol == Protocol::two_phase) return false;
    const auto& processes = state.three_phase.processes;
    if (processes[0].up || processes[0].disk.decision != Decision::none) return false;
    for (std::size_t index = 1; index < processes_; ++index) {
      const auto& disk = processes[index].disk;
      if (!disk.voted_yes || disk.decision == Decision::none) return false;
    }
    return true;
  }

  TwoPhase two_phase_;
  ThreePhase three_phase_;
  std::size_t processes_;
};

inline Properties<State, Action> NonBlocking::properties() const {
  const NonBlocking model = *this;
  const auto blocks = [model](Protocol protocol) {
    return [model, protocol](const State& state) {
      return state.protocol == protocol && model.blocked(state);
    };
  };
  Properties<State, Action> all{
      property::always("Atomicity",
                       "of either protocol: no participant commits while another aborts",
                       [model](const State& state) { return model.divided(state); }),
      property::always("Three-phase commit does not block",
                       "while anything can happen, nobody who is up stays in doubt for ever "
                       "(Bernstein et al., section 7.5)",
                       [is_blocked = blocks(Protocol::three_phase)](const State& s) -> Refutation {
                         if (!is_blocked(s)) return std::nullopt;
                         return "a participant is up and in doubt, and nothing can happen any more";
                       }),
  };
  if (!two_phase_.offers(cluster::ActionKind::crash)) return all;
  all.push_back(property::reachable(
      "Two-phase commit blocks",
      "a participant is up and in doubt, and nothing can happen any more (section 7.4)",
      blocks(Protocol::two_phase)));
  all.push_back(property::reachable(
      "Three-phase commit ends without its coordinator",
      "which has crashed undecided, when all had voted Yes",
      [model](const State& state) { return model.ends_without_coordinator(state); }));
  return all;
}

/// `everyway check non_blocking`.
using Family = FamilyOf<NonBlocking>;

}  // namespace everyway::non_blocking
