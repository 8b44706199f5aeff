#pragma once

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/catalogue.hpp"
#include "checker/catalogue/family.hpp"

namespace everyway::testing {

/// One parameter of a model as it stands on a command line. A switch without a value is "true".
struct Argument {
  std::string name;  ///< without the dashes
  std::string value = "true";
};

/// "--managers 3 --loss" as its two arguments.
[[nodiscard]] inline std::vector<Argument> parsed_arguments(std::string_view text) {
  std::vector<Argument> arguments;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    if (word.starts_with("--")) {
      arguments.push_back({word.substr(2)});
    } else if (arguments.empty()) {
      throw std::invalid_argument("a value without a parameter in: " + std::string(text));
    } else {
      arguments.back().value = word;
    }
  }
  return arguments;
}

/// The element of `parameters` of that name. Throws `std::invalid_argument`.
template <class SomeParameters>
[[nodiscard]] const auto& parameter_named(const SomeParameters& parameters,
                                          const std::string& name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const auto& each) { return each.name == name; });
  if (found == parameters.end()) throw std::invalid_argument("there is no parameter --" + name);
  return *found;
}

/// The options that the command line would make of `text`.
template <ModelFamily Family>
[[nodiscard]] typename Family::Options options_from(std::string_view text) {
  typename Family::Options options;
  const auto parameters = Family::parameters();
  for (const Argument& argument : parsed_arguments(text)) {
    const auto& parameter = parameter_named(parameters, argument.name);
    const bool on = parameter.is_switch && argument.value == "true";
    parameter.assign(options, on ? 1 : std::stoll(argument.value));
  }
  return options;
}

/// The same without the model's types.
[[nodiscard]] inline ParameterValues values_from(const CatalogueEntry& entry,
                                                 std::string_view text) {
  ParameterValues values;
  const std::vector<ParameterInfo> parameters = entry.parameters();
  for (const Argument& argument : parsed_arguments(text)) {
    values.push_back(parse_parameter(parameter_named(parameters, argument.name), argument.value));
  }
  return values;
}

}  // namespace everyway::testing
