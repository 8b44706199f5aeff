#include "cli/minimise_report.hpp"

#include <fmt/format.h>

#include <boost/json/string.hpp>

#include "cli/columns.hpp"
#include "cli/quantities.hpp"
#include "cli/report_text.hpp"

namespace everyway {

namespace {

std::string headline(const MinimiseReport& report) {
  const TraceFile& trace = report.trace;
  const bool witness = trace.kind == PropertyKind::reachable;
  const std::string where = report.length == 0 ? std::string("in the initial state")
                                               : "after " + counted(report.length, "action");
  const std::string text =
      fmt::format("{} is {} {}", trace.property, witness ? "reached" : "violated", where);
  return wrapped_text(witness ? text : text + ": " + trace.why, 2);
}

std::string changes_text(const MinimiseReport& report) {
  std::string text;
  for (const ParameterChange& change : report.changes) {
    text += fmt::format("{}--{} {} instead of {}", text.empty() ? "" : ", ", change.name, change.to,
                        change.from);
  }
  return text;
}

std::string length_text(const MinimiseReport& report) {
  if (report.length == report.original_length)
    return counted(report.length, "action") + ", as before";
  return fmt::format("{} instead of {}", counted(report.length, "action"),
                     count_text(report.original_length));
}

/// What is known about shorter runs.
std::string verdict_text(const MinimiseReport& report) {
  switch (report.optimality) {
    case Optimality::proved:
      return "proved shortest: " + report.optimality_text;
    case Optimality::found:
      return "shorter run found, and it is a shortest one: " + report.optimality_text;
    case Optimality::not_proved:
      break;
  }
  const std::string text = "not proved shortest: " + report.optimality_text;
  if (report.interrupted) return text + "; stopped by the user, so more might go";
  return text + "; no single action can go. --optimal searches until it is known";
}

}  // namespace

std::string minimise_text(const MinimiseReport& report, const std::string& saved) {
  const TraceFile& trace = report.trace;
  std::string text =
      wrapped_text(configuration_text(trace.model, trace.parameters, trace.mutant), 4) + "\n\n" +
      headline(report) + "\n\n" + report.story + (report.story.empty() ? "" : "\n");
  text += labelled_text("length", length_text(report));
  if (!report.changes.empty()) text += labelled_text("changed", changes_text(report));
  text += labelled_text("tried", counted(report.candidates, "run")) +
          labelled_text("time", seconds_text(report.seconds)) + "\n";
  text += saved.empty() ? "Add -o FILE to save this run, and replay it with: everyway replay FILE\n"
                        : fmt::format("Replay it with: everyway replay {}\n", saved);
  return text + wrapped_text(verdict_text(report), 2) + "\n";
}

boost::json::object minimise_json(const MinimiseReport& report) {
  boost::json::array changes;
  for (const ParameterChange& change : report.changes) {
    changes.push_back({{"name", change.name}, {"from", change.from}, {"to", change.to}});
  }
  const TraceFile& trace = report.trace;
  return {{"model", trace.model},
          {"parameters", parameters_json(trace.parameters)},
          {"mutant", trace.mutant},
          {"property", trace.property},
          {"kind", to_json(trace.kind)},
          {"verdict", to_json(trace.verdict)},
          {"why", trace.why},
          {"original_length", report.original_length},
          {"length", report.length},
          {"changed", std::move(changes)},
          {"optimality", to_json(report.optimality)},
          {"optimality_text", report.optimality_text},
          {"interrupted", report.interrupted},
          {"candidates", report.candidates},
          {"seconds", report.seconds}};
}

}  // namespace everyway
