#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "checker/model/parameter.hpp"
#include "checker/search/findings.hpp"
#include "checker/search/options.hpp"
#include "checker/search/result.hpp"
#include "checker/trace/replay.hpp"

namespace everyway::detail {

/// What every way to run a model does before and after: which properties it watches, and what it
/// says of them in the end.

/// Puts the model's properties into `watch`, and the deadlock check, unless it is off; or only
/// those named in `wanted`, unless that is empty. Throws `UsageError` if there is none of such a
/// name.
template <Model M, class F>
void watch_properties(const M& model, const std::vector<std::string>& wanted, bool check_deadlock,
                      Watch<M, F>& watch) {
  std::vector<std::string> missing = wanted;
  const auto add = [&](Property<StateOf<M>, ActionOf<M>> property) {
    if (!wanted.empty() && std::erase(missing, property.name) == 0) return;
    watch.add(std::move(property));
  };
  for (auto& property : properties_of(model)) add(std::move(property));
  if (check_deadlock) {
    add({PropertyKind::deadlock,
         std::string(deadlock_property),
         "no state is without enabled actions, unless the model expects to end there",
         {},
         {},
         {}});
  }
  if (!missing.empty()) {
    throw UsageError(fmt::format("the model has no property '{}'", missing.front()));
  }
  watch.settle();
}

/// Why the last state or step of `trace` refutes the property, by taking the trace once more.
/// Throws std::logic_error if it does not: no counterexample is shown that does not replay.
template <Model M>
[[nodiscard]] std::string refutation(const M& model,
                                     const Property<StateOf<M>, ActionOf<M>>& property,
                                     const Trace<M>& trace) {
  Refutation why;
  const StateOf<M> last = replay(model, trace,
                                 [&](std::size_t, const StateOf<M>& before,
                                     const ActionOf<M>& action, const StateOf<M>& after) {
                                   if (property.refuted_by_step)
                                     why = property.refuted_by_step(before, action, after);
                                 });
  if (property.refuted_by_state) why = property.refuted_by_state(last);
  if (property.kind == PropertyKind::deadlock && !is_expected_end(model, last)) {
    bool enabled = false;
    model.next(last, [&](const ActionOf<M>&, auto&&) { enabled = true; });
    if (!enabled) why = "no action is enabled in the last state";
  }
  if (!why) throw std::logic_error("a counterexample to " + property.name + " does not replay");
  return *why;
}

/// Throws std::logic_error unless the last state of `trace` is a witness of the property, by taking
/// the trace once more: no witness is shown that does not replay.
template <Model M>
void confirm_witness(const M& model, const Property<StateOf<M>, ActionOf<M>>& property,
                     const Trace<M>& trace) {
  if (property.witnessed_by(replay(model, trace))) return;
  throw std::logic_error("a witness of " + property.name + " does not replay");
}

/// The verdict on all properties together. A run that was cut short holds only if every property it
/// was asked about is decided.
template <Model M>
[[nodiscard]] Verdict overall_verdict(const std::vector<PropertyOutcome<M>>& properties,
                                      bool exhausted) {
  Verdict verdict = properties.empty() && !exhausted ? Verdict::unknown : Verdict::holds;
  for (const PropertyOutcome<M>& outcome : properties) {
    if (outcome.verdict == Verdict::violated) return Verdict::violated;
    if (outcome.verdict == Verdict::unknown) verdict = Verdict::unknown;
  }
  return verdict;
}

/// How often each kind of action was taken by all of `workers`, each of which has `taken()`.
template <Model M, class Workers>
[[nodiscard]] std::vector<ActionCount> action_counts(const M& model, const Workers& workers) {
  std::vector<ActionCount> counts;
  for_each_enumerator<KindOf<M>>([&](KindOf<M> kind) {
    ActionCount count{std::string(enum_name(kind)), 0, is_offered(model, kind)};
    for (const auto& worker : workers) {
      count.taken += worker.taken()[static_cast<std::size_t>(kind)];
    }
    counts.push_back(std::move(count));
  });
  return counts;
}

}  // namespace everyway::detail
