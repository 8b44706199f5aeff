#include "models/paxos_tla.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using paxos_tla::Family;

INSTANTIATE_TEST_SUITE_P(
    Models, SmallModels,
    ::testing::Values(with_every_mutant<Family>({"--acceptors 2 --values 2 --ballots 2"})),
    name_of_family);
INSTANTIATE_TEST_SUITE_P(
    Models, FirstLevels,
    ::testing::Values(larger_models<Family>({"--acceptors 3 --values 2 --ballots 2",
                                             "--acceptors 5 --values 3 --ballots 4"})),
    name_of_family);

}  // namespace everyway::testing
