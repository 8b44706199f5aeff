#include "checker/catalogue/catalogue.hpp"

#include <algorithm>
#include <charconv>

#include "checker/catalogue/names.hpp"

namespace everyway {

namespace {

/// "a whole number from 1 to 5".
std::string range_text(const ParameterInfo& parameter) {
  return fmt::format("a whole number from {} to {}", parameter.lowest, parameter.highest);
}

const ParameterInfo* find_parameter(const std::vector<ParameterInfo>& parameters,
                                    std::string_view name) {
  for (const ParameterInfo& parameter : parameters) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

void check_recorded_parameter(const ParameterInfo& parameter, const ParameterValues& recorded) {
  const auto value =
      std::find_if(recorded.begin(), recorded.end(),
                   [&](const ParameterValue& given) { return given.name == parameter.name; });
  const std::string path = "parameters." + parameter.name;
  if (value == recorded.end()) throw JsonError(path, "the field is missing");
  if (value->is_switch != parameter.is_switch) {
    throw JsonError(path,
                    "expected " + (parameter.is_switch ? "true or false" : range_text(parameter)));
  }
  if (value->value < parameter.lowest || value->value > parameter.highest) {
    throw JsonError(
        path, fmt::format("{} is out of range; expected {}", value->value, range_text(parameter)));
  }
}

}  // namespace

const CatalogueEntry& find_model(const Catalogue& catalogue, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& entry : catalogue) names.emplace_back(entry->name());
  const int position = position_of_name(names, name);
  if (position < 0) throw UsageError(unknown_name("model", name, names));
  return *catalogue[static_cast<std::size_t>(position)];
}

ReplayReport replay_file(const Catalogue& catalogue, const std::string& path) {
  const TraceFile trace = read_trace_file(path);
  try {
    return find_model(catalogue, trace.model).replay(trace);
  } catch (const UsageError& error) {
    throw UsageError(path + ": " + error.what());
  }
}

MinimiseReport minimise_file(const Catalogue& catalogue, const std::string& path,
                             const MinimiseOptions& options, const MinimiseObserver& observer) {
  const MinimiseRequest request{read_trace_file(path), options};
  try {
    return find_model(catalogue, request.trace.model).minimise(request, observer);
  } catch (const UsageError& error) {
    throw UsageError(path + ": " + error.what());
  }
}

std::string find_property(const std::vector<PropertyInfo>& properties, std::string_view wanted) {
  std::vector<std::string> names;
  for (const PropertyInfo& property : properties) names.push_back(property.name);
  names.emplace_back(deadlock_property);
  const int position = position_of_name(names, wanted);
  if (position < 0) throw UsageError(unknown_name("property", wanted, names));
  return names[static_cast<std::size_t>(position)];
}

std::string find_mutant(const Mutants& mutants, std::string_view wanted) {
  std::vector<std::string> names;
  for (const MutantInfo& mutant : mutants) names.emplace_back(mutant.name);
  const int position = position_of_name(names, wanted);
  if (position < 0) throw UsageError(unknown_name("mutant", wanted, names));
  return names[static_cast<std::size_t>(position)];
}

ParameterValue parse_parameter(const ParameterInfo& parameter, std::string_view text) {
  const std::string option = fmt::format("--{} {}", parameter.name, in_quotes(text));
  if (parameter.is_switch) {
    if (text == "true" || text == "1") return {parameter.name, 1, true};
    if (text == "false" || text == "0") return {parameter.name, 0, true};
    throw UsageError(option + ": give true or false, or no value at all");
  }
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec == std::errc::result_out_of_range) {
    throw UsageError(option + ": out of range; give " + range_text(parameter));
  }
  if (parsed.ec != std::errc{} || parsed.ptr != end) {
    throw UsageError(option + ": not a number; give " + range_text(parameter));
  }
  if (value < parameter.lowest || value > parameter.highest) {
    throw UsageError(option + ": out of range; give " + range_text(parameter));
  }
  return {parameter.name, value, false};
}

namespace detail {

void check_recorded_parameters(const std::vector<ParameterInfo>& known,
                               const ParameterValues& recorded, std::string_view model) {
  try {
    for (const ParameterValue& given : recorded) {
      if (find_parameter(known, given.name) == nullptr) {
        throw JsonError(json_path("parameters", given.name),
                        fmt::format("{} has no such parameter", model));
      }
    }
    for (const ParameterInfo& parameter : known) check_recorded_parameter(parameter, recorded);
  } catch (const JsonError& error) {
    throw UsageError(error.what());
  }
}

void check_recorded_names(const TraceFile& trace, const Mutants& mutants,
                          const std::vector<PropertyInfo>& properties) {
  if (!trace.mutant.empty() && find_mutant(mutants, trace.mutant) != trace.mutant) {
    throw UsageError("mutant: its name is " + in_quotes(find_mutant(mutants, trace.mutant)));
  }
  const std::string name = find_property(properties, trace.property);
  if (name != trace.property) throw UsageError("property: its name is " + in_quotes(name));
  PropertyKind kind = PropertyKind::deadlock;
  for (const PropertyInfo& property : properties) {
    if (property.name == name) kind = property.kind;
  }
  if (kind != trace.kind) {
    throw UsageError(fmt::format("kind: {} is of the kind {}", in_quotes(name), enum_name(kind)));
  }
}

std::vector<std::string> warnings_about(const CheckReport& report) {
  std::vector<std::string> warnings;
  // A search that stopped early has seen too little for an action's absence to mean anything.
  if (report.stop != Stop::exhausted) return warnings;
  std::string never;
  for (const ActionCount& action : report.actions) {
    if (action.offered && action.taken == 0) never += (never.empty() ? "" : ", ") + action.name;
  }
  if (!never.empty()) warnings.push_back("never taken, since no state enables it: " + never);
  if (report.collision_probability >= collisions_to_warn_of) {
    warnings.push_back(fmt::format(
        "a fingerprint collision may well have hidden a state, and what lies behind it (chance "
        "about {:.2g}); --storage exact has no such odds, and --symmetry fewer states",
        report.collision_probability));
  }
  return warnings;
}

}  // namespace detail

}  // namespace everyway
