#pragma once

#include <optional>
#include <stdexcept>
#include <vector>

#include "checker/search/findings.hpp"
#include "checker/trace/trace.hpp"

namespace everyway {

namespace detail {

/// The trace along `path` (ids from an initial state on), if the model can take it.
template <Model M, class VisitedSet>
[[nodiscard]] std::optional<Trace<M>> trace_along(const M& model, const VisitedSet& visited,
                                                  const std::vector<StateId>& path) {
  std::optional<StateOf<M>> state;
  model.init([&](const StateOf<M>& initial) {
    if (!state && visited.matches(path.front(), initial)) state = initial;
  });
  if (!state) return std::nullopt;
  Trace<M> trace{*state, {}};
  for (std::size_t i = 1; i < path.size(); ++i) {
    std::optional<StateOf<M>> successor;
    model.next(*state, [&](const ActionOf<M>& action, auto&& effect) {
      if (successor) return;
      StateOf<M> candidate = *state;
      effect(candidate);
      if (!visited.matches(path[i], candidate)) return;
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

/// Rebuilds the trace to a finding from the parents in the visited set. Where a parent is known by
/// a hint only, wrong candidates are told from the right one by replaying: the result is a real
/// trace. Throws std::logic_error if there is none, which would be a defect of the model (a `next`
/// that is not deterministic) or of the search.
template <Model M, class VisitedSet>
requires(VisitedSet::keeps_parents)
    [[nodiscard]] Trace<M> rebuild_trace(const M& model, const VisitedSet& visited,
                                         const Finding<M>& finding) {
  if (finding.outside_initial) return {*finding.outside_initial, {}};
  std::optional<Trace<M>> trace;
  std::vector<StateId> path{finding.state};
  const auto try_path = [&](const std::vector<StateId>& backwards) {
    trace = detail::trace_along(model, visited,
                                std::vector<StateId>(backwards.rbegin(), backwards.rend()));
    return trace.has_value();
  };
  if (!detail::search_backwards(visited, path, finding.depth, try_path)) {
    throw std::logic_error(
        "the trace to a finding cannot be rebuilt: the model's init or next is not deterministic");
  }
  if (finding.last_action) trace->actions.push_back(*finding.last_action);
  return *trace;
}

}  // namespace everyway
