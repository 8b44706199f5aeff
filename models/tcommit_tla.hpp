// TCommit.tla of the TLA+ examples, the specification of transaction commit in
// Jim Gray and Leslie Lamport, "Consensus on Transaction Commit" (2006), section 2.
#pragma once

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/tcommit_tla.hpp"

namespace everyway::tcommit_tla {

inline constexpr std::size_t max_managers = 16;

struct Options {
  int managers = 3;
};
BOOST_DESCRIBE_STRUCT(Options, (), (managers))

enum class ManagerState : std::uint8_t { working, prepared, committed, aborted };
BOOST_DESCRIBE_ENUM(ManagerState, working, prepared, committed, aborted)

struct State {
  PerNode<ManagerState, max_managers> rm_state;  ///< places without a manager stay `working`
};
BOOST_DESCRIBE_STRUCT(State, (), (rm_state))

/// Decide has two disjuncts, which are two kinds of action here.
enum class Kind : std::uint8_t { prepare, decide_commit, decide_abort };
BOOST_DESCRIBE_ENUM(Kind, prepare, decide_commit, decide_abort)

struct Action {
  Kind kind{};
  NodeId manager;
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, manager))

class TCommit {
 public:
  static constexpr std::string_view name = "tcommit_tla";
  static constexpr std::string_view summary =
      "transaction commit as seen from outside: resource managers agree to commit or to abort";
  static constexpr std::string_view source =
      "TCommit.tla (Gray & Lamport), tlaplus/Examples, specifications/transaction_commit";

  using Options = tcommit_tla::Options;
  using State = tcommit_tla::State;
  using Action = tcommit_tla::Action;
  using property = PropertyOf<State, Action>;

  TCommit(const Options& options, std::string_view mutant)
      : managers_(static_cast<std::size_t>(options.managers)),
        mutation_(mutation_named<Mutation>(mutant)) {}

  static Parameters<Options> parameters() {
    return {ranged(&Options::managers, 1, static_cast<int>(max_managers), "resource managers")};
  }
  static Mutants mutants() { return tcommit_tla::mutants(); }

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    const bool commit_allowed = can_commit(s) || mutation_ == Mutation::commit_alone;
    const bool abort_allowed = not_committed(s) || mutation_ == Mutation::abort_after_commit;
    for (std::size_t rm = 0; rm < managers_; ++rm) {
      const auto becomes = [rm](ManagerState state) {
        return [rm, state](State& t) { t.rm_state[rm] = state; };
      };
      const bool working = s.rm_state[rm] == ManagerState::working;
      const bool prepared = s.rm_state[rm] == ManagerState::prepared;
      if (working) step(Action{Kind::prepare, NodeId::at(rm)}, becomes(ManagerState::prepared));
      if (prepared && commit_allowed) {
        step(Action{Kind::decide_commit, NodeId::at(rm)}, becomes(ManagerState::committed));
      }
      if ((working || prepared) && abort_allowed) {
        step(Action{Kind::decide_abort, NodeId::at(rm)}, becomes(ManagerState::aborted));
      }
    }
  }

  /// Nothing is left to do once every manager has decided.
  [[nodiscard]] bool may_end(const State& s) const {
    return all(s, [](ManagerState state) {
      return state == ManagerState::committed || state == ManagerState::aborted;
    });
  }

  /// No manager differs from another but by its name.
  [[nodiscard]] Interchangeable interchangeable() const {
    return {NodeSet<64>::first(managers_), managers_};
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    return {
        property::always("TCConsistent", "no manager commits while another aborts (TCConsistent)",
                         [this](const State& s) { return consistent(s); }),
        property::reachable("All commit", "every manager may come to commit",
                            [this](const State& s) { return all_are(s, ManagerState::committed); }),
        property::reachable("All abort", "every manager may come to abort",
                            [this](const State& s) { return all_are(s, ManagerState::aborted); }),
    };
  }

 private:
  template <class Predicate>
  [[nodiscard]] bool all(const State& s, Predicate holds) const {
    return std::all_of(s.rm_state.begin(),
                       s.rm_state.begin() + static_cast<std::ptrdiff_t>(managers_), holds);
  }
  [[nodiscard]] bool all_are(const State& s, ManagerState wanted) const {
    return all(s, [wanted](ManagerState state) { return state == wanted; });
  }
  [[nodiscard]] bool can_commit(const State& s) const {
    return all(s, [](ManagerState state) {
      return state == ManagerState::prepared || state == ManagerState::committed;
    });
  }
  [[nodiscard]] bool not_committed(const State& s) const {
    return all(s, [](ManagerState state) { return state != ManagerState::committed; });
  }
  [[nodiscard]] bool consistent(const State& s) const {
    return not_committed(s) || all(s, [](ManagerState st) { return st != ManagerState::aborted; });
  }

  std::size_t managers_;
  Mutation mutation_;
};

/// `everyway check tcommit_tla`.
using Family = FamilyOf<TCommit>;

}  // namespace everyway::tcommit_tla
