#include "models/primary_copy_register.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using Family = primary_copy_register::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--replicas 2 --operations 2 --drops 1",
                              "--replicas 2 --operations 2 --crashes 0 --restarts 0"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--replicas 3"})),
                         name_of_family);

}  // namespace everyway::testing
