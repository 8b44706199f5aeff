#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/minimise/ddmin.hpp"
#include "checker/minimise/happens_before.hpp"
#include "checker/minimise/player.hpp"
#include "checker/minimise/session.hpp"
#include "checker/trace/replay.hpp"

namespace everyway {

/// The best run so far, and the ways to change it. Every change is tried by playing it, and kept
/// only if the violation still shows: how a change was thought of decides what is found, never what
/// is true of it.
template <Model M>
class Reducer {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;
  using Events = std::vector<Event<Action>>;

  /// Follows `wanted` from `initial`, and starts with what shows the violation first; see `shows`.
  /// `model`, `violation` and `session` must outlive this.
  Reducer(const M& model, const Violation<M>& violation, MinimiseSession& session,
          const State& initial, const std::vector<Action>& wanted, Matching matching)
      : model_(model), session_(session), states_{initial}, player_(model, violation, states_) {
    const Events events = events_of(wanted);
    if (auto played = player_.play(0, events, matching)) {
      shows_ = true;
      put(0, std::move(*played));
    }
  }
  Reducer(const Reducer&) = delete;
  Reducer& operator=(const Reducer&) = delete;

  /// Whether the run that this was made from shows the violation. If not, nothing else may be
  /// asked.
  [[nodiscard]] bool shows() const noexcept { return shows_; }
  [[nodiscard]] const std::vector<Action>& actions() const noexcept { return actions_; }
  [[nodiscard]] std::size_t length() const noexcept { return actions_.size(); }
  [[nodiscard]] const std::string& why() const noexcept { return why_; }
  /// The states of the run, the initial one first: one more than there are actions.
  [[nodiscard]] const std::vector<State>& states() const noexcept { return states_; }
  [[nodiscard]] Trace<M> trace() const { return {states_.front(), actions_}; }

  /// Goes on with `events` if they show the violation, all of them or fewer. The first `unchanged`
  /// are those of the run.
  bool accept(const Events& events, std::size_t unchanged, Matching matching) {
    auto played = play(events, unchanged, matching);
    if (!played) return false;
    put(unchanged, std::move(*played));
    return true;
  }
  bool accept(const std::vector<Action>& actions, std::size_t unchanged) {
    return accept(events_of(actions), unchanged, Matching::exact);
  }
  /// Goes on with `actions` from another initial state, if all of them can be taken, and not one
  /// less.
  bool accept_whole(const State& initial, const std::vector<Action>& actions) {
    const std::vector<State> starts{initial};
    Player<M> player(model_, player_.violation(), starts);
    if (!session_.next_candidate()) return false;
    const Events events = events_of(actions);
    auto played = player.play(0, events, Matching::exact);
    if (!played || played->actions.size() != actions.size()) return false;
    states_.assign(1, initial);
    put(0, std::move(*played));
    return true;
  }

  /// Leaves out what can go; first what can go without a change to the rest. The result is
  /// 1-minimal under both kinds of matching, unless the user interrupts.
  void remove_actions() {
    session_.enter(MinimisePhase::removing, length());
    remove_cycles();
    (void)ddmin(events(Matching::exact), test_with({Matching::exact}));
    for (std::size_t before = length() + 1; length() < before;) {
      before = length();
      remove_families();
      (void)ddmin(events(), test_with({Matching::exact, Matching::counterpart}));
    }
  }
  /// The same for pairs of actions, of runs that are not too long for it.
  void remove_pairs_of_actions() {
    constexpr std::size_t longest = 60;
    if (length() > longest) return;
    (void)remove_pairs(events(), test_with({Matching::exact, Matching::counterpart}));
  }
  /// Leaves out what the violation does not depend on: each action together with all that it
  /// happens before. Returns whether that was anything.
  bool slice(const HappensBefore& order) {
    std::vector<bool> kept(length(), true);
    for (std::size_t event = length(); event-- > 0;) {
      if (!kept[event]) continue;
      std::vector<bool> rest = kept;
      for (std::size_t later = event; later < rest.size(); ++later) {
        if (later == event || order.before(event, later)) rest[later] = false;
      }
      if (play(chosen(rest), 0, Matching::exact)) kept = std::move(rest);
    }
    const Events slice = chosen(kept);
    return slice.size() < length() && accept(slice, 0, Matching::exact);
  }

