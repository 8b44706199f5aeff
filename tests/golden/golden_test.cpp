// Counterexamples as people read them, held against the files beside this one. README.md says how
// these are rewritten, and when to commit them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>

#include "checker/catalogue/names.hpp"
#include "models/registry.hpp"
#include "tests/laws/arguments.hpp"

namespace everyway::testing {
namespace {

/// A run worth reading: the shortest counterexample to a property or, without a mutant, the
/// shortest witness of one.
struct Golden {
  std::string file;  ///< without its folder and ".txt"
  std::string model;
  std::string parameters;  ///< as command line arguments
  std::string mutant;
  std::string property;

  friend std::ostream& operator<<(std::ostream& out, const Golden& golden) {
    return out << golden.file;
  }
};

/// The counterexample of a mutant in the configuration that the mutant itself names.
[[nodiscard]] Golden golden_of(const std::string& model, const std::string& mutant) {
  const Catalogue models = ready_models();
  for (const MutantInfo& info : find_model(models, model).mutants()) {
    if (info.name != mutant) continue;
    std::string file = model + "_" + mutant;
    for (char& letter : file) letter = letter == '-' ? '_' : letter;
    return {file, model, std::string(info.parameters), mutant, std::string(info.breaks)};
  }
  throw std::invalid_argument(model + " has no mutant " + mutant);
}

[[nodiscard]] std::string joined(const std::string& words, const std::string& more) {
  return words.empty() || more.empty() ? words + more : words + " " + more;
}

[[nodiscard]] std::string command_of(const Golden& golden) {
  std::string command = joined("everyway check " + golden.model, golden.parameters);
  if (!golden.mutant.empty()) command += " --mutant " + golden.mutant;
  return command + " --property " + kebab_case(golden.property) + " --workers 1";
}

/// The command, what became of the property, and the run.
[[nodiscard]] std::string story_of(const Golden& golden) {
  const Catalogue models = ready_models();
  const CatalogueEntry& model = find_model(models, golden.model);
  CheckRequest request;
  request.parameters = values_from(model, golden.parameters);
  request.mutant = golden.mutant;
  request.options.properties = {golden.property};
  request.options.workers = 1;  // among counterexamples of one length, always the same
  const CheckReport report = model.check(request, {});
  const PropertyReport& property = report.properties.at(0);
  std::string text = command_of(golden) + "\n\n";
  text += fmt::format("{} ({}): {}\n", property.property.name, enum_name(property.property.kind),
                      property.property.meaning);
  text += fmt::format("{}{}\n\n{}", enum_name(property.verdict),
                      property.why.empty() ? "" : ": " + property.why, property.story);
  return text;
}

[[nodiscard]] std::string contents_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

[[nodiscard]] bool must_update() {
  const char* const update = std::getenv("EVERYWAY_UPDATE_GOLDEN");
  return update != nullptr && std::string(update) == "1";
}

class GoldenStory : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenStory, ReadsAsItDidWhenItWasLastApproved) {
  const std::string path = "tests/golden/" + GetParam().file + ".txt";
  const std::string story = story_of(GetParam());
  if (must_update()) std::ofstream(path, std::ios::binary) << story;
  EXPECT_EQ(contents_of(path), story)
      << "If the new story is right, rewrite it with EVERYWAY_UPDATE_GOLDEN=1; see "
         "tests/golden/README.md";
}

INSTANTIATE_TEST_SUITE_P(
    All, GoldenStory,
    ::testing::Values(golden_of("raft", "vote-not-persisted"),
                      golden_of("raft", "commit-earlier-term"),
                      golden_of("paxos", "ignore-promised-value"),
                      golden_of("paxos", "forget-promise"),
                      golden_of("two_phase_commit", "decide-before-record"),
                      golden_of("two_phase_tla", "commit-without-all-prepared"),
                      Golden{"die_hard_solved", "die_hard", "", "", "Solved"}),
    [](const ::testing::TestParamInfo<Golden>& golden) { return golden.param.file; });

}  // namespace
}  // namespace everyway::testing
