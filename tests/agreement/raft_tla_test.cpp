#include "models/raft_tla.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using raft_tla::Family;

INSTANTIATE_TEST_SUITE_P(raft_tla, SmallModels,
                         ::testing::ValuesIn(with_every_mutant<Family>({
                             "--servers 2 --max-messages 1 --loss --restart --duplication",
                         })),
                         name_of_duel);
INSTANTIATE_TEST_SUITE_P(raft_tla, FirstLevels,
                         ::testing::ValuesIn(larger_models<Family>({
                             "--servers 3 --max-term 3 --max-log 2 --max-messages 2 --restart",
                             "--servers 5 --values 2 --max-term 3 --max-log 3 --max-messages 5",
                         })),
                         name_of_duel);

}  // namespace everyway::testing
