#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace everyway {

/// Text that is not JSON: where it stops making sense, counted from 1, and why, in one line.
class JsonSyntaxError : public std::runtime_error {
 public:
  JsonSyntaxError(std::size_t line, std::size_t column, const std::string& problem)
      : std::runtime_error(problem), line_(line), column_(column) {}

  [[nodiscard]] std::size_t line() const noexcept { return line_; }
  /// In bytes.
  [[nodiscard]] std::size_t column() const noexcept { return column_; }

 private:
  std::size_t line_;
  std::size_t column_;
};

/// Parses one JSON value. Throws `JsonSyntaxError`.
[[nodiscard]] boost::json::value parse_json(std::string_view text);

/// `json` for people and for diff: a value that fits takes one line, an array of structures takes
/// one line for each, the order of members is kept. Ends with a line feed.
[[nodiscard]] std::string pretty_json(const boost::json::value& json);

}  // namespace everyway
