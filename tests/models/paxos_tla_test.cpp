// The twin of Paxos.tla against TLC: "distinct, generated, depth" as TLC 2 (built from its source
// of 2026-04-29) prints them for Paxos.tla of tlaplus/Examples with ballots 0..b-1 and minimal
// majorities as quorums. That `generated` agrees as well shows that the existential of Phase2a is
// unrolled as TLC does it: one successor for each quorum and promise that is a witness.
#include "models/paxos_tla.hpp"

#include <gtest/gtest.h>

#include "tests/models/tla_counts.hpp"

namespace everyway::paxos_tla {
namespace {

using testing::counts_of;
using testing::shortest_counterexample;
using testing::shortest_trace;
using testing::TlcCounts;

TEST(PaxosTla, CountsWhatTlcCounts) {
  EXPECT_EQ(counts_of<Family>("--acceptors 3 --values 1 --ballots 2"),
            (TlcCounts{1'681, 9'903, 17}));
  EXPECT_EQ(counts_of<Family>("--acceptors 3 --values 2 --ballots 2"),
            (TlcCounts{3'921, 23'563, 17}));
  EXPECT_EQ(counts_of<Family>("--acceptors 3 --values 1 --ballots 3"),
            (TlcCounts{68'921, 497'494, 25}));
}

TEST(PaxosTla, IgnoringThePromisedValueBreaksAgreementInThirteenStates) {
  EXPECT_EQ(shortest_trace<Family>("--acceptors 3 --values 2 --ballots 2", "Agreement",
                                   "ignore-promised-value"),
            13 - 1);
}

TEST(PaxosTla, EveryMutantBreaksItsPropertyInAsManyActionsAsPinned) {
  for (const MutantInfo& mutant : Family::mutants()) {
    EXPECT_EQ(shortest_counterexample<Family>(mutant.name), static_cast<int>(mutant.length))
        << mutant.name;
  }
}

TEST(PaxosTla, ChoosesInSixSteps) {
  // 1a, two promises, 2a, two votes.
  EXPECT_EQ(shortest_trace<Family>("--acceptors 3 --values 2 --ballots 2", "Chosen"), 6);
}

TEST(PaxosTla, AVoteSetListsWhatWasInsertedAndNothingElse) {
  for (std::size_t ballot = 0; ballot < max_ballots; ++ballot) {
    for (std::size_t value = 0; value < max_values; ++value) {
      const Vote inserted{ballot_at(ballot), value_at(value)};
      VoteSet set;
      set.insert(inserted);
      set.insert(Vote{});
      EXPECT_TRUE(set.contains(inserted));
      EXPECT_EQ(set.text(), "{no vote, " + inserted.text() + "}");
    }
  }
}

}  // namespace
}  // namespace everyway::paxos_tla
