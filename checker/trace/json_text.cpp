#include "checker/trace/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/stream_parser.hpp>

namespace everyway {

namespace {

constexpr std::size_t page_width = 100;
constexpr std::size_t indent_width = 2;

[[noreturn]] void throw_syntax_error(std::string_view text, std::size_t position,
                                     const std::string& problem) {
  const std::string_view read = text.substr(0, position);
  const auto lines = static_cast<std::size_t>(std::count(read.begin(), read.end(), '\n'));
  const std::size_t line_feed = read.rfind('\n');
  const std::size_t column =
      read.size() - (line_feed == std::string_view::npos ? 0 : line_feed + 1);
  throw JsonSyntaxError(lines + 1, column + 1, problem);
}

std::string compact(const boost::json::value& json);

template <class Members, class Write>
std::string compact_members(const Members& members, char open, char close, Write write) {
  std::string text(1, open);
  const char* separator = "";
  for (const auto& member : members) {
    text += separator + write(member);
    separator = ", ";
  }
  return text + close;
}

std::string key_text(const boost::json::key_value_pair& member) {
  return boost::json::serialize(member.key()) + ": ";
}

std::string compact(const boost::json::value& json) {
  if (json.is_object()) {
    return compact_members(json.get_object(), '{', '}',
                           [](const boost::json::key_value_pair& member) {
                             return key_text(member) + compact(member.value());
                           });
  }
  if (json.is_array()) return compact_members(json.get_array(), '[', ']', compact);
  if (json.is_double()) return fmt::format("{}", json.get_double());
  return boost::json::serialize(json);
}

bool is_structure(const boost::json::value& json) { return json.is_object() || json.is_array(); }

/// Whether `json` is a list of structures, if `structures`, or of anything but structures.
bool is_list_of(const boost::json::value& json, bool structures) {
  return json.is_array() && !json.get_array().empty() &&
         std::all_of(
             json.get_array().begin(), json.get_array().end(),
             [&](const boost::json::value& item) { return is_structure(item) == structures; });
}

class Printer {
 public:
  explicit Printer(std::string& text) : text_(text) {}

  /// Appends `json`, of which the first line starts after `used` columns.
  void print(const boost::json::value& json, std::size_t indent, std::size_t used) {
    const std::string line = compact(json);
    const bool fits = used + line.size() < page_width && !is_list_of(json, true);
    if (!is_structure(json) || fits || is_list_of(json, false)) {
      text_ += line;
    } else {
      print_lines(json, indent);
    }
  }

  /// Appends a structure with a line or more for each of its members.
  void print_lines(const boost::json::value& json, std::size_t indent) {
    const std::size_t inner = indent + indent_width;
    const char* separator = "\n";
    text_ += json.is_object() ? '{' : '[';
    const auto print_member = [&](const std::string& key, const boost::json::value& value) {
      text_ += separator + std::string(inner, ' ') + key;
      print(value, inner, inner + key.size());
      separator = ",\n";
    };
    if (json.is_object()) {
      for (const auto& member : json.get_object()) print_member(key_text(member), member.value());
    } else {
      // Elements take one line each, however long: a longer trace differs by the lines it has more.
      for (const auto& element : json.get_array()) {
        text_ += separator + std::string(inner, ' ') + compact(element);
        separator = ",\n";
      }
    }
    text_ += "\n" + std::string(indent, ' ') + (json.is_object() ? '}' : ']');
  }

 private:
  std::string& text_;
};

}  // namespace

boost::json::value parse_json(std::string_view text) {
  boost::json::stream_parser parser;
  boost::json::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (error) throw_syntax_error(text, read, error.message());
  if (read < text.size()) throw_syntax_error(text, read, "more text after the end of the value");
  parser.finish(error);
  if (error) throw_syntax_error(text, text.size(), "the text ends too early");
  return parser.release();
}

std::string pretty_json(const boost::json::value& json) {
  std::string text;
  Printer printer(text);
  if (is_structure(json) && compact(json).size() > 2) {
    printer.print_lines(json, 0);
  } else {
    printer.print(json, 0, 0);
  }
  return text + "\n";
}

}  // namespace everyway
