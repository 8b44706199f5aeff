#include "models/three_phase_commit.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using three_phase_commit::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--participants 2 --crashes 1 --restarts 1",
                              "--participants 1 --asynchronous --drops 1 --partitions 1"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(
    Models, FirstLevels,
    ::testing::Values(larger_models<Family>({"--participants 4 --crashes 2 --restarts 2"})),
    name_of_family);

}  // namespace everyway::testing
