#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>

#include "checker/schedule/curious.hpp"
#include "checker/schedule/pct.hpp"
#include "checker/schedule/pos.hpp"
#include "checker/schedule/swarm.hpp"

namespace everyway {

/// The scheduler that takes every enabled action as likely as any other. Run `run` of seed `seed`
/// is the same on every machine.
template <Model M>
class UniformScheduler {
 public:
  UniformScheduler(std::uint64_t seed, std::uint64_t run) noexcept : chooser_(seed, run) {}

  std::size_t choose_initial(std::size_t count) noexcept {
    return static_cast<std::size_t>(chooser_.choose(count));
  }
  std::size_t choose_action(const StateOf<M>&, std::span<const ActionOf<M>> enabled) noexcept {
    return static_cast<std::size_t>(chooser_.choose(enabled.size()));
  }

 private:
  RandomChooser chooser_;
};

/// A random walk by one of several policies, drawn for each walk: none is the best for all bugs.
/// Five of eight walks follow PCT with as many priority changes as it has steps, or fewer: between
/// changes, one place is fast and another slow for long, and the changes keep timers that may
/// always fire from starving the rest. One of eight each is uniform, has swarm weights, or samples
/// partial orders. Where curiosity pays, half of all walks are curious instead.
template <Model M>
class RoamingScheduler {
 public:
  /// For walks of about `steps` steps (at least 1). Walks are curious about what `situations`
  /// counts; without it, none is. What is tried to look ahead is told to `under_way`. All must
  /// outlive the scheduler.
  RoamingScheduler(const M& model, std::uint64_t steps, RandomChooser& chooser,
                   SituationCounts* situations = nullptr, RunUnderWay* under_way = nullptr)
      : policy_(draw(model, steps, chooser, situations, under_way)) {}

  std::size_t choose_initial(std::size_t count) {
    return std::visit([&](auto& policy) { return policy.choose_initial(count); }, policy_);
  }
  std::size_t choose_action(const StateOf<M>& state, std::span<const ActionOf<M>> enabled) {
    return std::visit([&](auto& policy) { return policy.choose_action(state, enabled); }, policy_);
  }

 private:
  using Policy = std::variant<UniformScheduler<M>, SwarmScheduler<M>, PctScheduler<M>,
                              PosScheduler<M>, CuriousScheduler<M>>;

  static Policy draw(const M& model, std::uint64_t steps, RandomChooser& chooser,
                     SituationCounts* situations, RunUnderWay* under_way) {
    const std::uint64_t seed = chooser.choose(~std::uint64_t{0});
    if (situations != nullptr && chooser.choose(2) == 0) {
      return CuriousScheduler<M>(model, *situations, seed, under_way);
    }
    switch (chooser.choose(8)) {
      case 0:
        return UniformScheduler<M>(seed, 0);
      case 1:
        return SwarmScheduler<M>(model, seed, 0);
      case 2:
        return PosScheduler<M>(model, seed, 0);
      default:
        return PctScheduler<M>(model, 1 + chooser.choose(steps), steps, seed, 0);
    }
  }

  Policy policy_;
};

}  // namespace everyway
