#include "models/quorum_register.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct QuorumRegister {
  using Family = quorum_register::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--replicas 2 --crashes 1 --restarts 1",
      "--replicas 3 --duplicates 1 --drops 1",
      "--replicas 3 --operations 6 --crashes 1 --restarts 1",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, QuorumRegister, NameOfFamily);

}  // namespace everyway::testing
