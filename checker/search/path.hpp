#pragma once

#include <optional>
#include <stdexcept>
#include <vector>

#include "checker/search/findings.hpp"
#include "checker/search/symmetry.hpp"
#include "checker/trace/replay.hpp"
#include "checker/trace/trace.hpp"

namespace everyway {

namespace detail {

/// The trace along `path` (ids from an initial state on), if the model can take it. `matches(id,
/// state)` says whether the id stands for the state.
template <Model M, class Matches>
[[nodiscard]] std::optional<Trace<M>> trace_along(const M& model, const std::vector<StateId>& path,
                                                  const Matches& matches) {
  std::optional<StateOf<M>> state;
  model.init([&](const StateOf<M>& initial) {
    if (!state && matches(path.front(), initial)) state = initial;
  });
  if (!state) return std::nullopt;
  Trace<M> trace{*state, {}};
  for (std::size_t i = 1; i < path.size(); ++i) {
    std::optional<StateOf<M>> successor;
    model.next(*state, [&](const ActionOf<M>& action, auto&& effect) {
      if (successor) return;
      StateOf<M> candidate = *state;
      effect(candidate);
      if (!matches(path[i], candidate)) return;
      successor = candidate;
      trace.actions.push_back(action);
    });
    if (!successor) return std::nullopt;
    state = successor;
  }
  return trace;
}

/// Extends `path` (target first) backwards over possible parents until `try_path` accepts it.
template <class VisitedSet, class TryPath>
[[nodiscard]] bool search_backwards(const VisitedSet& visited, std::vector<StateId>& path,
                                    std::uint32_t steps_left, const TryPath& try_path) {
  const std::vector<StateId> parents = visited.possible_parents(path.back());
  if (parents.empty()) return steps_left == 0 && try_path(path);
  if (steps_left == 0) return false;
  for (const StateId parent : parents) {
    path.push_back(parent);
    if (search_backwards(visited, path, steps_left - 1, try_path)) return true;
    path.pop_back();
  }
  return false;
}

}  // namespace detail

namespace detail {

/// Appends the action that leads from the end of `trace` to where `property` is refuted. Under
/// symmetry, the finding's own action has the names of another state of the orbit.
template <Model M>
void append_refuting_action(const M& model, const Property<StateOf<M>, ActionOf<M>>& property,
                            Trace<M>& trace) {
  const StateOf<M> last = replay(model, trace);
  bool found = false;
  model.next(last, [&](const ActionOf<M>& action, auto&& effect) {
    if (found) return;
    StateOf<M> successor = last;
    effect(successor);
    found = property.refuted_by_step ? property.refuted_by_step(last, action, successor).has_value()
                                     : property.refuted_by_state(successor).has_value();
    if (found) trace.actions.push_back(action);
  });
  if (!found) {
    throw std::logic_error("what refutes " + property.name + " depends on names");
  }
}

}  // namespace detail

/// Rebuilds the trace to a finding about `property` from the parents in the visited set. Where a
/// parent is known by a hint only, wrong candidates are told from the right one by replaying: the
/// result is a real trace. With a symmetry, ids stand for orbits, and the trace takes one state of
/// each. Throws std::logic_error if there is none, which would be a defect of the model (a `next`
/// that is not deterministic, names that do matter) or of the search.
template <Model M, class VisitedSet>
requires(VisitedSet::keeps_parents)
    [[nodiscard]] Trace<M> rebuild_trace(const M& model, const VisitedSet& visited,
                                         const std::optional<Symmetry<StateOf<M>>>& symmetry,
                                         const Property<StateOf<M>, ActionOf<M>>& property,
                                         const Finding<M>& finding) {
  if (finding.outside_initial) return {*finding.outside_initial, {}};
  const auto matches = [&](StateId id, const StateOf<M>& state) {
    if (!symmetry) return visited.matches(id, state);
    StateOf<M> representative = state;
    symmetry->make_canonical(representative);
    return visited.matches(id, representative);
  };
  std::optional<Trace<M>> trace;
  std::vector<StateId> path{finding.state};
  const auto try_path = [&](const std::vector<StateId>& backwards) {
    trace = detail::trace_along(model, std::vector<StateId>(backwards.rbegin(), backwards.rend()),
                                matches);
    return trace.has_value();
  };
  if (!detail::search_backwards(visited, path, finding.depth, try_path)) {
    throw std::logic_error(
        "the trace to a finding cannot be rebuilt: the model's init or next is not deterministic");
  }
  if (finding.last_action && symmetry) {
    detail::append_refuting_action(model, property, *trace);
  } else if (finding.last_action) {
    trace->actions.push_back(*finding.last_action);
  }
  return *trace;
}

}  // namespace everyway
