#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/schedule/action_class.hpp"
#include "checker/search/chooser.hpp"

namespace everyway {

/// A lower bound for the probability that one run of PCT finds a bug of depth `depth` (one that
/// `depth` ordering constraints suffice to show) among `chains` actors and `steps` steps: 1 / (n
/// k^(d-1)) (Burckhardt et al., theorem 9).
[[nodiscard]] inline double pct_bound(std::uint64_t chains, std::uint64_t steps,
                                      std::uint64_t depth) {
  return 1.0 / (static_cast<double>(chains) *
                std::pow(static_cast<double>(steps), static_cast<double>(depth) - 1.0));
}

/// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatti: A Randomized
/// Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010). Every actor has a random
/// priority, and the one with the highest that can act does; after d - 1 steps, chosen at random
/// among k, whoever acted then falls below all others.
///
/// The paper's actors are threads. Here a chain is what happens in one place one after the other:
/// all actions of one kind that name the same two nodes - a link, a node's timers, its restarts,
/// its client - and all faults of one kind. Where a chain has several actions to offer, one of them
/// is taken at random.
template <Model M>
class PctScheduler {
 public:
  /// For runs of about `steps` steps (at least 1), to find bugs of depth `depth` (at least 1). Run
  /// `run` of seed `seed` is the same on every machine. `model` must outlive the scheduler.
  PctScheduler(const M& model, std::uint64_t depth, std::uint64_t steps, std::uint64_t seed,
               std::uint64_t run)
      : model_(model), chooser_(seed, run), salt_(chooser_.choose(~std::uint64_t{0})) {
    for (std::uint64_t i = 1; i < depth; ++i) changes_.push_back({1 + chooser_.choose(steps), i});
  }

  std::size_t choose_initial(std::size_t count) noexcept {
    return static_cast<std::size_t>(chooser_.choose(count));
  }

  std::size_t choose_action(const StateOf<M>&, std::span<const ActionOf<M>> enabled) {
    std::uint64_t highest = 0;
    std::uint32_t chain = 0;
    std::size_t chosen = 0;
    std::uint64_t equals = 0;
    for (std::size_t at = 0; at < enabled.size(); ++at) {
      const std::uint32_t candidate = chain_of(enabled[at]);
      const std::uint64_t priority = priority_of(candidate);
      if (equals == 0 || priority > highest) {
        highest = priority;
        chain = candidate;
        equals = 0;
      }
      if (priority == highest && chooser_.choose(++equals) == 0) chosen = at;
    }
    ++steps_;
    for (const Change& change : changes_) {
      if (change.step == steps_) lower(chain, change.priority);
    }
    return chosen;
  }

 private:
  struct Change {
    std::uint64_t step;
    std::uint64_t priority;
  };
  struct Lowered {
    std::uint32_t chain;
    std::uint64_t priority;
  };

  [[nodiscard]] std::uint32_t chain_of(const ActionOf<M>& action) const {
    const auto of_class = static_cast<std::uint32_t>(action_class(model_, action));
    if (is_fault(model_, action)) return of_class << 16U;
    const detail::NamedNodes nodes = detail::named_nodes(action);
    return of_class << 16U | static_cast<std::uint32_t>(nodes.first) << 8U | nodes.second;
  }
  /// A hash of the chain and the run is as good as a number drawn, and needs no table. Above all
  /// that priorities are lowered to.
  [[nodiscard]] std::uint64_t priority_of(std::uint32_t chain) const noexcept {
    for (const Lowered& lowered : lowered_) {
      if (lowered.chain == chain) return lowered.priority;
    }
    return mixed(salt_ + mixed(chain + 1)) | std::uint64_t{1} << 63U;
  }
  void lower(std::uint32_t chain, std::uint64_t priority) {
    std::erase_if(lowered_, [&](const Lowered& lowered) { return lowered.chain == chain; });
    lowered_.push_back({chain, priority});
  }

  const M& model_;
  RandomChooser chooser_;
  std::uint64_t salt_;
  std::uint64_t steps_ = 0;
  std::vector<Change> changes_;
  std::vector<Lowered> lowered_;  ///< few: one for each change at most
};

}  // namespace everyway
