#include "models/tcommit_tla.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using tcommit_tla::Family;

INSTANTIATE_TEST_SUITE_P(tcommit_tla, SmallModels,
                         ::testing::ValuesIn(with_every_mutant<Family>({"--managers 3"})),
                         name_of_duel);
INSTANTIATE_TEST_SUITE_P(tcommit_tla, FirstLevels,
                         ::testing::ValuesIn(larger_models<Family>({"--managers 16"})),
                         name_of_duel);

}  // namespace everyway::testing
