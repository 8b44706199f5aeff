#include "cli/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/columns.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

std::string after_actions(std::size_t length) {
  if (length == 0) return "in the initial state";
  return "after " + counted(length, "action");
}

/// What is violated, where and why: the first line of its story.
std::string headline(const PropertyReport& outcome) {
  const std::string where = outcome.trace ? " " + after_actions(outcome.trace->actions.size()) : "";
  return wrapped_text(
      fmt::format("{} is violated{}: {}", outcome.property.name, where, outcome.why), 2);
}

/// The counterexample of a violated property, told; what to do next below it.
std::string counterexample_text(const PropertyReport& outcome, const TracePlace& saved) {
  std::string text = headline(outcome) + "\n\n";
  if (!outcome.trace) return text;
  text += outcome.story;
  if (!outcome.story.empty()) text += "\n";
  if (saved.property == outcome.property.name) {
    return text + fmt::format("Replay it with: everyway replay {}\n\n", saved.path);
  }
  return text + "Add --trace FILE to save this run, and replay it with: everyway replay FILE\n\n";
}

std::string remark(const PropertyReport& outcome) {
  if (outcome.verdict == Verdict::violated) {
    if (!outcome.trace) return outcome.why;
    return after_actions(outcome.trace->actions.size());
  }
  if (outcome.trace) return "reached " + after_actions(outcome.trace->actions.size());
  return "";
}

std::string properties_text(const std::vector<PropertyReport>& outcomes) {
  std::vector<std::vector<std::string>> rows;
  for (const PropertyReport& outcome : outcomes) {
    rows.push_back({std::string(enum_name(outcome.verdict)), outcome.property.name,
                    std::string(enum_name(outcome.property.kind)), remark(outcome)});
  }
  return columns_text(rows, 2);
}

std::string rate_text(const CheckReport& report) {
  if (report.seconds < 0.01) return "";
  const auto rate = static_cast<double>(report.distinct) / report.seconds;
  return fmt::format(", {} distinct states a second", count_text(static_cast<std::uint64_t>(rate)));
}

std::string actions_text(const std::vector<ActionCount>& actions) {
  std::string text;
  for (const ActionCount& action : actions) {
    if (!action.offered && action.taken == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", action.name, count_text(action.taken));
  }
  return text;
}

std::string states_text(const CheckReport& report) {
  const bool shortest = report.strategy == Strategy::bfs && report.storage != Storage::bitstate;
  const bool swarm = !report.swarm.empty();
  return fmt::format(
      "{} distinct{}, {} generated{}; {}{}", count_text(report.distinct),
      swarm ? " in the largest member" : "", count_text(report.generated), swarm ? " by all" : "",
      shortest ? "the longest of the shortest paths has " : "the longest path searched has ",
      counted(report.depth, "state"));
}

/// What the members of a swarm found; of a large swarm, what the first of them found.
std::string swarm_text(const std::vector<SwarmMember>& swarm) {
  constexpr std::size_t most = 12;
  std::string text = counted(swarm.size(), "member") + " ran; distinct states of each: ";
  for (std::size_t i = 0; i < std::min(swarm.size(), most); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", enum_name(swarm[i].strategy),
                        count_text(swarm[i].distinct));
  }
  return swarm.size() > most ? text + ", ..." : text;
}

std::string coverage_text(const BitstateCoverage& coverage) {
  return fmt::format(
      "bitstate storage omits states: {:.2g} % of its bits are set, {} for each state, so that "
      "a new state is now taken for a known one with a chance of {:.2g}",
      100 * coverage.fill, coverage.bits_per_state, coverage.omission_probability);
}

std::string figures_text(const CheckReport& report) {
  return labelled_text("states", states_text(report)) +
         (report.swarm.empty() ? "" : labelled_text("swarm", swarm_text(report.swarm))) +
         labelled_text("time", fmt::format("{} on {}{}", seconds_text(report.seconds),
                                           counted(report.workers, "worker"), rate_text(report))) +
         labelled_text("memory", fmt::format("{} at its peak, visited set {}",
                                             bytes_text(report.peak_memory_bytes),
                                             bytes_text(report.visited_bytes))) +
         labelled_text("odds", collision_text(report)) +
         labelled_text("taken", actions_text(report.actions));
}

