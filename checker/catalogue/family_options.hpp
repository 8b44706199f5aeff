#pragma once

#include <vector>

#include "checker/catalogue/family.hpp"
#include "checker/catalogue/report.hpp"

namespace everyway {

/// The parameters of a family, without the type of its options.
template <ModelFamily F>
[[nodiscard]] std::vector<ParameterInfo> parameters_of() {
  std::vector<ParameterInfo> parameters;
  const typename F::Options initial;
  for (const auto& parameter : F::parameters()) {
    parameters.push_back({parameter.name, parameter.meaning, parameter.is_switch, parameter.lowest,
                          parameter.highest, parameter.get(initial)});
  }
  return parameters;
}

/// The options of a family: its initial ones, changed as `given` says. Throws `UsageError`.
template <ModelFamily F>
[[nodiscard]] typename F::Options options_from(const ParameterValues& given) {
  typename F::Options options;
  for (const auto& parameter : F::parameters()) {
    for (const ParameterValue& value : given) {
      if (value.name == parameter.name) parameter.assign(options, value.value);
    }
  }
  return options;
}

/// All parameters of a family, with the values that `options` has.
template <ModelFamily F>
[[nodiscard]] ParameterValues values_of(const typename F::Options& options) {
  ParameterValues values;
  for (const auto& parameter : F::parameters()) {
    values.push_back({parameter.name, parameter.get(options), parameter.is_switch});
  }
  return values;
}

}  // namespace everyway
