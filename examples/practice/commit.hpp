// Problem 2, two-phase commit: PREPARE goes to three participants; 1 and 2 (n2, n3) vote Yes, 3
// (n4) crashes before it has voted; the coordinator (n1) times out. What becomes of the
// transaction, and what does participant 3 do when it recovers?
//
// The processes are those of models/two_phase_commit_process.hpp.
#pragma once

#include <cstddef>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "examples/practice/restricted.hpp"
#include "models/two_phase_commit.hpp"

namespace practice {

struct CommitOptions {
  bool tell = false;
};
BOOST_DESCRIBE_STRUCT(CommitOptions, (), (tell))

class Commit : public Restricted<everyway::two_phase_commit::TwoPhaseCommit<5>> {
  using TwoPhaseCommit = everyway::two_phase_commit::TwoPhaseCommit<5>;
  using Decision = everyway::two_phase_commit::Decision;
  using Kind = everyway::cluster::ActionKind;
  using NodeId = everyway::NodeId;

 public:
  using Options = CommitOptions;
  static constexpr std::string_view name = "commit";
  static constexpr std::string_view summary =
      "problem 2: two-phase commit in which one of three participants crashes before it votes";
  static constexpr std::string_view source =
      "Bernstein, Hadzilacos & Goodman 1987, sections 7.3 and 7.4";

  static everyway::Parameters<Options> parameters() {
    return {everyway::toggle(&Options::tell,
                             "claim that nothing is ever settled, so that the counterexample "
                             "tells how it is")};
  }
  static everyway::Mutants mutants() { return {}; }

  Commit(const Options& options, std::string_view /*mutant*/)
      : Restricted(TwoPhaseCommit(with_one_crash(), "")), options_(options) {}

  template <class Step>
  void next(const State& state, Step&& step) const {
    model().next(state, [&](const Action& action, auto&& effect) {
      if (is_as_told(state, action)) step(action, effect);
    });
  }

  /// A run ends where everybody has decided.
  [[nodiscard]] bool may_end(const State& state) const { return all_aborted(state); }

  [[nodiscard]] everyway::Properties<State, Action> properties() const {
    everyway::Properties<State, Action> all =
        properties_of_model({"Atomicity", "Validity", "Stability"});
    all.push_back(property::always("Nobody commits", "no log says commit",
                                   [](const State& s) -> everyway::Refutation {
                                     for (std::size_t i = 0; i < processes; ++i) {
                                       if (s.processes[i].disk.decision == Decision::commit) {
                                         return everyway::text_of(NodeId::at(i)) + " commits";
                                       }
                                     }
                                     return std::nullopt;
                                   }));
    all.push_back(property::always_step(
        "Participant 3 asks nobody", "when it recovers, it aborts on its own",
        [](const State&, const Action& action, const State& after) -> everyway::Refutation {
          if (action.kind != Kind::restart) return std::nullopt;
          if (after[action.node].disk.decision == Decision::abort) return std::nullopt;
          return everyway::text_of(action.node) + " has recovered and not aborted";
        }));
    all.push_back(property::reachable("All abort", "every log says abort, that of n4 as well",
                                      [](const State& s) { return all_aborted(s); }));
    if (!options_.tell) return all;
    all.push_back(property::always("Tell", "claimed in order to be refuted",
                                   [](const State& s) -> everyway::Refutation {
                                     if (!all_aborted(s)) return std::nullopt;
                                     for (const std::size_t voter : {1, 2}) {
                                       if (!s.processes[voter].disk.voted_yes) return std::nullopt;
                                     }
                                     return "two have voted Yes, and all have aborted";
                                   }));
    return all;
  }

 private:
  static constexpr std::size_t processes = 4;

  static everyway::two_phase_commit::Options with_one_crash() {
    everyway::two_phase_commit::Options all;
    all.participants = 3;
    all.crashes = 1;
    all.restarts = 1;
    return all;
  }

  [[nodiscard]] static bool all_aborted(const State& state) {
    for (std::size_t i = 0; i < processes; ++i) {
      if (state.processes[i].disk.decision != Decision::abort) return false;
    }
    return true;
  }

  /// Participants 1 and 2 stay up and do not vote No. Participant 3 crashes, when PREPARE comes or
  /// before, and with no vote on disk; until then it does nothing, and the coordinator waits.
  [[nodiscard]] static bool is_as_told(const State& state, const Action& action) {
    using everyway::two_phase_commit::Timer;
    const NodeId third = NodeId::at(3);
    const bool has_crashed = state.left.crashes == 0;
    const bool times_out = action.kind == Kind::time_out;
    if (action.kind == Kind::crash || action.crash_after != 0) {
      return action.node == third && action.crash_after <= 1 && !times_out;
    }
    if (times_out && action.timer == Timer::prepare) return false;
    if (times_out && action.timer == Timer::votes) return has_crashed;
    return action.node != third || has_crashed;
  }

  Options options_;
};

}  // namespace practice
