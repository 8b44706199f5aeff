#include "models/rebalancing.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct RebalancingCase {
  using Family = rebalancing::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--nodes 2 --moves 3 --writes 2",
      "--nodes 3 --moves 3 --drops 1 --duplicates 1 --partitions 1",
      "--nodes 3 --crashes 2 --restarts 2 --max-in-flight 15",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, RebalancingCase, NameOfFamily);

}  // namespace everyway::testing
