#include "checker/catalogue/names.hpp"

#include <gtest/gtest.h>

namespace everyway::testing {
namespace {

TEST(Names, AreTheSameInKebabCase) {
  EXPECT_EQ(kebab_case("Election Safety"), "election-safety");
  EXPECT_EQ(kebab_case("two_phase_tla"), "two-phase-tla");
  EXPECT_EQ(kebab_case("  TCConsistent! "), "tcconsistent");
  EXPECT_EQ(kebab_case("n1's value -- chosen"), "n1-s-value-chosen");
  EXPECT_EQ(kebab_case("--"), "");
}

TEST(Names, AreFoundWholeAndNeverByAPart) {
  const std::vector<std::string> names = {"raft", "raft_tla", "Log Matching"};
  EXPECT_EQ(position_of_name(names, "raft"), 0);
  EXPECT_EQ(position_of_name(names, "raft-tla"), 1);
  EXPECT_EQ(position_of_name(names, "LOG_matching"), 2);
  EXPECT_EQ(position_of_name(names, "log"), -1);
  EXPECT_EQ(position_of_name(names, ""), -1);
  EXPECT_EQ(position_of_name({"--"}, "--"), -1);
}

TEST(Names, ThatAreNearlyRightAreSuggested) {
  const std::vector<std::string> names = {"raft", "paxos", "two_phase_commit"};
  EXPECT_EQ(unknown_name("model", "rft", names), "unknown model 'rft'; did you mean raft?");
  EXPECT_EQ(unknown_name("model", "two-phase", names),
            "unknown model 'two-phase'; did you mean two_phase_commit?");
  EXPECT_EQ(unknown_name("model", "zab", names),
            "unknown model 'zab'; one of: raft, paxos, two_phase_commit");
  EXPECT_EQ(unknown_name("mutant", "x", {}), "unknown mutant 'x'; there is none");
}

}  // namespace
}  // namespace everyway::testing
