#include "models/raft.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using raft::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--servers 2 --max-in-flight 1 --crashes 1 --restarts 1 --drops 1"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(
    Models, FirstLevels,
    ::testing::Values(larger_models<Family>({"--servers 3 --max-term 3 --drops 1 --duplicates 1 "
                                             "--partitions 1 --crashes 1 --restarts 1",
                                             "--servers 5 --max-term 3 --max-in-flight 5"})),
    name_of_family);

}  // namespace everyway::testing
