#include <array>
#include <string_view>

#include "models/paxos.hpp"
#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct Paxos {
  using Family = paxos::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--proposers 1 --acceptors 3 --max-ballot 2",
      "--proposers 2 --acceptors 3 --max-ballot 2 --crashes 2 --restarts 2 --drops 1 --duplicates "
      "1 --partitions 1",
      "--proposers 3 --acceptors 5 --max-ballot 3 --crashes 1 --restarts 1",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, Paxos, NameOfFamily);

}  // namespace everyway::testing
