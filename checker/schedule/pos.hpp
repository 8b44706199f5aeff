#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "checker/schedule/action_class.hpp"
#include "checker/search/chooser.hpp"

namespace everyway {

/// Partial order sampling (Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling, CAV 2018,
/// algorithm POS). Every action draws a random priority when it becomes enabled, and the highest is
/// taken; then those that race with it draw again. So what does not race is not drawn anew, and
/// runs are spread over partial orders rather than over interleavings.
template <Model M>
class PosScheduler {
 public:
  /// Run `run` of seed `seed` is the same on every machine. `model` must outlive the scheduler.
  PosScheduler(const M& model, std::uint64_t seed, std::uint64_t run) noexcept
      : model_(model), chooser_(seed, run) {}

  std::size_t choose_initial(std::size_t count) noexcept {
    return static_cast<std::size_t>(chooser_.choose(count));
  }

  std::size_t choose_action(const StateOf<M>& state, std::span<const ActionOf<M>> enabled) {
    before_.swap(pending_);
    pending_.clear();
    std::size_t hint = 0;
    std::size_t chosen = 0;
    for (std::size_t at = 0; at < enabled.size(); ++at) {
      pending_.push_back({enabled[at], priority_of(enabled[at], hint)});
      if (pending_[at].priority > pending_[chosen].priority) chosen = at;
    }
    const ActionOf<M>& taken = enabled[chosen];
    std::erase_if(pending_,
                  [&](const Pending& each) { return race(model_, state, each.action, taken); });
    return chosen;
  }

 private:
  struct Pending {
    ActionOf<M> action;
    std::uint64_t priority;
  };

  /// What it had before, or a new one. Actions keep their order mostly: the search begins behind
  /// the last that was found.
  [[nodiscard]] std::uint64_t priority_of(const ActionOf<M>& action, std::size_t& hint) noexcept {
    for (std::size_t tried = 0; tried < before_.size(); ++tried) {
      const std::size_t at = (hint + tried) % before_.size();
      if (!same_bytes(before_[at].action, action)) continue;
      hint = at + 1;
      return before_[at].priority;
    }
    return chooser_.choose(~std::uint64_t{0});
  }

  const M& model_;
  RandomChooser chooser_;
  std::vector<Pending> pending_;  ///< what was enabled at the last choice and keeps its priority
  std::vector<Pending> before_;
};

}  // namespace everyway
