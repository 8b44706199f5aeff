#pragma once

#include <string>
#include <utility>
#include <vector>

#include "checker/catalogue/carry_over.hpp"
#include "checker/catalogue/family.hpp"
#include "checker/catalogue/minimise_report.hpp"
#include "checker/minimise/minimise.hpp"
#include "checker/trace/story.hpp"

namespace everyway::detail {

/// What to keep, from model to model: its types differ with the parameters.
template <Model M>
[[nodiscard]] Violation<M> violation_in(const M& model, const std::string& name) {
  for (auto& property : properties_of(model)) {
    if (property.name == name) return {model, std::move(property)};
  }
  if (name != deadlock_property) throw UsageError("the model has no property " + in_quotes(name));
  return {model, {PropertyKind::deadlock, name, "", {}, {}, {}}};
}

/// Minimises a trace of one family of models: the run with the parameters that it came with, then
/// the parameters, and then the run again.
template <ModelFamily F>
class FamilyMinimiser {
  using Options = typename F::Options;

 public:
  FamilyMinimiser(const MinimiseRequest& request, Options options, const MinimiseObserver& observer)
      : session_(request.options, observer),
        original_(request.trace),
        options_(std::move(options)),
        best_(request.trace) {}

  [[nodiscard]] MinimiseReport run() {
    const Options before = options_;
    constexpr double share_of_first_search = 0.4;
    session_.allow(share_of_first_search);
    with_model([this](const auto& model) { return minimise_run(model); });
    session_.allow(1);
    if (!session_.options().keep_parameters) lower_parameters();
    const bool is_done = proof_.optimality != Optimality::not_proved && changes(before).empty();
    with_model([&](const auto& model) { return minimise_again(model, is_done); });
    return report(before);
  }

 private:
  template <class Visit>
  auto with_model(const Visit& visit) {
    return F::with_model(options_, original_.mutant, visit);
  }

  /// A violation of the same property for the same reason.
  template <Model M>
  [[nodiscard]] Violation<M> same_violation(const M& model) const {
    Violation<M> violation = violation_in(model, original_.property);
    violation.keep_reason(reason_);
    return violation;
  }

  template <Model M>
  void keep(const Reducer<M>& run) {
    put_trace(run.trace(), best_);
    best_.why = run.why();
  }

  /// The run that came in, with its parameters: a lower budget of faults may allow for longer runs
  /// only, so the shortest is looked for first. Throws `UsageError` if it is none, or does not show
  /// what it should.
  template <Model M>
  bool minimise_run(const M& model) {
    const Trace<M> trace = trace_in(original_, model);
    Violation<M> violation = violation_in(model, original_.property);
    reason_ = reason_to_keep(model, violation, trace);
    violation.keep_reason(reason_);
    Reducer<M> run(model, violation, session_, trace.initial, trace.actions, Matching::exact);
    require_shown(run, original_.property);
    remove(run);
    proof_ = search_shorter(model, violation, run, session_);
    keep(run);
    return true;
  }

  template <Model M>
  [[nodiscard]] static Trace<M> trace_in(const TraceFile& file, const M&) {
    try {
      return get_trace<M>(file);
    } catch (const JsonError& error) {
      throw UsageError(error.what());
    }
  }

  /// The run as it is now, with the parameters as they are now. What is known of its length holds
  /// if `is_shortest`.
  template <Model M>
  bool minimise_again(const M& model, bool is_shortest) {
    const Trace<M> trace = trace_in(best_, model);
    const Violation<M> violation = same_violation(model);
    Reducer<M> run(model, violation, session_, trace.initial, trace.actions, Matching::exact);
    if (is_shortest) {
      tidy(model, run, session_);
    } else {
      proof_ = shorten(model, violation, run, session_);
    }
    keep(run);
    return true;
  }

  // Parameters: the first ones of a model's list say how large it is, so they are lowered first.

  void lower_parameters() {
    session_.enter(MinimisePhase::simplifying, best_.actions.size());
    for (bool lowered = true; lowered && !MinimiseSession::interrupted();) {
      lowered = false;
      for (const auto& parameter : F::parameters()) lowered |= lower(parameter);
    }
  }

  /// Gives the parameter the lowest value with which the violation still shows, in a run that is no
  /// longer. A 0 that does what 1 does not stands for no limit at all, and is not lower.
  bool lower(const Parameter<Options>& parameter) {
    constexpr std::int64_t most_values = 64;
    const std::int64_t value = parameter.get(options_);
    const std::int64_t end = std::min(value, parameter.lowest + most_values);
    for (std::int64_t lower = parameter.lowest; lower < end; ++lower) {
      if (MinimiseSession::interrupted()) return false;
      const bool unlimited = lower == 0 && value > 1 && !shows_with(parameter, 1, false);
      if (!unlimited && shows_with(parameter, lower, true)) return true;
    }
    return false;
  }

  /// Whether the violation shows with this value of a parameter; if so, and `keeps`, goes on with
  /// it.
  bool shows_with(const Parameter<Options>& parameter, std::int64_t value, bool keeps) {
    Options lower = options_;
    parameter.put(lower, value);
    const auto carry = [this, keeps](const auto& model) { return carry_to(model, keeps); };
    try {
      if (!F::with_model(lower, original_.mutant, carry)) return false;
    } catch (const UsageError&) {  // parameters that do not go together
      return false;
    }
    if (keeps) options_ = lower;
    return true;
  }

  template <Model M>
  bool carry_to(const M& model, bool keeps) {
    const Violation<M> violation = same_violation(model);
    const std::vector<StateOf<M>> starts = initial_states(model);
    return with_fewer_nodes(best_.actions, [&](const ActionsJson& actions) {
      const std::vector<ActionOf<M>> wanted = actions_from<M>(actions);
      for (const StateOf<M>& initial : starts) {
        if (!session_.next_candidate()) return false;
        Reducer<M> run(model, violation, session_, initial, wanted, Matching::counterpart);
        if (!run.shows()) continue;
        run.remove_actions();
        if (run.length() > best_.actions.size()) continue;
        if (keeps) keep(run);
        return true;
      }
      return false;
    });
  }

  [[nodiscard]] std::vector<ParameterChange> changes(const Options& before) const {
    std::vector<ParameterChange> all;
    for (const auto& parameter : F::parameters()) {
      const std::int64_t from = parameter.get(before);
      const std::int64_t to = parameter.get(options_);
      if (from != to) all.push_back({parameter.name, from, to});
    }
    return all;
  }

  [[nodiscard]] MinimiseReport report(const Options& before) {
    MinimiseReport report;
    report.trace = best_;
    report.trace.parameters.clear();
    for (const auto& parameter : F::parameters()) {
      report.trace.parameters.push_back(
          {parameter.name, parameter.get(options_), parameter.is_switch});
    }
    report.trace.verdict =
        best_.kind == PropertyKind::reachable ? Verdict::holds : Verdict::violated;
    report.story = with_model(
        [this](const auto& model) { return story_text(story_of(model, trace_in(best_, model))); });
    report.original_length = original_.actions.size();
    report.length = best_.actions.size();
    report.changes = changes(before);
    report.candidates = session_.candidates();
    report.seconds = session_.seconds();
    report.optimality = proof_.optimality;
    report.optimality_text = proof_.text;
    report.interrupted = MinimiseSession::interrupted();
    return report;
  }

  MinimiseSession session_;
  const TraceFile& original_;
  Options options_;
  TraceFile best_;      ///< with the parameters of `options_`
  std::string reason_;  ///< why the run that came in refutes the property
  Proof proof_;
};

}  // namespace everyway::detail
