#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "checker/model/model_bound_error.hpp"
#include "checker/search/fingerprint.hpp"
#include "checker/trace/trace.hpp"

namespace everyway {

/// A search that should have found a known state again was cut short.
class RebuildStopped : public std::runtime_error {
 public:
  RebuildStopped(const std::string& why, bool lacked_memory)
      : std::runtime_error(why), lacked_memory_(lacked_memory) {}
  [[nodiscard]] bool lacked_memory() const noexcept { return lacked_memory_; }

 private:
  bool lacked_memory_;
};

/// What a search found out about a state that it was to find again.
struct MetAgain {
  std::uint32_t depth;      ///< actions from the start
  std::uint64_t milestone;  ///< fingerprint of the state on that path at the depth asked for
};

/// Finds the way to a state from its fingerprint and depth alone, without parents: a search finds
/// it again and tells which state lies half-way; then the same for both halves. After Hirschberg,
/// A Linear Space Algorithm for Computing Maximal Common Subsequences (1975); for state spaces,
/// Korf, Divide-and-Conquer Bidirectional Search (1999). As many searches as the path has actions,
/// less one; each goes half as deep as the one before it.
///
/// search_again(start, target, depth, milestone_depth) returns a `MetAgain`: a breadth-first search
/// from `start`, or from the initial states if it is empty. It throws std::logic_error if there is
/// no such state within `depth` actions.
template <Model M, class SearchAgain>
class Halving {
 public:
  using State = StateOf<M>;

  Halving(const M& model, SearchAgain search_again)
      : model_(model), search_again_(std::move(search_again)) {}

  /// A run of at most `depth` actions from an initial state to a state of that fingerprint.
  [[nodiscard]] Trace<M> trace_to(std::uint64_t target, std::uint32_t depth) const {
    return run_to(target, depth, std::nullopt).trace;
  }

 private:
  struct Run {
    Trace<M> trace;
    State last;
  };

  [[nodiscard]] Run run_to(std::uint64_t target, std::uint32_t depth,
                           const std::optional<State>& start) const {
    if (depth == 0) return run_of_none(target, start);
    if (depth == 1) return run_of_one(target, start);
    const std::uint32_t half = depth / 2;
    const MetAgain met = search_again_(start, target, depth, half);
    // A search that omits states may have found a detour the first time.
    if (met.depth < depth) return run_to(target, met.depth, start);
    Run run = run_to(met.milestone, half, start);
    Run rest = run_to(target, depth - half, run.last);
    auto& actions = run.trace.actions;
    actions.insert(actions.end(), rest.trace.actions.begin(), rest.trace.actions.end());
    run.last = rest.last;
    return run;
  }

  template <class Visit>
  void for_each_start(const std::optional<State>& start, Visit visit) const {
    if (start) {
      visit(*start);
    } else {
      model_.init(visit);
    }
  }

  [[nodiscard]] Run run_of_none(std::uint64_t target, const std::optional<State>& start) const {
    std::optional<Run> run;
    for_each_start(start, [&](const State& state) {
      if (!run && fingerprint(state) == target) run = Run{{state, {}}, state};
    });
    return checked(run);
  }

  [[nodiscard]] Run run_of_one(std::uint64_t target, const std::optional<State>& start) const {
    std::optional<Run> run;
    for_each_start(start, [&](const State& first) {
      if (run || !is_within(model_, first)) return;
      model_.next(first, [&](const ActionOf<M>& action, auto&& effect) {
        if (run) return;
        State successor = first;
        try {
          effect(successor);
        } catch (const ModelBoundError&) {
          return;  // not the one that is looked for: that one fitted
        }
        if (fingerprint(successor) == target) run = Run{{first, {action}}, successor};
      });
    });
    return checked(run);
  }

  [[nodiscard]] static Run checked(const std::optional<Run>& run) {
    if (run) return *run;
    throw std::logic_error(
        "the run to a finding cannot be rebuilt: the model's init or next is not deterministic");
  }

  const M& model_;
  SearchAgain search_again_;
};

}  // namespace everyway
