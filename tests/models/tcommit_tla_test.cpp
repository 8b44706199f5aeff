// The twin of TCommit.tla against TLC, as in two_phase_tla_test.cpp.
#include "models/tcommit_tla.hpp"

#include <gtest/gtest.h>

#include "tests/models/tla_counts.hpp"

namespace everyway::tcommit_tla {
namespace {

using testing::counts_of;
using testing::shortest_counterexample;
using testing::TlcCounts;

TEST(TCommitTla, CountsWhatTlcCounts) {
  EXPECT_EQ(counts_of<Family>("--managers 3"), (TlcCounts{34, 94, 7}));
}

TEST(TCommitTla, EveryMutantBreaksItsPropertyInAsManyActionsAsPinned) {
  for (const MutantInfo& mutant : Family::mutants()) {
    EXPECT_EQ(shortest_counterexample<Family>(mutant.name), static_cast<int>(mutant.length))
        << mutant.name;
  }
}

}  // namespace
}  // namespace everyway::tcommit_tla
