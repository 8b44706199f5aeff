// The twin of TwoPhase.tla against TLC: "distinct, generated, depth" as TLC 2 (built from its
// source of 2026-04-29) prints them for tlaplus/Examples,
// specifications/transaction_commit/TwoPhase.tla.
#include "models/two_phase_tla.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/models/tla_counts.hpp"

namespace everyway::two_phase_tla {
namespace {

using testing::counts_of;
using testing::shortest_counterexample;
using testing::shortest_trace;
using testing::TlcCounts;

TEST(TwoPhaseTla, CountsWhatTlcCounts) {
  EXPECT_EQ(counts_of<Family>("--managers 3"), (TlcCounts{288, 1'146, 11}));
  EXPECT_EQ(counts_of<Family>("--managers 5"), (TlcCounts{8'832, 58'146, 17}));
  EXPECT_EQ(counts_of<Family>("--managers 7"), (TlcCounts{296'448, 2'744'706, 23}));
}

TEST(TwoPhaseTla, Has50816StatesForSixManagersAsItsAuthorsFound) {
  // TwoPhase.tla, last comment: "for six RMs, a configuration with 50816 reachable states".
  EXPECT_EQ(counts_of<Family>("--managers 6").distinct, 50'816U);
}

TEST(TwoPhaseTla, HasTwoToTheNPlusFourToTheNPlusSixToTheNStates) {
  std::uint64_t two = 1;
  std::uint64_t four = 1;
  std::uint64_t six = 1;
  for (int managers = 1; managers <= 7; ++managers) {
    two *= 2;
    four *= 4;
    six *= 6;
    EXPECT_EQ(counts_of<Family>("--managers " + std::to_string(managers)).distinct,
              two + four + six)
        << managers << " managers";
  }
}

TEST(TwoPhaseTla, CountsTheSameWithMoreRoomThanNeeded) {
  const auto in_room_for = [](const auto& model) {
    return search(model, SearchOptions{}).distinct;
  };
  const Options options{4};
  EXPECT_EQ(in_room_for(TwoPhase<9>(options, "")), 16U + 256U + 1'296U);
  EXPECT_EQ(in_room_for(TwoPhase<13>(options, "")), 16U + 256U + 1'296U);
  EXPECT_EQ(in_room_for(TwoPhase<29>(options, "")), 16U + 256U + 1'296U);
}

TEST(TwoPhaseTla, CommitsAfterEveryManagerHasTakenItsThreeSteps) {
  // Prepare, be received, be told to commit; and the transaction manager commits once.
  EXPECT_EQ(shortest_trace<Family>("--managers 3", "All commit"), 3 * 3 + 1);
  EXPECT_EQ(shortest_trace<Family>("--managers 3", "All abort"), 3);
}

TEST(TwoPhaseTla, CommittingWithoutWaitingBreaksConsistencyInFourStatesForAnyNumberOfManagers) {
  for (const char* managers : {"--managers 2", "--managers 3", "--managers 5", "--managers 10"}) {
    EXPECT_EQ(shortest_trace<Family>(managers, "TCConsistent", "commit-without-all-prepared"),
              4 - 1)
        << managers;
  }
}

TEST(TwoPhaseTla, EveryMutantBreaksItsPropertyInAsManyActionsAsPinned) {
  for (const MutantInfo& mutant : Family::mutants()) {
    EXPECT_EQ(shortest_counterexample<Family>(mutant.name), static_cast<int>(mutant.length))
        << mutant.name;
  }
}

}  // namespace
}  // namespace everyway::two_phase_tla
