// `everyway list`, over every model that there is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "models/registry.hpp"
#include "tests/cli/command/run_everyway.hpp"

namespace everyway::testing {
namespace {

using ::testing::HasSubstr;

TEST(ListCommand, ShowsEveryModelInALineOrTwo) {
  const Ran ran = everyway({"list"});
  EXPECT_EQ(ran.status, 0);
  const boost::json::object json = everyway_json({"list"});
  const boost::json::array& models = json.at("models").as_array();
  const Catalogue catalogue = ready_models();
  ASSERT_EQ(models.size(), catalogue.size());
  for (std::size_t i = 0; i < models.size(); ++i) {
    const std::string name(catalogue[i]->name());
    EXPECT_EQ(models[i].at("name").as_string(), name);
    EXPECT_THAT(ran.out, HasSubstr(name + " "));
  }
}

TEST(ListCommand, ShowsParametersPropertiesAndMutantsOfAModel) {
  const Ran ran = everyway({"list", "two_phase_tla"});
  EXPECT_EQ(ran.status, 0);
  for (const char* const part : {"--managers N", "1 to 37; 3 if not given", "TCConsistent  always",
                                 "abort-after-commit", "breaks TCConsistent", "Source: TwoPhase"}) {
    EXPECT_THAT(ran.out, HasSubstr(part));
  }
  const boost::json::object json = everyway_json({"list", "two_phase_tla"});
  const boost::json::object& parameter = json.at("parameters").as_array().at(0).as_object();
  EXPECT_EQ(parameter.at("name"), "managers");
  EXPECT_EQ(parameter.at("default"), 3);
  EXPECT_EQ(parameter.at("lowest"), 1);
  EXPECT_EQ(parameter.at("highest"), 37);
  EXPECT_FALSE(parameter.at("meaning").as_string().empty());
  EXPECT_EQ(json.at("properties").as_array().at(0).at("name"), "TCConsistent");
  EXPECT_EQ(json.at("mutants").as_array().at(0).at("breaks"), "TCConsistent");
}

TEST(Models, HaveParametersThatNoOptionOfTheCommandHides) {
  for (const auto& entry : ready_models()) {
    const std::string name(entry->name());
    EXPECT_EQ(everyway({"check", name, "--help"}).status, 0) << name;
    for (const ParameterInfo& parameter : entry->parameters()) {
      EXPECT_FALSE(parameter.meaning.empty()) << name << " " << parameter.name;
      EXPECT_LE(parameter.lowest, parameter.initial) << name << " " << parameter.name;
      EXPECT_LE(parameter.initial, parameter.highest) << name << " " << parameter.name;
    }
  }
}

TEST(Models, HavePropertiesAndMutantsWithNamesOfTheirOwn) {
  for (const auto& entry : ready_models()) {
    std::set<std::string> names;
    for (const PropertyInfo& property : entry->properties({})) {
      EXPECT_EQ(find_property(entry->properties({}), property.name), property.name);
      EXPECT_TRUE(names.insert(property.name).second) << property.name;
    }
    for (const MutantInfo& mutant : entry->mutants()) {
      EXPECT_EQ(find_mutant(entry->mutants(), mutant.name), mutant.name);
      EXPECT_EQ(find_property(entry->properties({}), mutant.breaks), mutant.breaks) << mutant.name;
    }
  }
}

}  // namespace
}  // namespace everyway::testing
