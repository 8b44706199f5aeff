#include "models/causal_register.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using Family = causal_register::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--replicas 2 --operations 3",
                              "--replicas 2 --keys 1 --operations 3 --duplicates 1"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--replicas 3"})),
                         name_of_family);

}  // namespace everyway::testing
