#include "properties/histories/readers/read_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>

#include "checker/model/json.hpp"
#include "checker/model/parameter.hpp"

namespace everyway::histories {

namespace {

constexpr std::string_view log_mark = "jepsen.util - ";

/// Calls `visit(line, number)` for each line, numbers from 1.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    visit(line, number);
  }
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
}

Edn from_json(const boost::json::value& json, std::size_t line) {
  Edn value;
  value.line = line;
  if (json.is_string()) {
    value.kind = Edn::Kind::string;
    value.text = std::string(json.get_string());
  } else if (json.is_array()) {
    value.kind = Edn::Kind::vector;
    for (const auto& item : json.get_array()) value.items.push_back(from_json(item, line));
  } else if (json.is_object()) {
    value.kind = Edn::Kind::map;
    for (const auto& member : json.get_object()) {
      value.items.push_back({Edn::Kind::string, std::string(member.key()), {}, line});
      value.items.push_back(from_json(member.value(), line));
    }
  } else if (!json.is_null()) {
    value.kind = json.is_bool()     ? Edn::Kind::boolean
                 : json.is_double() ? Edn::Kind::decimal
                                    : Edn::Kind::integer;
    value.text = boost::json::serialize(json);
  }
  return value;
}

void check_fields(const boost::json::object& object, const Recorder& recorder, std::size_t line) {
  constexpr std::array<std::string_view, 8> known = {"process", "type", "f",     "key",
                                                     "value",   "time", "index", "error"};
  for (const auto& member : object) {
    if (std::find(known.begin(), known.end(), member.key()) != known.end()) continue;
    recorder.fail(line, fmt::format("unknown field {}; one of: process, type, f, key, value, time, "
                                    "index, error",
                                    in_quotes(std::string_view(member.key()))));
  }
}

void read_json_line(std::string_view text, std::size_t line, Recorder& recorder) {
  boost::json::error_code error;
  const boost::json::value json = boost::json::parse(text, error);
  if (error) recorder.fail(line, fmt::format("not valid JSON: {}", error.message()));
  if (!json.is_object()) {
    recorder.fail(line, "this line is not a JSON object; one has process, type, f and value");
  }
  const boost::json::object& object = json.get_object();
  check_fields(object, recorder, line);
  RecordedEvent event;
  event.line = line;
  const auto field = [&](const char* name) -> std::optional<Edn> {
    const boost::json::value* const found = object.if_contains(name);
    if (found == nullptr) return std::nullopt;
    return from_json(*found, line);
  };
  const auto needed = [&](const char* name) {
    std::optional<Edn> found = field(name);
    if (!found) recorder.fail(line, fmt::format("the field {} is missing", in_quotes(name)));
    return std::move(*found);
  };
  event.process = needed("process");
  event.type = needed("type");
  event.function = needed("f");
  event.key = field("key");
  event.value = field("value");
  event.time = field("time");
  recorder.add(event);
}

void read_edn_map(const Edn& map, Recorder& recorder) {
  if (map.kind != Edn::Kind::map) {
    recorder.fail(map.line, fmt::format("{} is not an operation; one is a map such as {{:process "
                                        "0, :type :invoke, :f :read, :value nil}}",
                                        in_quotes(map.written())));
  }
  RecordedEvent event;
  event.line = map.line;
  const auto needed = [&](const char* name) {
    const Edn* const found = map.find(name);
    if (found == nullptr) recorder.fail(map.line, fmt::format("the key :{} is missing", name));
    return *found;
  };
  const auto field = [&](const char* name) {
    const Edn* const found = map.find(name);
    return found == nullptr ? std::nullopt : std::optional<Edn>(*found);
  };
  event.process = needed("process");
  event.type = needed("type");
  event.function = needed("f");
  event.key = field("key");
  event.value = field("value");
  event.time = field("time");
  recorder.add(event);
}

void read_edn(std::string_view text, Recorder& recorder) {
  try {
    EdnReader reader(text);
    while (const std::optional<Edn> value = reader.next()) {
      const bool is_many = value->kind == Edn::Kind::vector || value->kind == Edn::Kind::list;
      if (!is_many) {
        read_edn_map(*value, recorder);
        continue;
      }
      for (const Edn& map : value->items) read_edn_map(map, recorder);
    }
  } catch (const EdnError& error) {
    recorder.fail(error.line(), fmt::format("not valid EDN: {}", error.what()));
  }
}

/// `0 :invoke :cas [3 0]`, what stands in a log line behind its mark.
void read_log_line(std::string_view text, std::size_t line, Recorder& recorder) {
  std::vector<Edn> values;
  try {
    EdnReader reader(text, line);
    // What comes behind the value says why an operation failed, in any words.
    while (values.size() < 4) {
      std::optional<Edn> value = reader.next();
      if (!value) break;
      // The log has other lines, too; those of operations begin with a process.
      if (values.empty() && value->kind != Edn::Kind::integer) return;
      values.push_back(std::move(*value));
    }
  } catch (const EdnError& error) {
    if (values.empty()) return;
    recorder.fail(line, fmt::format("not valid EDN: {}", error.what()));
  }
  if (values.size() < 3) {
    recorder.fail(line,
                  "an operation is written as process, type, function and value, such as 0 "
                  ":invoke :read nil");
  }
  RecordedEvent event{values[0],    values[1],    values[2], std::nullopt,
                      std::nullopt, std::nullopt, line};
  if (values.size() > 3) event.value = values[3];
  recorder.add(event);
}

void read_log(std::string_view text, Recorder& recorder) {
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    const std::size_t mark = line.find(log_mark);
    if (mark != std::string_view::npos) {
      read_log_line(line.substr(mark + log_mark.size()), number, recorder);
    }
  });
}

/// The first characters that are not space: enough to tell the forms apart.
std::string beginning(std::string_view text) {
  std::string first;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) first += c;
    if (first.size() == 2) break;
  }
  return first;
}

}  // namespace

Recording read_history(std::string_view text, const std::string& file,
                       const ReaderOptions& options) {
  Recorder recorder(file, options);
  const std::string first = beginning(text);
  if (first == "{\"" || first == "{}") {
    for_each_line(text, [&](std::string_view line, std::size_t number) {
      if (!is_blank(line)) read_json_line(line, number, recorder);
    });
  } else if (text.find(log_mark) != std::string_view::npos && first[0] != '{') {
    read_log(text, recorder);
  } else if (!first.empty() && std::string_view("{[(#;").find(first[0]) != std::string_view::npos) {
    read_edn(text, recorder);
  } else {
    throw UsageError(
        fmt::format("{}: this is not a history; one has a line for each invocation and "
                    "response, as JSON, as EDN or as Jepsen's log",
                    file));
  }
  return recorder.finish();
}

}  // namespace everyway::histories
