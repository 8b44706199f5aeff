#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "checker/schedule/action_class.hpp"
#include "checker/search/chooser.hpp"

namespace everyway {

/// How often each class of actions is to be taken, at random: swarm testing (Groce, Zhang, Eide,
/// Chen, Regehr: Swarm Testing, ISSTA 2012). A run that leaves some kinds of actions out comes to
/// states that a run with a little of everything is too busy to reach: logs grow when nobody
/// crashes, and a leader is deposed when nobody asks it for anything.
template <Model M>
class SwarmWeights {
 public:
  /// Every class as often as any other, for each action.
  SwarmWeights() noexcept { weights_.fill(1); }

  /// Draws new weights: faults of a kind are off in half of the draws, other actions of a kind in
  /// one of 16; those that are on are 1, 2 or 4 times as often. Groce et al. turn off half of
  /// everything; without deliveries, say, a protocol comes nowhere.
  void draw(RandomChooser& chooser) noexcept {
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const bool of_faults = i >= enum_count<KindOf<M>>();
      const bool off = chooser.choose(16) < (of_faults ? 8U : 1U);
      weights_[i] = off ? 0U : 1U << chooser.choose(3);
    }
  }

  /// 0 for a class that is off.
  [[nodiscard]] std::uint32_t of(std::size_t action_class) const noexcept {
    return weights_[action_class];
  }

  /// The position of an action in `enabled`, which is not empty: none that is off, unless all are.
  [[nodiscard]] std::size_t choose(const M& model, std::span<const ActionOf<M>> enabled,
                                   RandomChooser& chooser) const {
    std::uint64_t total = 0;
    for (const ActionOf<M>& action : enabled) total += weights_[action_class(model, action)];
    if (total == 0) return static_cast<std::size_t>(chooser.choose(enabled.size()));
    std::uint64_t left = chooser.choose(total);
    for (std::size_t at = 0;; ++at) {
      const std::uint32_t weight = weights_[action_class(model, enabled[at])];
      if (left < weight) return at;
      left -= weight;
    }
  }

 private:
  std::array<std::uint32_t, action_classes<M>> weights_;
};

/// The scheduler that chooses at random with weights that it drew for its run. Run `run` of seed
/// `seed` is the same on every machine.
template <Model M>
class SwarmScheduler {
 public:
  /// `model` must outlive the scheduler.
  SwarmScheduler(const M& model, std::uint64_t seed, std::uint64_t run) noexcept
      : model_(model), chooser_(seed, run) {
    weights_.draw(chooser_);
  }

  std::size_t choose_initial(std::size_t count) noexcept {
    return static_cast<std::size_t>(chooser_.choose(count));
  }
  std::size_t choose_action(const StateOf<M>&, std::span<const ActionOf<M>> enabled) {
    return weights_.choose(model_, enabled, chooser_);
  }
  [[nodiscard]] const SwarmWeights<M>& weights() const noexcept { return weights_; }

 private:
  const M& model_;
  RandomChooser chooser_;
  SwarmWeights<M> weights_;
};

}  // namespace everyway
