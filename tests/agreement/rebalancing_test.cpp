#include "models/rebalancing.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using rebalancing::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--nodes 2 --moves 2", "--nodes 3 --moves 1 --drops 0",
                              "--nodes 2 --moves 1 --duplicates 1 --partitions 1"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--nodes 3 --moves 3"})),
                         name_of_family);

}  // namespace everyway::testing
