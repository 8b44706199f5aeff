#include "cli/fuzz_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checker/fuzzing/totals_file.hpp"
#include "checker/trace/configuration.hpp"
#include "cli/columns.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

std::string earned_text(Earned earned) {
  switch (earned) {
    case Earned::chance:
      return "";
    case Earned::seed:
      return "; from a schedule that the corpus began with";
    case Earned::protocol:
      return "; from a schedule kept for a new abstract state";
    case Earned::code:
      return "; from a schedule kept for new code";
    case Earned::both:
      break;
  }
  return "; from a schedule kept for a new abstract state and new code";
}

/// What is wrong, and what to do next.
std::string finding_text(const FuzzFinding& finding, const std::string& folder) {
  if (finding.is_crash()) {
    return wrapped_text(fmt::format("The fuzz target failed: {}", finding.why), 2) + "\n" +
           fmt::format("  schedule  {}/{}.schedule\n  story     {}/{}.story.txt\n\n", folder,
                       finding.name, folder, finding.name);
  }
  return wrapped_text(fmt::format("{} is violated after {}: {}", finding.property,
                                  counted(finding.length, "action"), finding.why),
                      2) +
         "\n" +
         wrapped_text(fmt::format("  found   by schedule {} of worker {}, {} into the campaign{}; "
                                  "met {} so far",
                                  count_text(finding.execution), finding.worker,
                                  seconds_text(finding.seconds), earned_text(finding.earned),
                                  counted(finding.times, "time")),
                      10) +
         "\n" +
         fmt::format(
             "  story   {0}/{1}.story.txt\n  replay  everyway replay {0}/{1}.trace.json\n\n",
             folder, finding.name);
}

std::string strategy_text(const FuzzOptions& options) {
  if (options.strategy != FuzzStrategy::libfuzzer) {
    return fmt::format("{}, without feedback", enum_name(options.strategy));
  }
  switch (options.feedback) {
    case Feedback::protocol:
      return "libfuzzer, with feedback from abstract states";
    case Feedback::code:
      return "libfuzzer, with feedback from code edges";
    case Feedback::both:
      break;
  }
  return "libfuzzer, with feedback from abstract states and code edges";
}

std::string rate_text(const FuzzReport& report) {
  const double seconds = report.totals.processor_seconds - report.before.processor_seconds;
  const std::uint64_t executions = report.totals.executions - report.before.executions;
  if (seconds < 0.01) return "";
  return fmt::format(
      ", {} a second on each core",
      count_text(static_cast<std::uint64_t>(static_cast<double>(executions) / seconds)));
}

std::string schedules_text(const FuzzReport& report) {
  const FuzzTotals& totals = report.totals;
  const std::uint64_t now = totals.executions - report.before.executions;
  std::string text = count_text(totals.executions);
  if (report.before.sessions > 0) text += fmt::format(", {} in this session", count_text(now));
  text += rate_text(report);
  if (totals.executions != 0) {
    text += fmt::format("; {:.1f} actions each",
                        static_cast<double>(totals.steps) / static_cast<double>(totals.executions));
  }
  if (totals.violating != 0) {
    text += fmt::format("; {} violated a property", count_text(totals.violating));
  }
  return text;
}

std::string time_text(const FuzzReport& report) {
  std::string text = fmt::format(
      "{} on {}, {} of processor time", seconds_text(report.totals.seconds - report.before.seconds),
      counted(report.options.workers, "worker"),
      seconds_text(report.totals.processor_seconds - report.before.processor_seconds));
  if (report.before.sessions > 0) {
    text += fmt::format("; {} in {}", seconds_text(report.totals.seconds),
                        counted(report.totals.sessions, "session"));
  }
  if (report.totals.restarts != 0) {
    text += fmt::format("; {} of workers that died", counted(report.totals.restarts, "restart"));
  }
  return text;
}

