#include "cli/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checker/catalogue/names.hpp"
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

std::string on_walk(const PropertyReport& outcome) {
  return outcome.walk == 0 ? "" : ", on walk " + count_text(outcome.walk);
}

std::string remark(const PropertyReport& outcome) {
  if (outcome.verdict == Verdict::violated) {
    if (!outcome.trace) return outcome.why;
    return after_actions(outcome.trace->actions.size()) + on_walk(outcome);
  }
  if (!outcome.trace) return "";
  return "reached " + after_actions(outcome.trace->actions.size()) + on_walk(outcome);
}

std::string properties_text(const std::vector<PropertyReport>& outcomes) {
  std::vector<std::vector<std::string>> rows;
  for (const PropertyReport& outcome : outcomes) {
    rows.push_back({std::string(enum_name(outcome.verdict)), outcome.property.name,
                    std::string(enum_name(outcome.property.kind)), remark(outcome)});
  }
  return columns_text(rows, 2) + (rows.empty() ? "" : "\n");
}

/// "12 s on 2 workers, 1,000,000 distinct states a second".
std::string time_text(const RunReport& report, std::uint64_t count, std::string_view what) {
  const std::string text =
      fmt::format("{} on {}", seconds_text(report.seconds), counted(report.workers, "worker"));
  if (report.seconds < 0.01) return text;
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(count) / report.seconds);
  return text + fmt::format(", {} {} a second", count_text(rate), what);
}

std::string actions_text(const std::vector<ActionCount>& actions) {
  std::string text;
  for (const ActionCount& action : actions) {
    if (!action.offered && action.taken == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", action.name, count_text(action.taken));
  }
  return text;
}

std::string reduction_text(const CheckReport& report) {
  if (report.reduction == Reduction::none) return "";
  std::string text = fmt::format("sleep sets: {} left out", counted(report.skipped, "transition"));
  if (report.workers > 1) text += "; how many are, and are generated, may differ from run to run";
  return labelled_text("reduction", text);
}

std::string states_text(const CheckReport& report) {
  const bool shortest = report.strategy == Strategy::bfs && report.storage != Storage::bitstate;
  const bool swarm = !report.swarm.empty();
  return fmt::format(
      "{} distinct{}{}, {} generated{}; {}{}", count_text(report.distinct),
      report.symmetry ? " up to the names of nodes and values" : "",
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
  return labelled_text("states", states_text(report)) + reduction_text(report) +
         (report.swarm.empty() ? "" : labelled_text("swarm", swarm_text(report.swarm))) +
         labelled_text("time", time_text(report, report.distinct, "distinct states")) +
         labelled_text("memory", fmt::format("{} at its peak, visited set {}",
                                             bytes_text(report.peak_memory_bytes),
                                             bytes_text(report.visited_bytes))) +
         labelled_text("odds", collision_text(report)) +
         labelled_text("taken", actions_text(report.actions));
}

std::string joined_names(const RunReport& report, Verdict verdict) {
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
  return fmt::format("holds: every property, in all {} that {}", counted(report.distinct, "state"),
                     report.collision_probability < collisions_to_warn_of
                         ? "are reachable"
                         : "were told from one another");
}

/// How walks ended, the usual ends first.
std::string ends_text(const WalkCounts& counts) {
  std::string text;
  const auto add = [&](std::uint64_t count, std::string_view how) {
    if (count != 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count_text(count), how);
  };
  add(counts.ended_at_depth, "at their depth");
  add(counts.ended_as_expected, "where the model may end");
  add(counts.deadlocked, "in deadlock");
  add(counts.cornered, "with nothing enabled but what leads outside the bound");
  add(counts.violating, "at a violation");
  add(counts.cut_short, "cut short");
  return text;
}

std::string steps_text(const WalkCounts& counts) {
  std::string text = count_text(counts.steps);
  if (counts.steps != 0) {
    text += fmt::format(", each one of {:.1f} enabled actions on average",
                        static_cast<double>(counts.named) / static_cast<double>(counts.steps));
  }
  if (counts.turned_back != 0) {
    text += fmt::format("; {} more led outside the bound and were turned back from",
                        count_text(counts.turned_back));
  }
  return text;
}

std::string figures_text(const SimulateReport& report) {
  const WalkCounts& counts = report.counts;
  const std::string checked = report.checks == Checks::chosen
                                  ? "the states and steps of the walks"
                                  : "every successor of each state on the walks";
  return labelled_text("walks",
                       fmt::format("{} of seed {}; the longest has {}", count_text(counts.walks),
                                   report.seed, counted(counts.longest, "step"))) +
         labelled_text("steps", steps_text(counts)) + labelled_text("ended", ends_text(counts)) +
         labelled_text("checked",
                       fmt::format("{}: {}", checked, counted(counts.generated, "state"))) +
         labelled_text("time", time_text(report, counts.steps, "steps")) +
         labelled_text("taken", actions_text(report.actions));
}

/// The command that takes the walk of `outcome` again. It names the property, since another that
/// was decided before may be violated earlier on that walk.
std::string again_text(const SimulateReport& report, const PropertyReport& outcome) {
  return fmt::format("everyway simulate {} --property {} --check {} --depth {} --seed {} --walk {}",
                     configuration_text(report.model, report.parameters, report.mutant),
                     kebab_case(outcome.property.name), enum_name(report.checks), report.depth,
                     report.seed, outcome.walk);
}

std::string verdict_text(const SimulateReport& report) {
  switch (report.verdict) {
    case Verdict::violated:
      return "violated: " + joined_names(report, Verdict::violated);
    case Verdict::holds:
      return "holds: every property asked about is witnessed";
    case Verdict::unknown:
      break;
  }
  return fmt::format("unknown: {}; {} violated nothing, which says nothing about the others",
                     report.stop_detail, counted(report.counts.walks, "walk"));
}

std::string heading_text(const RunReport& report) {
  return wrapped_text(configuration_text(report.model, report.parameters, report.mutant), 4) +
         "\n\n";
}

/// Why there is no trace file, although there was to be one; empty if there is.
std::string not_written_text(const TracePlace& saved) {
  if (saved.path.empty() || !saved.property.empty()) return "";
  return fmt::format("{} is not written: there is no violation to tell\n", saved.path);
}

}  // namespace

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

std::string report_text(const CheckReport& report, const TracePlace& saved) {
  std::string text = heading_text(report);
  for (const PropertyReport& outcome : report.properties) {
    if (outcome.verdict == Verdict::violated) text += counterexample_text(outcome, saved);
  }
  text += properties_text(report.properties) + figures_text(report) + "\n";
  for (const std::string& warning : report.warnings) {
    text += wrapped_text("warning: " + warning, 4) + "\n";
  }
  return text + not_written_text(saved) + wrapped_text(verdict_text(report), 2) + "\n";
}

std::string report_text(const SimulateReport& report, const TracePlace& saved) {
  std::string text = heading_text(report);
  for (const PropertyReport& outcome : report.properties) {
    if (outcome.verdict != Verdict::violated) continue;
    text += counterexample_text(outcome, saved);
    text += wrapped_text("Find it again with: " + again_text(report, outcome), 4) + "\n\n";
  }
  return text + properties_text(report.properties) + figures_text(report) + "\n" +
         not_written_text(saved) + wrapped_text(verdict_text(report), 2) + "\n";
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
