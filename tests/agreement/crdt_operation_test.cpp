#include "models/crdt_operation.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using crdt_operation::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--replicas 2 --updates 3", "--replicas 3 --updates 2 --keys 2"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--updates 4 --keys 2"})),
                         name_of_family);

}  // namespace everyway::testing
