#include "models/non_blocking.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using non_blocking::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>({"--participants 1",
                                                                      "--participants 2"})),
                         name_of_family);

}  // namespace everyway::testing
