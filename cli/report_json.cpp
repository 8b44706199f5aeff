#include "cli/report_json.hpp"

#include <boost/json/string.hpp>

namespace everyway {

namespace {

boost::json::string json_text(std::string_view text) { return boost::json::string(text); }

boost::json::object outcome_json(const PropertyReport& outcome) {
  boost::json::object object{{"name", outcome.property.name},
                             {"kind", to_json(outcome.property.kind)},
                             {"verdict", to_json(outcome.verdict)}};
  if (outcome.trace) object["length"] = outcome.trace->actions.size();
  if (outcome.walk != 0) object["walk"] = outcome.walk;
  if (outcome.verdict == Verdict::violated) object["why"] = outcome.why;
  return object;
}

boost::json::array actions_json(const std::vector<ActionCount>& actions) {
  boost::json::array array;
  for (const ActionCount& action : actions) {
    array.push_back({{"name", action.name}, {"taken", action.taken}});
  }
  return array;
}

boost::json::object coverage_json(const BitstateCoverage& coverage) {
  return {{"bits_per_state", coverage.bits_per_state},
          {"fill", coverage.fill},
          {"omission_probability", coverage.omission_probability}};
}

boost::json::array warnings_json(const std::vector<std::string>& warnings) {
  boost::json::array array;
  for (const std::string& warning : warnings) array.push_back(json_text(warning));
  return array;
}

/// A number of a whole range, or whether a switch is on.
boost::json::value parameter_value_json(const ParameterInfo& parameter, std::int64_t value) {
  if (parameter.is_switch) return value != 0;
  return value;
}

boost::json::object parameter_json(const ParameterInfo& parameter) {
  return {{"name", parameter.name},
          {"default", parameter_value_json(parameter, parameter.initial)},
          {"lowest", parameter_value_json(parameter, parameter.lowest)},
          {"highest", parameter_value_json(parameter, parameter.highest)},
          {"is_switch", parameter.is_switch},
          {"meaning", parameter.meaning}};
}

boost::json::object mutant_json(const MutantInfo& mutant) {
  return {{"name", json_text(mutant.name)},
          {"meaning", json_text(mutant.meaning)},
          {"breaks", json_text(mutant.breaks)},
          {"parameters", json_text(mutant.parameters)},
          {"length", mutant.length}};
}

boost::json::object heading_json(const RunReport& report) {
  return {{"model", report.model},        {"parameters", parameters_json(report.parameters)},
          {"mutant", report.mutant},      {"verdict", to_json(report.verdict)},
          {"stop", to_json(report.stop)}, {"stop_detail", report.stop_detail}};
}

boost::json::array outcomes_json(const std::vector<PropertyReport>& outcomes) {
  boost::json::array array;
  for (const PropertyReport& outcome : outcomes) array.push_back(outcome_json(outcome));
  return array;
}

boost::json::object ends_json(const WalkCounts& counts) {
  return {{"depth", counts.ended_at_depth},  {"expected", counts.ended_as_expected},
          {"deadlocked", counts.deadlocked}, {"cornered", counts.cornered},
          {"violating", counts.violating},   {"cut_short", counts.cut_short}};
}

/// How surely states were told apart, and by whom they were found.
void put_storage(const CheckReport& report, boost::json::object& object) {
  if (report.fingerprint_bits > 0) object["fingerprint_bits"] = report.fingerprint_bits;
  if (report.storage == Storage::bitstate) object["collision_probability"] = nullptr;
  if (report.coverage) object["bitstate"] = coverage_json(*report.coverage);
  if (report.swarm.empty()) return;
  boost::json::array members;
  for (const SwarmMember& member : report.swarm) {
    members.push_back({{"seed", member.seed},
                       {"search", to_json(member.strategy)},
                       {"max_depth", member.max_depth},
                       {"stop", member.ended},
                       {"distinct", member.distinct},
                       {"generated", member.generated},
                       {"bitstate", coverage_json(member.coverage)}});
  }
  object["swarm"] = std::move(members);
}

}  // namespace

boost::json::object report_json(const CheckReport& report) {
  boost::json::object object = heading_json(report);
  object["distinct"] = report.distinct;
  object["generated"] = report.generated;
  object["depth"] = report.depth;
  object["seconds"] = report.seconds;
  object["workers"] = report.workers;
  object["search"] = to_json(report.strategy);
  object["storage"] = to_json(report.storage);
  object["symmetry"] = report.symmetry;
  object["reduction"] = to_json(report.reduction);
  object["skipped"] = report.skipped;
  object["peak_memory_bytes"] = report.peak_memory_bytes;
  object["visited_bytes"] = report.visited_bytes;
  object["fingerprint_bits"] = nullptr;
  object["collision_probability"] = report.collision_probability;
  put_storage(report, object);
  object["properties"] = outcomes_json(report.properties);
  object["actions"] = actions_json(report.actions);
  object["warnings"] = warnings_json(report.warnings);
  return object;
}

boost::json::object report_json(const SimulateReport& report) {
  const WalkCounts& counts = report.counts;
  boost::json::object object = heading_json(report);
  object["seed"] = report.seed;
  object["depth"] = report.depth;
  object["check"] = to_json(report.checks);
  object["walks"] = counts.walks;
  object["steps"] = counts.steps;
  object["turned_back"] = counts.turned_back;
  object["enabled"] = counts.named;
  object["generated"] = counts.generated;
  object["longest"] = counts.longest;
  object["ends"] = ends_json(counts);
  object["seconds"] = report.seconds;
  object["workers"] = report.workers;
  object["properties"] = outcomes_json(report.properties);
  object["actions"] = actions_json(report.actions);
  return object;
}

boost::json::object replay_json(const ReplayReport& report) {
  const TraceFile& trace = report.trace;
  boost::json::array findings;
  for (const ReplayFinding& finding : report.findings) {
    const bool is_witness = finding.property.kind == PropertyKind::reachable;
    boost::json::object object{
        {"name", finding.property.name},
        {"kind", to_json(finding.property.kind)},
        {"verdict", to_json(is_witness ? Verdict::holds : Verdict::violated)},
        {"length", finding.step}};
    if (!is_witness) object["why"] = finding.why;
    findings.push_back(std::move(object));
  }
  return {{"model", trace.model},
          {"parameters", parameters_json(trace.parameters)},
          {"mutant", trace.mutant},
          {"verdict", to_json(report.violated() ? Verdict::violated : Verdict::holds)},
          {"property", trace.property},
          {"reproduced", report.reproduced()},
          {"length", trace.actions.size()},
          {"properties", std::move(findings)}};
}

boost::json::object model_json(const CatalogueEntry& entry) {
  boost::json::array parameters;
  for (const ParameterInfo& parameter : entry.parameters()) {
    parameters.push_back(parameter_json(parameter));
  }
  boost::json::array properties;
  for (const PropertyInfo& property : entry.properties({})) {
    properties.push_back(
        {{"name", property.name}, {"kind", to_json(property.kind)}, {"meaning", property.meaning}});
  }
  boost::json::array mutants;
  for (const MutantInfo& mutant : entry.mutants()) mutants.push_back(mutant_json(mutant));
  return {{"name", json_text(entry.name())},     {"summary", json_text(entry.summary())},
          {"source", json_text(entry.source())}, {"parameters", std::move(parameters)},
          {"properties", std::move(properties)}, {"mutants", std::move(mutants)}};
}

boost::json::object catalogue_json(const Catalogue& catalogue) {
  boost::json::array models;
  for (const auto& entry : catalogue) {
    models.push_back({{"name", json_text(entry->name())},
                      {"summary", json_text(entry->summary())},
                      {"source", json_text(entry->source())}});
  }
  return {{"models", std::move(models)}};
}

}  // namespace everyway
