#include "models/paxos_tla.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using paxos_tla::Family;

INSTANTIATE_TEST_SUITE_P(
    paxos_tla, SmallModels,
    ::testing::ValuesIn(with_every_mutant<Family>({"--acceptors 2 --values 2 --ballots 2"})),
    name_of_duel);
INSTANTIATE_TEST_SUITE_P(
    paxos_tla, FirstLevels,
    ::testing::ValuesIn(larger_models<Family>({"--acceptors 3 --values 2 --ballots 2",
                                               "--acceptors 5 --values 3 --ballots 4"})),
    name_of_duel);

}  // namespace everyway::testing
