#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/minimise/options.hpp"
#include "checker/minimise/reducer.hpp"
#include "checker/minimise/rename_nodes.hpp"
#include "checker/minimise/reorder.hpp"
#include "checker/minimise/shorter.hpp"
#include "checker/minimise/violation.hpp"
#include "checker/model/json.hpp"

namespace everyway {

/// What a run was minimised to.
template <Model M>
struct Minimised {
  Trace<M> trace;
  std::string why;  ///< why its last state or step refutes the property; empty for a witness
  Proof proof;
  std::uint64_t candidates = 0;  ///< runs that were tried
  double seconds = 0;
  bool interrupted = false;  ///< by the user: then more might have gone
};

namespace detail {

/// Changes the order of the actions, if that leaves fewer context switches. Returns whether it did.
template <Model M>
bool reorder(Reducer<M>& run, const HappensBefore& order, MinimiseSession& session) {
  session.enter(MinimisePhase::reordering, run.length());
  const std::vector<unsigned> actors = actors_of(run.actions());
  const std::vector<std::size_t> events = order_with_few_switches(order, actors);
  std::vector<ActionOf<M>> actions;
  for (const std::size_t event : events) actions.push_back(run.actions()[event]);
  if (context_switches(actors_of(actions)) >= context_switches(actors)) return false;
  return run.accept_whole(run.states().front(), actions);
}

}  // namespace detail

/// Leaves out of a run what can go: delta debugging. Afterwards no action can go, nor any two, of
/// runs that are not too long for trying.
template <Model M>
void remove(Reducer<M>& run) {
  run.remove_actions();
  run.remove_pairs_of_actions();
}

/// Puts in order what is left: delta debugging, causal slicing, reordering, and low names, to a
/// fixed point.
template <Model M>
void tidy(const M& model, Reducer<M>& run, MinimiseSession& session) {
  constexpr std::size_t longest_to_order = 100;  // what happens before what is cubic
  for (bool changed = true; changed && run.length() > 0 && !MinimiseSession::interrupted();) {
    remove(run);
    changed = false;
    if (run.length() <= longest_to_order) {
      const HappensBefore order = happens_before(model, run.states(), run.actions());
      changed = run.slice(order) || detail::reorder(run, order, session);
    }
    const std::vector<ActionOf<M>> before = run.actions();
    lower_names(model, run, session);
    changed |= detail::names_in<NodeId>(before) != detail::names_in<NodeId>(run.actions());
  }
}

/// Makes the run as short as it gets: by leaving out, and then by searching for one that is shorter
/// altogether, or the proof that there is none; and puts it in order.
template <Model M>
[[nodiscard]] Proof shorten(const M& model, const Violation<M>& violation, Reducer<M>& run,
                            MinimiseSession& session) {
  remove(run);
  Proof proof = search_shorter(model, violation, run, session);
  tidy(model, run, session);
  return proof;
}

/// The reason that `trace` shows first: that is what to keep. Throws `UsageError` if the model
/// cannot take the trace, or if it shows none.
template <Model M>
[[nodiscard]] std::string reason_to_keep(const M& model, const Violation<M>& violation,
                                         const Trace<M>& trace) {
  try {
    if (auto reason = first_reason(model, violation, trace)) return *reason;
  } catch (const ReplayError& error) {
    throw UsageError(error.what());
  }
  throw UsageError(fmt::format("the run does not show {}", in_quotes(violation.property().name)));
}

/// Throws `UsageError` if the run does not show its violation when it may not leave the bound of
/// its model.
template <Model M>
void require_shown(const Reducer<M>& run, const std::string& property) {
  if (run.shows()) return;
  throw UsageError(
      fmt::format("the run shows {} only beyond the bound of the model, where no search goes on",
                  in_quotes(property)));
}

/// Minimises `trace`, which shows a violation of `property` (or a witness of it, or is a deadlock):
/// what comes first on it, and for which reason, is what is kept. The result is replayable and
/// 1-minimal: following it without any one of its actions, and skipping what is not enabled then,
/// does not show the violation. Throws `UsageError` if the trace is not a run of the model within
/// its bound that shows it.
template <Model M>
[[nodiscard]] Minimised<M> minimise(const M& model,
                                    const Property<StateOf<M>, ActionOf<M>>& property,
                                    const Trace<M>& trace, const MinimiseOptions& options,
                                    const MinimiseObserver& observer = {}) {
  MinimiseSession session(options, observer);
  Violation<M> violation(model, property);
  violation.keep_reason(reason_to_keep(model, violation, trace));
  Reducer<M> run(model, violation, session, trace.initial, trace.actions, Matching::exact);
  require_shown(run, property.name);
  Proof proof = shorten(model, violation, run, session);
  return {run.trace(),          run.why(),         std::move(proof),
          session.candidates(), session.seconds(), MinimiseSession::interrupted()};
}

}  // namespace everyway
