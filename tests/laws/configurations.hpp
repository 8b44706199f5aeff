#pragma once

#include <fmt/format.h>

#include <ostream>
#include <string_view>
#include <vector>

#include "tests/laws/arguments.hpp"

namespace everyway::testing {

/// One model of a family.
struct Configuration {
  std::string_view parameters;  ///< as command line arguments
  std::string_view mutant;      ///< empty for the unchanged protocol

  friend std::ostream& operator<<(std::ostream& out, const Configuration& configuration) {
    out << configuration.parameters;
    if (!configuration.mutant.empty()) out << " --mutant " << configuration.mutant;
    return out;
  }
};

/// A family of models with the small configurations in which it is tested.
///
///   Family           the family;
///   configurations   parameters as command line arguments.
template <class Case>
concept FamilyCase = ModelFamily<typename Case::Family> && requires {
  {Case::configurations.begin()};
};

/// The unchanged protocol in each of its small configurations.
template <FamilyCase Case>
[[nodiscard]] std::vector<Configuration> unchanged() {
  std::vector<Configuration> all;
  for (const std::string_view parameters : Case::configurations) all.push_back({parameters, ""});
  return all;
}

/// The protocol, unchanged and with each of its mutations, in each of its small configurations and,
/// for a mutant, in that which shows it.
template <FamilyCase Case>
[[nodiscard]] std::vector<Configuration> with_mutants() {
  std::vector<Configuration> all = unchanged<Case>();
  for (const MutantInfo& mutant : Case::Family::mutants()) {
    for (const std::string_view parameters : Case::configurations) {
      all.push_back({parameters, mutant.name});
    }
    all.push_back({mutant.parameters, mutant.name});
  }
  return all;
}

/// Calls `visit(model)` for the model of that configuration.
template <FamilyCase Case, class Visit>
auto with_model_of(const Configuration& configuration, Visit&& visit) {
  using Family = typename Case::Family;
  return Family::with_model(options_from<Family>(configuration.parameters), configuration.mutant,
                            std::forward<Visit>(visit));
}

}  // namespace everyway::testing
