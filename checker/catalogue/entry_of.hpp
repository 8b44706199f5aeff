#pragma once

#include <memory>
#include <string>
#include <utility>

#include "checker/catalogue/catalogue.hpp"
#include "checker/catalogue/family_options.hpp"
#include "checker/catalogue/minimise_family.hpp"
#include "checker/catalogue/replay_findings.hpp"
#include "checker/catalogue/target_arguments.hpp"
#include "checker/fuzzing/fuzz.hpp"
#include "checker/search/search.hpp"
#include "checker/search/simulate.hpp"
#include "checker/trace/story.hpp"

namespace everyway {

/// The catalogue's entry for a family of models. Instantiate it in one .cpp per family: this is
/// where the engine is compiled for the family's types.
template <ModelFamily F>
class EntryOf final : public CatalogueEntry {
  using Options = typename F::Options;

 public:
  [[nodiscard]] std::string_view name() const override { return F::name; }
  [[nodiscard]] std::string_view summary() const override { return F::summary; }
  [[nodiscard]] std::string_view source() const override { return F::source; }
  [[nodiscard]] Mutants mutants() const override { return F::mutants(); }

  [[nodiscard]] std::vector<ParameterInfo> parameters() const override {
    return parameters_of<F>();
  }

  [[nodiscard]] std::vector<PropertyInfo> properties(const ParameterValues& given) const override {
    return F::with_model(options_from<F>(given), "", [](const auto& model) {
      std::vector<PropertyInfo> properties;
      for (const auto& property : properties_of(model)) {
        properties.push_back({property.name, property.kind, property.meaning});
      }
      return properties;
    });
  }

  [[nodiscard]] CheckReport check(const CheckRequest& request,
                                  const ProgressObserver& progress) const override {
    return run<CheckReport>(request, [&](const auto& model, CheckReport& report) {
      put_result(model, search(model, request.options, progress), report);
      report.strategy = request.options.strategy;
      report.storage = request.options.storage;
      report.reduction = request.options.reduction;
      report.symmetry = request.options.symmetry;
      report.warnings = detail::warnings_about(report);
    });
  }

  [[nodiscard]] SimulateReport simulate(const SimulateRequest& request,
                                        const SimulationObserver& progress) const override {
    return run<SimulateReport>(request, [&](const auto& model, SimulateReport& report) {
      auto result = everyway::simulate(model, request.options, progress);
      report.checks = request.options.checks;
      report.depth = request.options.depth;
      report.seed = result.seed;
      report.counts = result.counts;
      put_run(model, std::move(result), report);
    });
  }

  [[nodiscard]] FuzzReport fuzz(const FuzzRequest& request,
                                const FuzzObserver& progress) const override {
    const Options options = options_from<F>(request.parameters);
    if (!request.mutant.empty()) (void)find_mutant(F::mutants(), request.mutant);
    const FuzzSubject subject{std::string(F::name), values_of<F>(options), request.mutant,
                              [this](const TraceFile& file) { return told(file); }};
    const TargetConfiguration target{
        subject.model, target_configuration(subject.parameters, subject.mutant, request.options)};
    return F::with_model(options, request.mutant, [&](const auto& model) {
      return everyway::fuzz(model, subject, request.options, target, progress);
    });
  }

  [[nodiscard]] ReplayReport replay(const TraceFile& file) const override {
    check_recorded(file);
    return F::with_model(options_from<F>(file.parameters), file.mutant,
                         [&](const auto& model) { return replay_with(model, file); });
  }

  [[nodiscard]] MinimiseReport minimise(const MinimiseRequest& request,
                                        const MinimiseObserver& observer) const override {
    check_recorded(request.trace);
    return detail::FamilyMinimiser<F>(request, options_from<F>(request.trace.parameters), observer)
        .run();
  }

 private:
  /// Throws `UsageError` if the trace is not one of this family.
  void check_recorded(const TraceFile& file) const {
    detail::check_recorded_parameters(parameters(), file.parameters, F::name);
    detail::check_recorded_names(file, F::mutants(), properties(file.parameters));
  }

