#include "models/clocks.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using clocks_model::Family;

INSTANTIATE_TEST_SUITE_P(
    Models, SmallModels,
    ::testing::Values(with_every_mutant<Family>({"--processes 2 --events 3 --max-time 3",
                                                 "--processes 3 --events 3"})),
    name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--events 6"})), name_of_family);

}  // namespace everyway::testing
