#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/trace/replay.hpp"

namespace everyway {

/// Which events of a run must come before which (Lamport, "Time, Clocks, and the Ordering of Events
/// in a Distributed System", CACM 21(7), 1978): the transitive closure of what depends directly.
class HappensBefore {
 public:
  /// Of two events, the earlier one and the later one that depends on it directly.
  using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

  /// Events are numbered from 0 in the order of the run; `edges` point forwards. O(V (V + E)).
  HappensBefore(std::size_t events, const Edges& edges);

  [[nodiscard]] std::size_t size() const noexcept { return before_.size(); }
  [[nodiscard]] bool before(std::size_t earlier, std::size_t later) const {
    return before_[earlier][later];
  }

 private:
  std::vector<std::vector<bool>> before_;
};

namespace detail {

/// Asks a model whether two actions, one right after the other, can change places.
template <Model M>
class Exchange {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  explicit Exchange(const M& model) : model_(model) {}

  /// Whether `second` can be taken in `before`, and `first` then, and both lead to `after`, where
  /// `first` and then `second` lead from `before`. Leaves in `between` where `second` leads.
  [[nodiscard]] bool possible(const State& before, const Action& first, const Action& second,
                              const State& after, State& between) const {
    State end = before;
    return take(before, second, between) && take(between, first, end) && same_bytes(end, after);
  }

  /// Whether `action` can be taken in `state`, and then where it leads.
  bool take(const State& state, const Action& wanted, State& after) const {
    bool taken = false;
    model_.next(state, [&](const Action& action, auto&& effect) {
      if (taken || !same_bytes(action, wanted)) return;
      after = state;
      try {
        effect(after);
        taken = is_within(model_, after);
      } catch (const ModelBoundError&) {
      }
    });
    return taken;
  }

 private:
  const M& model_;
};

/// Adds what must come before event `last`. Going back from it, each event is moved behind all that
/// `last` is known to depend on, as far as it goes; where it does not go all the way, `last`
/// depends on it. `states` are those of the run.
template <Model M>
void append_past(const M& model, const std::vector<StateOf<M>>& states,
                 const std::vector<ActionOf<M>>& actions, std::size_t last,
                 HappensBefore::Edges& edges) {
  const Exchange<M> exchange(model);
  std::vector<std::size_t> past{last};  // the latest first
  for (std::size_t event = last; event-- > 0;) {
    StateOf<M> before = states[event];
    StateOf<M> here = states[event + 1];
    bool blocked = false;
    for (std::size_t i = past.size(); i-- > 0 && !blocked;) {
      StateOf<M> after = here;
      StateOf<M> between = before;
      blocked = !exchange.take(here, actions[past[i]], after) ||
                !exchange.possible(before, actions[event], actions[past[i]], after, between);
      if (blocked) edges.emplace_back(event, past[i]);
      before = between;
      here = after;
    }
    if (blocked) past.push_back(event);
  }
}

}  // namespace detail

/// What happens before what in the run from `states.front()` by `actions`: two neighbours are
/// independent if they can change places and lead to the same state; found by trying. The events
/// outside an event's past can then be taken after it, in their order. Cubic in the number of
/// events.
template <Model M>
[[nodiscard]] HappensBefore happens_before(const M& model, const std::vector<StateOf<M>>& states,
                                           const std::vector<ActionOf<M>>& actions) {
  HappensBefore::Edges edges;
  for (std::size_t last = 0; last < actions.size(); ++last) {
    detail::append_past(model, states, actions, last, edges);
  }
  return {actions.size(), edges};
}

}  // namespace everyway
