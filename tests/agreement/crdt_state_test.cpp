#include "models/crdt_state.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using crdt_state::Family;

INSTANTIATE_TEST_SUITE_P(
    Models, SmallModels,
    ::testing::Values(with_every_mutant<Family>(
        {"--replicas 2 --updates 2",
         "--replicas 2 --updates 3 --delta --two-phase-set --or-set --lww-map"})),
    name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--updates 4 --keys 2"})),
                         name_of_family);

}  // namespace everyway::testing
