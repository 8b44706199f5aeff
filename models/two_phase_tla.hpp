// TwoPhase.tla of the TLA+ examples, the two-phase commit protocol in
// Jim Gray and Leslie Lamport, "Consensus on Transaction Commit" (2006), section 3.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/model/text.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/two_phase_tla.hpp"

namespace everyway::two_phase_tla {

struct Options {
  int managers = 3;
};
BOOST_DESCRIBE_STRUCT(Options, (), (managers))

enum class ManagerState : std::uint8_t { working, prepared, committed, aborted };
BOOST_DESCRIBE_ENUM(ManagerState, working, prepared, committed, aborted)

enum class TransactionManagerState : std::uint8_t { init, committed, aborted };
BOOST_DESCRIBE_ENUM(TransactionManagerState, init, committed, aborted)

/// With room for `Capacity` managers: RM in the specification. Messages are a set that only grows:
/// the managers whose Prepared message was sent, and whether Commit and Abort were.
template <std::size_t Capacity>
struct State {
  PerNode<ManagerState, Capacity> rm_state;
  TransactionManagerState tm_state{};
  bool msgs_commit = false;
  bool msgs_abort = false;
  NodeSet<Capacity> msgs_prepared;
  NodeSet<Capacity> tm_prepared;

  BOOST_DESCRIBE_CLASS(State, (),
                       (rm_state, tm_state, msgs_commit, msgs_abort, msgs_prepared, tm_prepared),
                       (), ())
};

enum class Kind : std::uint8_t {
  tm_commit,
  tm_abort,
  tm_rcv_prepared,
  rm_prepare,
  rm_choose_to_abort,
  rm_rcv_commit_msg,
  rm_rcv_abort_msg,
};
BOOST_DESCRIBE_ENUM(Kind, tm_commit, tm_abort, tm_rcv_prepared, rm_prepare, rm_choose_to_abort,
                    rm_rcv_commit_msg, rm_rcv_abort_msg)

struct Action {
  Kind kind{};
  NodeId manager;  ///< none for what the transaction manager decides
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, manager))

template <std::size_t Capacity>
class TwoPhase {
 public:
  using State = two_phase_tla::State<Capacity>;
  using Action = two_phase_tla::Action;
  using property = PropertyOf<State, Action>;

