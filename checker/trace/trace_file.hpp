#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"
#include "checker/model/property.hpp"
#include "checker/model/verdict.hpp"
#include "checker/trace/trace.hpp"

namespace everyway {

/// The value of one parameter of a model. A switch is 0 or 1.
struct ParameterValue {
  std::string name;
  std::int64_t value = 0;
  bool is_switch = false;

  friend bool operator==(const ParameterValue&, const ParameterValue&) = default;
};
/// In the order of the model's own list.
using ParameterValues = std::vector<ParameterValue>;

/// A trace as it is kept in a file, without the types of its model: versioned JSON, one action a
/// line.
struct TraceFile {
  std::string model;
  ParameterValues parameters;
  std::string mutant;  ///< empty for the unchanged protocol
  std::string property;
  PropertyKind kind = PropertyKind::always;
  Verdict verdict = Verdict::violated;  ///< of the property: violated, or holds for a witness
  std::string why;                      ///< why it is violated; empty for a witness
  boost::json::value initial;
  boost::json::array actions;
};

/// Parameters as a JSON object: numbers, and true or false for switches.
[[nodiscard]] boost::json::object parameters_json(const ParameterValues& parameters);

[[nodiscard]] boost::json::object trace_json(const TraceFile& trace);

/// The contents of a trace file, as they are written.
[[nodiscard]] std::string trace_text(const TraceFile& trace);

/// Reads a trace file. What it says of the model is not looked at here. Throws `UsageError`, one
/// line that names the file and the line or field, if it cannot be read, is not JSON, is another
/// kind of file or another version, or has a field missing, unknown or of the wrong kind.
[[nodiscard]] TraceFile read_trace_file(const std::string& path);

/// The same for the contents of a file; `path` is named in errors.
[[nodiscard]] TraceFile parse_trace(std::string_view text, const std::string& path);

/// Fills in the run itself.
template <Model M>
void put_trace(const Trace<M>& trace, TraceFile& file) {
  file.initial = to_json(trace.initial);
  file.actions.clear();
  for (const ActionOf<M>& action : trace.actions) file.actions.push_back(to_json(action));
}

/// The run as the model's own values. Throws `JsonError`.
template <Model M>
[[nodiscard]] Trace<M> get_trace(const TraceFile& file) {
  Trace<M> trace{from_json<StateOf<M>>(file.initial, "initial"), {}};
  for (std::size_t i = 0; i < file.actions.size(); ++i) {
    trace.actions.push_back(
        from_json<ActionOf<M>>(file.actions[i], detail::json_path("actions", i)));
  }
  return trace;
}

}  // namespace everyway
