#include "models/die_hard.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using die_hard::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels, ::testing::Values(with_every_mutant<Family>({""})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels, ::testing::Values(larger_models<Family>({})),
                         name_of_family);

}  // namespace everyway::testing
