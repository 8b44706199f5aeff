#include "models/request_vote.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using request_vote::Family;

INSTANTIATE_TEST_SUITE_P(
    Models, SmallModels,
    ::testing::Values(with_every_mutant<Family>({"--servers 3 --max-term 1 --drops 1",
                                                 "--servers 2 --max-term 2 --max-log 1"})),
    name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--servers 5 --max-log 1"})),
                         name_of_family);

}  // namespace everyway::testing
