#include "checker/trace/trace_file.hpp"

#include <algorithm>
#include <initializer_list>

#include "checker/trace/input_file.hpp"
#include "checker/trace/json_text.hpp"

namespace everyway {

namespace {

constexpr const char* format_name = "everyway-trace";
constexpr int format_version = 1;

void check_fields(const boost::json::object& object,
                  std::initializer_list<std::string_view> known) {
  for (const auto& member : object) {
    if (std::find(known.begin(), known.end(), member.key()) != known.end()) continue;
    throw JsonError(detail::json_path("", member.key()), "unknown field");
  }
}

void check_format(const boost::json::object& object) {
  const boost::json::value* const format = object.if_contains("format");
  if (format == nullptr || *format != boost::json::value(format_name)) {
    throw JsonError("format",
                    fmt::format("this is not a trace; one has \"format\": \"{}\"", format_name));
  }
  const boost::json::value& version = detail::json_field(object, "version", "");
  if (version != boost::json::value(format_version)) {
    throw JsonError("version", fmt::format("this program reads version {}, found {}",
                                           format_version, detail::json_kind_text(version)));
  }
}

ParameterValues parameters_from_json(const boost::json::value& json) {
  ParameterValues parameters;
  for (const auto& member : detail::json_object(json, "parameters")) {
    const bool is_switch = member.value().is_bool();
    const std::string path = detail::json_path("parameters", member.key());
    const std::int64_t value = is_switch ? std::int64_t{member.value().get_bool()}
                                         : from_json<std::int64_t>(member.value(), path);
    parameters.push_back({std::string(member.key()), value, is_switch});
  }
  return parameters;
}

TraceFile trace_from_json(const boost::json::value& json) {
  const boost::json::object& object = detail::json_object(json, "");
  check_format(object);
  check_fields(object, {"format", "version", "model", "parameters", "mutant", "property", "kind",
                        "verdict", "length", "why", "initial", "actions"});
  const auto field = [&](std::string_view name) -> const boost::json::value& {
    return detail::json_field(object, name, "");
  };
  TraceFile trace;
  trace.model = detail::json_string(field("model"), "model");
  trace.parameters = parameters_from_json(field("parameters"));
  trace.mutant = detail::json_string(field("mutant"), "mutant");
  trace.property = detail::json_string(field("property"), "property");
  trace.kind = from_json<PropertyKind>(field("kind"), "kind");
  trace.verdict = from_json<Verdict>(field("verdict"), "verdict");
  trace.why = detail::json_string(field("why"), "why");
  trace.initial = field("initial");
  trace.actions = detail::json_array(field("actions"), "actions");
  const auto length = from_json<std::uint64_t>(field("length"), "length");
  if (length != trace.actions.size()) {
    throw JsonError("length",
                    fmt::format("says {}, but there are {} actions", length, trace.actions.size()));
  }
  return trace;
}

}  // namespace

boost::json::object parameters_json(const ParameterValues& parameters) {
  boost::json::object object;
  for (const ParameterValue& parameter : parameters) {
    if (parameter.is_switch) {
      object[parameter.name] = parameter.value != 0;
    } else {
      object[parameter.name] = parameter.value;
    }
  }
  return object;
}

boost::json::object trace_json(const TraceFile& trace) {
  return {{"format", format_name},          {"version", format_version},
          {"model", trace.model},           {"parameters", parameters_json(trace.parameters)},
          {"mutant", trace.mutant},         {"property", trace.property},
          {"kind", to_json(trace.kind)},    {"verdict", to_json(trace.verdict)},
          {"length", trace.actions.size()}, {"why", trace.why},
          {"initial", trace.initial},       {"actions", trace.actions}};
}

std::string trace_text(const TraceFile& trace) { return pretty_json(trace_json(trace)); }

TraceFile read_trace_file(const std::string& path) {
  return parse_trace(read_input_file(path, "a trace"), path);
}

TraceFile parse_trace(std::string_view text, const std::string& path) {
  try {
    return trace_from_json(parse_json(text));
  } catch (const JsonSyntaxError& error) {
    throw UsageError(fmt::format("{}:{}:{}: not valid JSON: {}", path, error.line(), error.column(),
                                 error.what()));
  } catch (const JsonError& error) {
    throw UsageError(fmt::format("{}: {}", path, error.what()));
  }
}

}  // namespace everyway
