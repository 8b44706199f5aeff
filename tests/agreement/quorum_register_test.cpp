#include "models/quorum_register.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using Family = quorum_register::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--replicas 2 --operations 3",
                              "--replicas 3 --operations 1 --crashes 1 --restarts 1"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--replicas 3 --operations 4"})),
                         name_of_family);

}  // namespace everyway::testing
