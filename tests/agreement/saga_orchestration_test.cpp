#include "models/saga_orchestration.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using Family = saga_orchestration::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--steps 2 --drops 1", "--steps 3 --crashes 0 --restarts 0"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(
    Models, FirstLevels,
    ::testing::Values(larger_models<Family>({"--steps 4 --crashes 2 --restarts 2"})),
    name_of_family);

}  // namespace everyway::testing
