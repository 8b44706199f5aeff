#include "checker/model/json.hpp"

#include <charconv>

namespace everyway {

namespace {

std::string located(const std::string& path, const std::string& problem) {
  return path.empty() ? problem : path + ": " + problem;
}

[[noreturn]] void throw_expected(const std::string& path, std::string_view wanted,
                                 const boost::json::value& found) {
  throw JsonError(path,
                  fmt::format("expected {}, found {}", wanted, detail::json_kind_text(found)));
}

constexpr unsigned highest_name_number = 255;

}  // namespace

JsonError::JsonError(const std::string& path, const std::string& problem)
    : std::runtime_error(located(path, problem)) {}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string shown = "'";
  for (const char character : text.substr(0, longest)) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte == 0x7f) {
      shown += fmt::format("\\x{:02x}", byte);
    } else {
      shown += character;
    }
  }
  return shown + (text.size() > longest ? "...'" : "'");
}

namespace detail {

std::string json_kind_text(const boost::json::value& json) {
  switch (json.kind()) {
    case boost::json::kind::null:
      return "null";
    case boost::json::kind::bool_:
      return json.get_bool() ? "true" : "false";
    case boost::json::kind::int64:
      return fmt::format("{}", json.get_int64());
    case boost::json::kind::uint64:
      return fmt::format("{}", json.get_uint64());
    case boost::json::kind::double_:
      return fmt::format("{}", json.get_double());
    case boost::json::kind::string:
      return "the string " + in_quotes(json.get_string());
    case boost::json::kind::array:
      return "an array";
    case boost::json::kind::object:
      return "an object";
  }
  return "something else";
}

std::uint64_t json_integer(const boost::json::value& json, const std::string& path,
                           std::int64_t lowest, std::uint64_t highest) {
  if (json.is_int64()) {
    const std::int64_t number = json.get_int64();
    const bool low_enough = number < 0 || static_cast<std::uint64_t>(number) <= highest;
    if (number >= lowest && low_enough) return static_cast<std::uint64_t>(number);
  } else if (json.is_uint64()) {
    if (json.get_uint64() <= highest) return json.get_uint64();
  } else {
    throw_expected(path, "a whole number", json);
  }
  throw JsonError(path, fmt::format("{} is out of range; give a number from {} to {}",
                                    json_kind_text(json), lowest, highest));
}

bool json_bool(const boost::json::value& json, const std::string& path) {
  if (!json.is_bool()) throw_expected(path, "true or false", json);
  return json.get_bool();
}

unsigned json_name(const boost::json::value& json, const std::string& path, char letter) {
  const auto refuse = [&](const std::string& such_as) {
    throw_expected(
        path,
        fmt::format("{} such as \"{}2\"{}", letter == 'n' ? "a node" : "a value", letter, such_as),
        json);
  };
  if (json.is_number()) {
    return static_cast<unsigned>(json_integer(json, path, 0, highest_name_number));
  }
  if (!json.is_string()) refuse("");
  const std::string_view name = json.get_string();
  if (name == "none") return 0;
  unsigned number = 0;
  const char* const end = name.data() + name.size();
  const auto parsed = std::from_chars(name.data() + (name.empty() ? 0 : 1), end, number);
  const bool is_name = name.size() >= 2 && name[0] == letter && name[1] != '0' &&
                       parsed.ec == std::errc{} && parsed.ptr == end;
  if (!is_name || number > highest_name_number) refuse(", or \"none\"");
  return number;
}

std::string_view json_string(const boost::json::value& json, const std::string& path) {
  if (!json.is_string()) throw_expected(path, "a string", json);
  return json.get_string();
}

const boost::json::array& json_array(const boost::json::value& json, const std::string& path) {
  if (!json.is_array()) throw_expected(path, "an array", json);
  return json.get_array();
}

const boost::json::object& json_object(const boost::json::value& json, const std::string& path) {
  if (!json.is_object()) throw_expected(path, "an object", json);
  return json.get_object();
}

const boost::json::value& json_field(const boost::json::object& object, std::string_view name,
                                     const std::string& path) {
  const boost::json::value* const found = object.if_contains(name);
  if (found == nullptr) throw JsonError(json_path(path, name), "the field is missing");
  return *found;
}

std::string json_path(const std::string& path, std::string_view field) {
  // A field's name comes from the file when it is an unknown one.
  const std::string unquoted = in_quotes(field);
  const std::string name = unquoted.substr(1, unquoted.size() - 2);
  return path.empty() ? name : path + "." + name;
}

std::string json_path(const std::string& path, std::size_t position) {
  return fmt::format("{}[{}]", path, position);
}

const boost::json::array& json_array_up_to(const boost::json::value& json, const std::string& path,
                                           std::size_t capacity) {
  const boost::json::array& elements = json_array(json, path);
  if (elements.size() > capacity) {
    throw JsonError(
        path, fmt::format("{} elements, but there is room for {}", elements.size(), capacity));
  }
  return elements;
}

void throw_unknown_name(const std::string& path, std::string_view name, const std::string& known) {
  throw JsonError(path, fmt::format("unknown value {}; one of: {}", in_quotes(name), known));
}

}  // namespace detail

}  // namespace everyway
