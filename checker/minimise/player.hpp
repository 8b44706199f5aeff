#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/minimise/likeness.hpp"
#include "checker/minimise/origins.hpp"
#include "checker/minimise/violation.hpp"
#include "checker/model/model_bound_error.hpp"
#include "checker/search/walk.hpp"

namespace everyway {

/// Which enabled action stands for one of a candidate.
enum class Matching : std::uint8_t {
  exact,        ///< itself, or it is skipped
  counterpart,  ///< what takes its place in the changed run (`origins.hpp`), or it is skipped
};

/// A run that a player took until it showed the violation.
template <Model M>
struct Played {
  std::vector<ActionOf<M>> actions;  ///< those that were taken, without those skipped
  std::string why;
};

/// Plays candidates: from a state, takes one action after the other of a list, skips those that are
/// not enabled or lead outside the model's bound, and ends where the violation shows.
template <Model M>
class Player {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  /// `starts` are the states to start from, at least one; they may change between plays. All must
  /// outlive the player.
  Player(const M& model, const Violation<M>& violation, const std::vector<State>& starts)
      : violation_(violation), walker_(model, starts) {}

  [[nodiscard]] const Violation<M>& violation() const noexcept { return violation_; }

  /// Plays `wanted` from the state at position `start`. Returns what was taken if that shows the
  /// violation. A model that has no room for an effect ends the play without. `origins` are those
  /// at the start, of the run that `wanted` comes from; they count for counterparts only.
  [[nodiscard]] std::optional<Played<M>> play(std::size_t start,
                                              std::span<const Event<Action>> wanted,
                                              Matching matching,
                                              const Origins<Action>& origins = {}) {
    Follower follower{wanted, matching, start, 0, from_the_beginning, origins};
    Judge judge{violation_, {}};
    judge.played.actions.reserve(wanted.size());
    try {
      walker_.walk(follower, wanted.size(), judge);
    } catch (const ModelBoundError&) {
      return std::nullopt;
    }
    if (!judge.shown) return std::nullopt;
    return std::move(judge.played);
  }

 private:
  struct Follower {
    std::span<const Event<Action>> wanted;
    Matching matching;
    std::size_t start;
    std::size_t next;
    std::int32_t latest;
    Origins<Action> origins;

    std::size_t choose_initial(std::size_t) noexcept { return start; }
    std::size_t choose_action(const State&, std::span<const Action> enabled) {
      if (matching == Matching::counterpart) origins.update(enabled, latest);
      while (next < wanted.size()) {
        const Event<Action>& event = wanted[next++];
        const std::size_t at = matching == Matching::exact
                                   ? position_of(enabled, event.action)
                                   : position_of_counterpart(enabled, origins, event);
        if (at == enabled.size()) continue;
        latest = event.id;
        return at;
      }
      return enabled.size();
    }
  };

  struct Judge {
    const Violation<M>& violation;
    Played<M> played;
    bool shown = false;

    bool begin(const State& state) { return !show(violation.shown_by_state(state)); }
    bool enabled(const State&, std::uint64_t, std::size_t) { return true; }
    bool step(const State& before, const Action& action, const State& after, bool inside) {
      Refutation why = violation.shown_by_step(before, action, after);
      if (!why) why = violation.shown_by_state(after);
      if (inside || why) played.actions.push_back(action);
      return !show(std::move(why));
    }
    bool show(Refutation why) {
      if (!why) return false;
      played.why = std::move(*why);
      return shown = true;
    }
  };

  const Violation<M>& violation_;
  Walker<M> walker_;
};

/// Actions without what they owe to others.
template <ModelAction Action>
[[nodiscard]] std::vector<Event<Action>> events_of(const std::vector<Action>& actions) {
  std::vector<Event<Action>> events;
  events.reserve(actions.size());
  for (const Action& action : actions) events.push_back({action});
  return events;
}

}  // namespace everyway
