#include "models/pbft.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using pbft::Family;

INSTANTIATE_TEST_SUITE_P(Models, SmallModels,
                         ::testing::Values(with_every_mutant<Family>(
                             {"--replicas 3 --requests 1", "--replicas 4 --views 1",
                              "--replicas 3 --quorum 3 --silent",
                              "--replicas 3 --no-equivocation --views 1",
                              "--replicas 5 --faulty 2 --views 1 --requests 1"})),
                         name_of_family);
INSTANTIATE_TEST_SUITE_P(Models, FirstLevels,
                         ::testing::Values(larger_models<Family>({"--replicas 4 --views 3"})),
                         name_of_family);

}  // namespace everyway::testing
