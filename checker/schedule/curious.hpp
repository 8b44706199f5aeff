#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "checker/model/model_bound_error.hpp"
#include "checker/schedule/abstraction.hpp"
#include "checker/schedule/action_key.hpp"
#include "checker/schedule/run_under_way.hpp"
#include "checker/schedule/swarm.hpp"
#include "checker/search/chooser.hpp"
#include "checker/search/walk.hpp"

namespace everyway {

/// How often runs came to situations (`abstract_hash`). Those of equal hashes modulo the size of
/// the table share a count, so that one may seem better known than it is.
class SituationCounts {
 public:
  [[nodiscard]] std::uint32_t& of(std::uint64_t situation) noexcept {
    return counts_[situation % counts_.size()];
  }

 private:
  std::vector<std::uint32_t> counts_ = std::vector<std::uint32_t>(std::size_t{1} << 16U);
};

/// The scheduler that looks one step ahead: of three enabled actions, drawn at random, it takes the
/// one that leads to the situation that was come to least often, on this walk and on those before
/// it. So no walk lingers, and none does what another did. Half of the walks draw with swarm
/// weights, as faults would else be too often what is new. To count hashed situations is how Tang
/// et al. make learners curious (#Exploration: A Study of Count-Based Exploration for Deep
/// Reinforcement Learning, 2017).
///
/// Each step takes three effects, and asks for as many abstractions.
template <Model M>
class CuriousScheduler {
 public:
  /// `model` and `counts`, to which the walk adds, must outlive the scheduler, and so must
  /// `under_way`, which is told what is tried. Equal counts and seeds make equal walks.
  CuriousScheduler(const M& model, SituationCounts& counts, std::uint64_t seed,
                   RunUnderWay* under_way = nullptr) noexcept
      : model_(model), counts_(&counts), under_way_(under_way), chooser_(seed, 0) {
    if (chooser_.choose(2) == 0) weights_.draw(chooser_);
  }

  std::size_t choose_initial(std::size_t count) noexcept {
    return static_cast<std::size_t>(chooser_.choose(count));
  }
  std::size_t choose_action(const StateOf<M>& state, std::span<const ActionOf<M>> enabled) {
    constexpr int candidates = 3;
    std::size_t chosen = weights_.choose(model_, enabled, chooser_);
    std::optional<std::uint64_t> situation = situation_after(state, enabled, chosen);
    for (int candidate = 1; candidate < candidates; ++candidate) {
      const std::size_t at = weights_.choose(model_, enabled, chooser_);
      if (at == chosen) continue;
      const std::optional<std::uint64_t> other = situation_after(state, enabled, at);
      if (!other || (situation && counts_->of(*other) >= counts_->of(*situation))) continue;
      chosen = at;
      situation = other;
    }
    if (situation) ++counts_->of(*situation);
    return chosen;
  }

 private:
  /// No value where a walk cannot go: outside the model's bound, or where it has no room.
  [[nodiscard]] std::optional<std::uint64_t> situation_after(const StateOf<M>& state,
                                                             std::span<const ActionOf<M>> enabled,
                                                             std::size_t at) const {
    if (under_way_ != nullptr) under_way_->try_action(name_among(enabled, at));
    StateOf<M> after = state;
    try {
      take_action(model_, state, enabled[at], after);
    } catch (const ModelBoundError&) {
      return std::nullopt;
    }
    if (!is_within(model_, after)) return std::nullopt;
    return abstract_hash(model_, after);
  }

  const M& model_;
  SituationCounts* counts_;
  RunUnderWay* under_way_;
  RandomChooser chooser_;
  SwarmWeights<M> weights_;
};

}  // namespace everyway
