#include "models/saga_choreography.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct SagaChoreography {
  using Family = saga_choreography::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--steps 1",
      "--steps 3 --duplicates 2",
      "--steps 4 --crashes 2 --restarts 2 --travel",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, SagaChoreography, NameOfFamily);

}  // namespace everyway::testing
