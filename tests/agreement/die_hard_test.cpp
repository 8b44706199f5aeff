#include "models/die_hard.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using die_hard::Family;

INSTANTIATE_TEST_SUITE_P(die_hard, SmallModels,
                         ::testing::ValuesIn(with_every_mutant<Family>({""})), name_of_duel);
INSTANTIATE_TEST_SUITE_P(die_hard, FirstLevels, ::testing::ValuesIn(larger_models<Family>({})),
                         name_of_duel);

}  // namespace everyway::testing