std::string growth_text(const std::vector<GrowthPoint>& growth) {
  std::vector<std::vector<std::string>> rows{{"after", "schedules", "abstract states", "findings"}};
  for (const GrowthPoint& point : growth) {
    rows.push_back({seconds_text(point.seconds), count_text(point.executions),
                    count_text(point.abstract_states), count_text(point.findings)});
  }
  return growth.empty() ? "" : columns_text(rows, 2) + "\n";
}

std::string verdict_text(const FuzzReport& report) {
  if (report.options.only_seeds) return "nothing was tested: " + report.stop_detail;
  if (report.verdict == Verdict::violated) {
    std::string names;
    for (const FuzzFinding& finding : report.totals.findings) {
      const std::string name = finding.is_crash() ? "the fuzz target crashes" : finding.property;
      if (names.find(name) == std::string::npos) names += (names.empty() ? "" : ", ") + name;
    }
    return "violated: " + names;
  }
  return fmt::format("unknown: {}; {} violated nothing, which says nothing about the others",
                     report.stop_detail, counted(report.totals.executions, "schedule"));
}

}  // namespace

std::string fuzz_text(const FuzzReport& report) {
  const FuzzTotals& totals = report.totals;
  std::string text =
      wrapped_text(configuration_text(report.model, report.parameters, report.mutant), 4) + "\n\n";
  for (const FuzzFinding& finding : totals.findings) {
    text += finding_text(finding, report.options.findings);
  }
  text +=
      labelled_text("strategy",
                    fmt::format("{}; schedules of up to {}, seed {}", strategy_text(report.options),
                                counted(report.options.depth, "action"), report.options.seed)) +
      labelled_text("schedules", schedules_text(report)) +
      labelled_text("states", fmt::format("{}{} abstract states reached",
                                          report.states_full ? "at least " : "",
                                          count_text(totals.abstract_states))) +
      labelled_text("corpus", fmt::format("{} in {}", counted(report.corpus_files, "schedule"),
                                          report.options.corpus)) +
      labelled_text("findings",
                    fmt::format("{} in {}", totals.findings.size(), report.options.findings)) +
      labelled_text("time", time_text(report)) + "\n" + growth_text(totals.growth);
  for (const std::string& warning : report.warnings) {
    text += wrapped_text("warning: " + warning, 4) + "\n";
  }
  return text + wrapped_text(verdict_text(report), 2) + "\n";
}

boost::json::object fuzz_json(const FuzzReport& report) {
  const FuzzTotals& totals = report.totals;
  boost::json::array findings;
  for (const FuzzFinding& finding : totals.findings) findings.push_back(finding_json(finding));
  boost::json::array warnings;
  for (const std::string& warning : report.warnings)
    warnings.push_back(boost::json::string(warning));
  return {{"model", report.model},
          {"parameters", parameters_json(report.parameters)},
          {"mutant", report.mutant},
          {"verdict", to_json(report.verdict)},
          {"stop", to_json(report.stop)},
          {"stop_detail", report.stop_detail},
          {"strategy", to_json(report.options.strategy)},
          {"feedback", to_json(report.options.feedback)},
          {"depth", report.options.depth},
          {"seed", report.options.seed},
          {"workers", report.options.workers},
          {"sessions", totals.sessions},
          {"executions", totals.executions},
          {"session_executions", totals.executions - report.before.executions},
          {"steps", totals.steps},
          {"violating", totals.violating},
          {"bounded", totals.bounded},
          {"restarts", totals.restarts},
          {"seconds", totals.seconds},
          {"processor_seconds", totals.processor_seconds},
          {"session_processor_seconds", totals.processor_seconds - report.before.processor_seconds},
          {"abstract_states", totals.abstract_states},
          {"corpus", report.options.corpus},
          {"corpus_files", report.corpus_files},
          {"findings_folder", report.options.findings},
          {"findings", std::move(findings)},
          {"growth", growth_json(totals.growth)},
          {"warnings", std::move(warnings)}};
}

}  // namespace everyway
