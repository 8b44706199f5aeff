#include "models/saga_orchestration.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct SagaOrchestration {
  using Family = saga_orchestration::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--steps 1",
      "--steps 3 --duplicates 2",
      "--steps 4 --crashes 2 --restarts 2 --travel",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, SagaOrchestration, NameOfFamily);

}  // namespace everyway::testing
