#include "models/tcommit_tla.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using tcommit_tla::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>({"--managers 3"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--managers 16"})),
                         name_of_family);

}  // namespace everyway::testing
