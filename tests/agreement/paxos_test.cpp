#include "models/paxos.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using paxos::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--proposers 2 --acceptors 1 --crashes 1 --restarts 1 --drops 1",
                              "--proposers 2 --acceptors 2 --crashes 0 --restarts 0"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(
    Models, FirstLevels,
    ::testing::Values(larger_models<Family>(
        {"--proposers 2 --acceptors 3 --max-ballot 3 --drops 1 --duplicates 1 --partitions 1",
         "--proposers 3 --acceptors 5 --max-ballot 3"})),
    name_of_family);

}  // namespace everyway::testing
