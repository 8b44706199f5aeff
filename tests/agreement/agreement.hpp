#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "tests/agreement/twin.hpp"

namespace everyway::testing {

/// One model for the engine and its twin.
struct Duel {
  std::string_view model;
  std::string_view parameters;  ///< as command line arguments
  std::string_view mutant;      ///< empty for the unchanged protocol
  Truth (*truth)(std::string_view, std::string_view, std::uint64_t) = nullptr;

  friend std::ostream& operator<<(std::ostream& out, const Duel& duel) {
    out << "everyway check " << duel.model << ' ' << duel.parameters;
    if (!duel.mutant.empty()) out << " --mutant " << duel.mutant;
    return out;
  }
};

/// Models of one family.
struct Duels {
  std::string_view family;
  std::vector<Duel> all;

  friend std::ostream& operator<<(std::ostream& out, const Duels& duels) {
    return out << duels.all.size() << " models of " << duels.family;
  }
};

/// Configurations that are small enough to be exhausted. Tests are in agreement_test.cpp, and
/// instantiated for each family in a file of its own.
class SmallModels : public ::testing::TestWithParam<Duels> {};

/// Configurations of any size, of which twin and engine search the first levels.
class FirstLevels : public ::testing::TestWithParam<Duels> {};

/// The protocol, unchanged and with each of its mutations, with these parameters.
template <ModelFamily Family>
[[nodiscard]] Duels with_every_mutant(const std::vector<std::string_view>& configurations) {
  Duels duels{Family::name, {}};
  for (const std::string_view parameters : configurations) {
    duels.all.push_back({Family::name, parameters, "", truth_about<Family>});
    for (const MutantInfo& mutant : Family::mutants()) {
      duels.all.push_back({Family::name, parameters, mutant.name, truth_about<Family>});
    }
  }
  return duels;
}

/// The protocol in these larger configurations, and each mutant in the one that shows it.
template <ModelFamily Family>
[[nodiscard]] Duels larger_models(const std::vector<std::string_view>& configurations) {
  Duels duels{Family::name, {}};
  for (const std::string_view parameters : configurations) {
    duels.all.push_back({Family::name, parameters, "", truth_about<Family>});
  }
  for (const MutantInfo& mutant : Family::mutants()) {
    duels.all.push_back({Family::name, mutant.parameters, mutant.name, truth_about<Family>});
  }
  return duels;
}

/// For the instantiations, which have one parameter each.
[[nodiscard]] inline std::string name_of_family(const ::testing::TestParamInfo<Duels>& info) {
  return std::string(info.param.family);
}

}  // namespace everyway::testing