  /// A report with its heading, which `fill(model, report)` completes.
  template <class Report, class Request, class Fill>
  static Report run(const Request& request, const Fill& fill) {
    const Options options = options_from<F>(request.parameters);
    if (!request.mutant.empty()) (void)find_mutant(F::mutants(), request.mutant);
    return F::with_model(options, request.mutant, [&](const auto& model) {
      Report report;
      report.model = F::name;
      report.parameters = values_of<F>(options);
      report.mutant = request.mutant;
      fill(model, report);
      return report;
    });
  }

  /// What a campaign keeps of a violation: short, or, if it shows only beyond the bound of the
  /// model, where nothing is minimised, as it is.
  [[nodiscard]] ToldTrace told(const TraceFile& file) const {
    MinimiseOptions options;
    options.keep_parameters = true;  // the finding is one of this configuration
    options.max_seconds = 1;
    options.workers = 1;
    try {
      MinimiseReport report = minimise({file, options}, {});
      return {std::move(report.trace), std::move(report.story)};
    } catch (const UsageError&) {
      return told_as_it_is(file);
    }
  }
  [[nodiscard]] ToldTrace told_as_it_is(const TraceFile& file) const {
    try {
      const ReplayReport report = replay(file);
      if (!report.reproduced()) throw TellError("it does not violate " + file.property);
      return {report.trace, report.story};
    } catch (const UsageError& error) {
      throw TellError(error.what());
    }
  }

  template <Model M>
  static void put_result(const M& model, SearchResult<M> result, CheckReport& report) {
    report.distinct = result.distinct;
    report.generated = result.generated;
    report.skipped = result.skipped;
    report.depth = result.depth;
    report.visited_bytes = result.visited_bytes;
    report.peak_memory_bytes = result.peak_memory_bytes;
    report.fingerprint_bits = result.fingerprint_bits;
    report.collision_probability = result.collision_probability;
    report.coverage = result.coverage;
    report.swarm = std::move(result.swarm);
    put_run(model, std::move(result), report);
  }

  /// What results of every sort have.
  template <Model M, class Result>
  static void put_run(const M& model, Result result, RunReport& report) {
    report.verdict = result.verdict;
    report.stop = result.stop;
    report.stop_detail = std::move(result.stop_detail);
    report.seconds = result.seconds;
    report.workers = result.workers;
    report.actions = std::move(result.actions);
    for (const PropertyOutcome<M>& outcome : result.properties) {
      report.properties.push_back(report_of(model, outcome, report));
    }
  }

  template <Model M>
  static PropertyReport report_of(const M& model, const PropertyOutcome<M>& outcome,
                                  const RunReport& heading) {
    PropertyReport report{{outcome.name, outcome.kind, outcome.meaning},
                          outcome.verdict,
                          outcome.why,
                          std::nullopt,
                          "",
                          outcome.walk};
    if (!outcome.trace) return report;
    report.story = story_text(story_of(model, *outcome.trace));
    TraceFile& file = report.trace.emplace();
    file.model = heading.model;
    file.parameters = heading.parameters;
    file.mutant = heading.mutant;
    file.property = outcome.name;
    file.kind = outcome.kind;
    file.verdict = outcome.verdict;
    file.why = outcome.why;
    put_trace(*outcome.trace, file);
    return report;
  }

  template <Model M>
  static ReplayReport replay_with(const M& model, const TraceFile& file) {
    try {
      const Trace<M> trace = get_trace<M>(file);
      return {file, story_text(story_of(model, trace)),
              detail::replay_findings(model, trace, file.property)};
    } catch (const JsonError& error) {
      throw UsageError(error.what());
    } catch (const ReplayError& error) {
      throw UsageError(error.what());
    }
  }
};

template <ModelFamily F>
[[nodiscard]] std::unique_ptr<CatalogueEntry> make_entry() {
  return std::make_unique<EntryOf<F>>();
}

}  // namespace everyway
