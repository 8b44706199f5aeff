#include "models/raft_tla.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using raft_tla::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>({
                             "--servers 2 --max-messages 1 --loss --restart --duplication",
                         })),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({
                             "--servers 3 --max-term 3 --max-log 2 --max-messages 2 --restart",
                             "--servers 5 --values 2 --max-term 3 --max-log 3 --max-messages 5",
                         })),
                         name_of_family);

}  // namespace everyway::testing
