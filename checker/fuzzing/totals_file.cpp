#include "checker/fuzzing/totals_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "checker/trace/json_text.hpp"
#include "checker/trace/output_file.hpp"

namespace everyway {

namespace {

constexpr const char* format_name = "everyway-campaign";
constexpr int format_version = 1;

/// The fields of one object, read one after the other.
class Fields {
 public:
  Fields(const boost::json::value& json, std::string path)
      : path_(std::move(path)), object_(detail::json_object(json, path_)) {}

  [[nodiscard]] const boost::json::value& json(std::string_view name) const {
    return detail::json_field(object_, name, path_);
  }
  template <class T>
  void get(std::string_view name, T& field) const {
    const std::string path = detail::json_path(path_, name);
    if constexpr (std::is_same_v<T, double>) {
      if (!json(name).is_number()) throw JsonError(path, "expected a number");
      field = json(name).to_number<double>();
    } else if constexpr (std::is_same_v<T, std::string>) {
      field = detail::json_string(json(name), path);
    } else {
      field = from_json<T>(json(name), path);
    }
  }

 private:
  std::string path_;
  const boost::json::object& object_;
};

FuzzFinding finding_from(const boost::json::value& json, const std::string& path) {
  FuzzFinding finding;
  const Fields fields(json, path);
  fields.get("name", finding.name);
  fields.get("property", finding.property);
  fields.get("why", finding.why);
  fields.get("shape", finding.shape);
  fields.get("length", finding.length);
  fields.get("times", finding.times);
  fields.get("earned", finding.earned);
  fields.get("worker", finding.worker);
  fields.get("execution", finding.execution);
  fields.get("processor_seconds", finding.processor_seconds);
  fields.get("seconds", finding.seconds);
  return finding;
}

GrowthPoint growth_from(const boost::json::value& json, const std::string& path) {
  GrowthPoint point;
  const Fields fields(json, path);
  fields.get("seconds", point.seconds);
  fields.get("executions", point.executions);
  fields.get("abstract_states", point.abstract_states);
  fields.get("findings", point.findings);
  return point;
}

FuzzTotals totals_from(const boost::json::value& json) {
  FuzzTotals totals;
  const Fields fields(json, "");
  std::string format;
  int version = 0;
  fields.get("format", format);
  fields.get("version", version);
  if (format != format_name) throw JsonError("format", "this is not a campaign");
  if (version != format_version) throw JsonError("version", "of another program");
  fields.get("sessions", totals.sessions);
  fields.get("executions", totals.executions);
  fields.get("steps", totals.steps);
  fields.get("violating", totals.violating);
  fields.get("bounded", totals.bounded);
  fields.get("restarts", totals.restarts);
  fields.get("seconds", totals.seconds);
  fields.get("processor_seconds", totals.processor_seconds);
  fields.get("abstract_states", totals.abstract_states);
  const auto& growth = detail::json_array(fields.json("growth"), "growth");
  for (std::size_t i = 0; i < growth.size(); ++i) {
    totals.growth.push_back(growth_from(growth[i], detail::json_path("growth", i)));
  }
  const auto& findings = detail::json_array(fields.json("findings"), "findings");
  for (std::size_t i = 0; i < findings.size(); ++i) {
    totals.findings.push_back(finding_from(findings[i], detail::json_path("findings", i)));
  }
  return totals;
}

}  // namespace

boost::json::object finding_json(const FuzzFinding& finding) {
  return {{"name", finding.name},
          {"property", finding.property},
          {"why", finding.why},
          {"shape", finding.shape},
          {"length", finding.length},
          {"times", finding.times},
          {"earned", to_json(finding.earned)},
          {"worker", finding.worker},
          {"execution", finding.execution},
          {"processor_seconds", finding.processor_seconds},
          {"seconds", finding.seconds}};
}

boost::json::array growth_json(const std::vector<GrowthPoint>& growth) {
  boost::json::array array;
  for (const GrowthPoint& point : growth) {
    array.push_back({{"seconds", point.seconds},
                     {"executions", point.executions},
                     {"abstract_states", point.abstract_states},
                     {"findings", point.findings}});
  }
  return array;
}

FuzzTotals read_totals(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  std::ifstream stream(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  try {
    return totals_from(parse_json(text));
  } catch (const JsonSyntaxError& error) {
    throw UsageError(fmt::format("{}:{}:{}: not valid JSON: {}", path, error.line(), error.column(),
                                 error.what()));
  } catch (const JsonError& error) {
    throw UsageError(fmt::format("{}: {}", path, error.what()));
  }
}

void write_totals(const std::string& path, const FuzzTotals& totals) {
  boost::json::array findings;
  for (const FuzzFinding& finding : totals.findings) findings.push_back(finding_json(finding));
  const boost::json::object json{{"format", format_name},
                                 {"version", format_version},
                                 {"sessions", totals.sessions},
                                 {"executions", totals.executions},
                                 {"steps", totals.steps},
                                 {"violating", totals.violating},
                                 {"bounded", totals.bounded},
                                 {"restarts", totals.restarts},
                                 {"seconds", totals.seconds},
                                 {"processor_seconds", totals.processor_seconds},
                                 {"abstract_states", totals.abstract_states},
                                 {"growth", growth_json(totals.growth)},
                                 {"findings", std::move(findings)}};
  OutputFile(path).write(pretty_json(json));
}

}  // namespace everyway