std::string joined_names(const CheckReport& report, Verdict verdict) {
  std::string names;
  for (const PropertyReport& outcome : report.properties) {
    if (outcome.verdict != verdict) continue;
    names += (names.empty() ? "" : ", ") + outcome.property.name;
  }
  return names;
}

std::string verdict_text(const CheckReport& report) {
  if (report.verdict == Verdict::violated) {
    return "violated: " + joined_names(report, Verdict::violated);
  }
  if (report.verdict == Verdict::unknown) {
    return fmt::format("unknown: {}; nothing is known beyond the {} found until then",
                       report.stop_detail.empty() ? "stopped early" : report.stop_detail,
                       counted(report.distinct, "state"));
  }
  if (report.stop != Stop::exhausted) return "holds: every property asked about is decided";
  if (report.properties.empty()) {
    return fmt::format("holds: there was nothing to check in {}",
                       counted(report.distinct, "state"));
  }
  return fmt::format("holds: every property, in all {} that are reachable",
                     counted(report.distinct, "state"));
}

}  // namespace

std::string configuration_text(const std::string& model, const ParameterValues& parameters,
                               const std::string& mutant) {
  std::string text = model;
  for (const ParameterValue& parameter : parameters) {
    if (!parameter.is_switch) {
      text += fmt::format(" --{} {}", parameter.name, parameter.value);
    } else if (parameter.value != 0) {
      text += " --" + parameter.name;
    }
  }
  return mutant.empty() ? text : text + " --mutant " + mutant;
}

std::string collision_text(const CheckReport& report) {
  if (report.storage == Storage::exact) return "none: exact storage";
  if (report.storage == Storage::bitstate) {
    double worst = 0;
    for (const SwarmMember& member : report.swarm) {
      worst = std::max(worst, member.coverage.omission_probability);
    }
    if (report.coverage) return coverage_text(*report.coverage);
    return fmt::format(
        "bitstate storage omits states: the fullest member now takes a new state for a known one "
        "with a chance of {:.2g}",
        worst);
  }
  const std::string width =
      report.storage == Storage::compact
          ? fmt::format(", fingerprints of {:.1f} bits", report.fingerprint_bits)
          : "";
  return fmt::format(
      "the chance that a fingerprint collision hid a state is about {:.2g} (optimistic estimate{})",
      report.collision_probability, width);
}

std::string check_text(const CheckReport& report, const TracePlace& saved) {
  std::string text =
      wrapped_text(configuration_text(report.model, report.parameters, report.mutant), 4) + "\n\n";
  for (const PropertyReport& outcome : report.properties) {
    if (outcome.verdict == Verdict::violated) text += counterexample_text(outcome, saved);
  }
  text += properties_text(report.properties);
  if (!report.properties.empty()) text += "\n";
  text += figures_text(report) + "\n";
  for (const std::string& warning : report.warnings) {
    text += wrapped_text("warning: " + warning, 4) + "\n";
  }
  if (!saved.path.empty() && saved.property.empty()) {
    text += fmt::format("{} is not written: there is no violation to tell\n", saved.path);
  }
  return text + wrapped_text(verdict_text(report), 2) + "\n";
}

std::string replay_text(const ReplayReport& report) {
  const TraceFile& trace = report.trace;
  std::string text =
      wrapped_text(configuration_text(trace.model, trace.parameters, trace.mutant), 4) + "\n\n";
  text += report.story;
  if (!report.story.empty()) text += "\n";
  for (const ReplayFinding& finding : report.findings) {
    if (finding.property.kind == PropertyKind::reachable) {
      text += fmt::format("reached: {}, {}\n", finding.property.name, after_actions(finding.step));
    } else {
      text += fmt::format("violated: {}, {}: {}\n", finding.property.name,
                          after_actions(finding.step), finding.why);
    }
  }
  if (!report.reproduced()) {
    text += fmt::format("not shown by this run: {}, although the trace says so\n", trace.property);
  }
  return text;
}

}  // namespace everyway