 private:
  /// Between two times in the same state, nothing happened.
  void remove_cycles() {
    for (std::size_t first = 0; first < states_.size(); ++first) {
      for (std::size_t last = states_.size(); --last > first;) {
        if (!same_bytes(states_[first], states_[last])) continue;
        (void)accept(detail::without(actions_, first, last - first), first);
        break;
      }
    }
  }

  /// Leaves out each event together with all that it made possible, and so on: an election with its
  /// requests and their answers, which single removals do not get past.
  void remove_families() {
    for (std::size_t eldest = length(); eldest-- > 0;) {
      if (eldest >= length()) continue;
      const Events all = events();
      std::vector<bool> kept(all.size(), true);
      kept[eldest] = false;
      for (std::size_t i = eldest + 1; i < all.size(); ++i) {
        kept[i] = all[i].origin < 0 || kept[static_cast<std::size_t>(all[i].origin)];
      }
      (void)accept(chosen(kept), eldest, Matching::counterpart);
    }
  }

  /// The test of delta debugging: what is left of a candidate, if it shows the violation.
  auto test_with(std::vector<Matching> matchings) {
    return [this, matchings = std::move(matchings)](
               const Events& candidate, std::size_t unchanged) -> std::optional<Events> {
      for (const Matching matching : matchings) {
        if (accept(candidate, unchanged, matching)) return events(matchings.back());
      }
      return std::nullopt;
    };
  }

  [[nodiscard]] std::optional<Played<M>> play(const Events& events, std::size_t unchanged,
                                              Matching matching) {
    if (!session_.next_candidate()) return std::nullopt;
    const auto rest = std::span<const Event<Action>>(events).subspan(unchanged);
    if (matching == Matching::exact) return player_.play(unchanged, rest, matching);
    know_origins();
    return player_.play(unchanged, rest, matching, origins_[unchanged]);
  }

  /// The run, as the candidates are made of it; for exact matching, origins need not be known.
  [[nodiscard]] Events events(Matching matching = Matching::counterpart) {
    if (matching == Matching::exact) return events_of(actions_);
    know_origins();
    Events all;
    all.reserve(length());
    for (std::size_t i = 0; i < length(); ++i) {
      all.push_back({actions_[i], static_cast<std::int32_t>(i), origin_of_[i]});
    }
    return all;
  }
  [[nodiscard]] Events chosen(const std::vector<bool>& kept) {
    const Events all = events();
    Events some;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (kept[i]) some.push_back(all[i]);
    }
    return some;
  }

  /// Works out since when the actions of the run were possible, where that is not known.
  void know_origins() {
    std::vector<Action> enabled;
    for (std::size_t at = origin_of_.size(); at < length(); ++at) {
      // They are what they were before the last event, brought up to date.
      Origins<Action> here = at == 0 ? Origins<Action>{} : origins_[at - 1];
      update(here, at, enabled);
      const std::size_t place = position_of(std::span<const Action>(enabled), actions_[at]);
      origin_of_.push_back(here[place]);
      origins_.push_back(std::move(here));
    }
  }
  void update(Origins<Action>& origins, std::size_t at, std::vector<Action>& enabled) {
    enabled.clear();
    model_.next(states_[at], [&](const Action& action, auto&&) { enabled.push_back(action); });
    origins.update(enabled, static_cast<std::int32_t>(at) - 1);
  }

  /// The first `unchanged` actions stay, and `played` follows.
  void put(std::size_t unchanged, Played<M> played) {
    actions_.resize(unchanged);
    states_.resize(unchanged + 1, states_.front());
    origins_.resize(std::min(origins_.size(), unchanged));
    origin_of_.resize(origins_.size());
    for (const Action& action : played.actions) {
      states_.push_back(detail::successor(model_, states_.back(), action, actions_.size() + 1));
      actions_.push_back(action);
    }
    why_ = std::move(played.why);
  }

  const M& model_;
  MinimiseSession& session_;
  std::vector<Action> actions_;
  std::vector<State> states_;
  std::vector<Origins<Action>> origins_;  ///< at each state that an action was taken from
  std::vector<std::int32_t> origin_of_;   ///< of each action; both for the first ones only, if so
  Player<M> player_;
  std::string why_;
  bool shows_ = false;
};

}  // namespace everyway
