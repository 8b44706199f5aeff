#include "models/transport.hpp"

#include "tests/agreement/agreement.hpp"

namespace everyway::testing {

using transport::Family;

INSTANTIATE_TEST_SUITE_P(
    Models, SmallModels,
    ::testing::Values(with_every_mutant<Family>({"--values 2 --capacity 2 --forgeries 0",
                                                 "--values 1 --in-order --partitions 1"})),
    name_of_family);

}  // namespace everyway::testing