  TwoPhase(const Options& options, std::string_view mutant)
      : managers_(static_cast<std::size_t>(options.managers)),
        mutation_(mutation_named<Mutation>(mutant)) {}

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    tm_commit(s, step);
    tm_abort(s, step);
    for (std::size_t index = 0; index < managers_; ++index) {
      const NodeId rm = NodeId::at(index);
      tm_rcv_prepared(s, rm, step);
      rm_prepare(s, rm, step);
      rm_choose_to_abort(s, rm, step);
      rm_rcv_commit_msg(s, rm, step);
      rm_rcv_abort_msg(s, rm, step);
    }
  }

  /// The actions of a resource manager touch its own state and its own Prepared message, and read
  /// the messages Commit and Abort, which nobody takes back: they commute with those of all others.
  /// The transaction manager's end its `init`, but for receiving from different managers.
  [[nodiscard]] bool independent(const State&, const Action& a, const Action& b) const noexcept {
    if (is_of_tm(a.kind) != is_of_tm(b.kind)) return true;
    return !a.manager.is_none() && !b.manager.is_none() && a.manager != b.manager;
  }

  /// No manager differs from another but by its name.
  [[nodiscard]] Interchangeable interchangeable() const {
    return {NodeSet<64>::first(managers_), managers_};
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    return {
        property::always("TCConsistent", "no manager commits while another aborts (TCommit.tla)",
                         [this](const State& s) -> Refutation {
                           const NodeId committed = first_that_is(s, ManagerState::committed);
                           const NodeId aborted = first_that_is(s, ManagerState::aborted);
                           if (committed.is_none() || aborted.is_none()) return std::nullopt;
                           return fmt::format("{} has committed and {} has aborted",
                                              text_of(committed), text_of(aborted));
                         }),
        property::reachable("All commit", "every manager may come to commit",
                            [this](const State& s) { return all_are(s, ManagerState::committed); }),
        property::reachable("All abort", "every manager may come to abort",
                            [this](const State& s) { return all_are(s, ManagerState::aborted); }),
    };
  }

 private:
  using TmState = TransactionManagerState;

  template <class Step>
  void tm_commit(const State& s, Step& step) const {
    if (s.tm_state != TmState::init) return;
    const bool all_prepared = s.tm_prepared == NodeSet<Capacity>::first(managers_);
    if (!all_prepared && !has(Mutation::commit_without_all_prepared)) return;
    step(Action{Kind::tm_commit, {}}, [](State& t) {
      t.tm_state = TmState::committed;
      t.msgs_commit = true;
    });
  }

  template <class Step>
  void tm_abort(const State& s, Step& step) const {
    const bool too_late = s.tm_state == TmState::committed && has(Mutation::abort_after_commit);
    if (s.tm_state != TmState::init && !too_late) return;
    step(Action{Kind::tm_abort, {}}, [](State& t) {
      t.tm_state = TmState::aborted;
      t.msgs_abort = true;
    });
  }

  template <class Step>
  void tm_rcv_prepared(const State& s, NodeId rm, Step& step) const {
    if (s.tm_state != TmState::init) return;
    if (!s.msgs_prepared.contains(rm) && !has(Mutation::prepared_out_of_thin_air)) return;
    step(Action{Kind::tm_rcv_prepared, rm}, [rm](State& t) { t.tm_prepared.insert(rm); });
  }

  template <class Step>
  void rm_prepare(const State& s, NodeId rm, Step& step) const {
    if (s.rm_state[rm] != ManagerState::working) return;
    step(Action{Kind::rm_prepare, rm}, [rm](State& t) {
      t.rm_state[rm] = ManagerState::prepared;
      t.msgs_prepared.insert(rm);
    });
  }

  template <class Step>
  void rm_choose_to_abort(const State& s, NodeId rm, Step& step) const {
    const ManagerState state = s.rm_state[rm];
    const bool too_late = state == ManagerState::prepared && has(Mutation::abort_after_prepare);
    if (state != ManagerState::working && !too_late) return;
    step(Action{Kind::rm_choose_to_abort, rm},
         [rm](State& t) { t.rm_state[rm] = ManagerState::aborted; });
  }

  /// Enabled again after the manager has committed: then the step changes nothing.
  template <class Step>
  void rm_rcv_commit_msg(const State& s, NodeId rm, Step& step) const {
    if (!s.msgs_commit) return;
    step(Action{Kind::rm_rcv_commit_msg, rm},
         [rm](State& t) { t.rm_state[rm] = ManagerState::committed; });
  }

  template <class Step>
  void rm_rcv_abort_msg(const State& s, NodeId rm, Step& step) const {
    if (!s.msgs_abort) return;
    step(Action{Kind::rm_rcv_abort_msg, rm},
         [rm](State& t) { t.rm_state[rm] = ManagerState::aborted; });
  }

  static bool is_of_tm(Kind kind) noexcept {
    return kind == Kind::tm_commit || kind == Kind::tm_abort || kind == Kind::tm_rcv_prepared;
  }
  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation_ == mistake; }
  /// No node, if there is none.
  [[nodiscard]] NodeId first_that_is(const State& s, ManagerState wanted) const {
    for (std::size_t rm = 0; rm < managers_; ++rm) {
      if (s.rm_state[rm] == wanted) return NodeId::at(rm);
    }
    return NodeId::none();
  }
  [[nodiscard]] bool all_are(const State& s, ManagerState wanted) const {
    for (std::size_t rm = 0; rm < managers_; ++rm) {
      if (s.rm_state[rm] != wanted) return false;
    }
    return true;
  }

  std::size_t managers_;
  Mutation mutation_;
};

/// `everyway check two_phase_tla`. The capacities leave no padding: the state takes 16, 20 or 56
/// bytes.
struct Family {
  using Options = two_phase_tla::Options;
  static constexpr std::string_view name = "two_phase_tla";
  static constexpr std::string_view summary =
      "two-phase commit, twin of TwoPhase.tla: a transaction manager and its resource managers";
  static constexpr std::string_view source =
      "TwoPhase.tla (Gray & Lamport), tlaplus/Examples, specifications/transaction_commit";

  static Parameters<Options> parameters() {
    return {ranged(&Options::managers, 1, 37, "resource managers")};
  }
  static Mutants mutants() { return two_phase_tla::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    if (options.managers <= 9) return visit(TwoPhase<9>(options, mutant));
    if (options.managers <= 13) return visit(TwoPhase<13>(options, mutant));
    return visit(TwoPhase<37>(options, mutant));
  }
};

}  // namespace everyway::two_phase_tla
