#include "models/two_phase_commit.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using two_phase_commit::Family;

INSTANTIATE_TEST_SUITE_P(
    two_phase_commit, SmallModels,
    ::testing::ValuesIn(with_every_mutant<Family>(
        {"--participants 1 --crashes 1 --restarts 1 --drops 1 --duplicates 1 --partitions 1"})),
    name_of_duel);
INSTANTIATE_TEST_SUITE_P(
    two_phase_commit, FirstLevels,
    ::testing::ValuesIn(larger_models<Family>({"--participants 4 --crashes 2 --restarts 2"})),
    name_of_duel);

}  // namespace everyway::testing
