#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "checker/model/fields.hpp"

namespace everyway {

/// A value that a user gave and that cannot be used. The text is one line: what is wrong, what
/// would be right. Reported with exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One parameter of a model: a field of its described options struct with its range and meaning.
/// The field is an int, or a bool (a switch: range 0 to 1).
template <class Options>
struct Parameter {
  std::string name;  ///< as on the command line, without dashes in front: "max-term"
  std::string meaning;
  bool is_switch = false;
  std::int64_t lowest = 0;
  std::int64_t highest = 1;
  std::function<std::int64_t(const Options&)> get;
  std::function<void(Options&, std::int64_t)> put;

  /// Stores `value`. Throws `UsageError` if it is outside the range.
  void assign(Options& options, std::int64_t value) const {
    if (value < lowest || value > highest) {
      throw UsageError(fmt::format("--{} {}: out of range; give a value from {} to {}", name, value,
                                   lowest, highest));
    }
    put(options, value);
  }
};

template <class Options>
using Parameters = std::vector<Parameter<Options>>;

namespace detail {

/// The name of the described field that `wanted` points to, with dashes for underscores.
template <Described Options, class Field>
[[nodiscard]] std::string option_name(Field Options::*wanted) {
  std::string found;
  for_each_field<Options>([&](std::string_view name, auto pointer) {
    // A field that Options inherits is described as its base's.
    if constexpr (std::is_convertible_v<decltype(pointer), Field Options::*>) {
      if (static_cast<Field Options::*>(pointer) == wanted) found = name;
    }
  });
  std::replace(found.begin(), found.end(), '_', '-');
  return found;
}

}  // namespace detail

/// An integer parameter with an inclusive range.
template <Described Options>
[[nodiscard]] Parameter<Options> ranged(int Options::*field, int lowest, int highest,
                                        std::string meaning) {
  return {
      detail::option_name(field),
      std::move(meaning),
      false,
      lowest,
      highest,
      [field](const Options& options) { return std::int64_t{options.*field}; },
      [field](Options& options, std::int64_t value) { options.*field = static_cast<int>(value); }};
}

/// A parameter that is on or off.
template <Described Options>
[[nodiscard]] Parameter<Options> toggle(bool Options::*field, std::string meaning) {
  return {detail::option_name(field),
          std::move(meaning),
          true,
          0,
          1,
          [field](const Options& options) { return std::int64_t{options.*field}; },
          [field](Options& options, std::int64_t value) { options.*field = value != 0; }};
}

}  // namespace everyway
