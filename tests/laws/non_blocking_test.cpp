#include "models/non_blocking.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct NonBlocking {
  using Family = non_blocking::Family;
  static constexpr std::array<std::string_view, 2> configurations{
      "--participants 1 --crashes 2",
      "--participants 2",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, NonBlocking, NameOfFamily);

}  // namespace everyway::testing
