#include <array>
#include <string_view>

#include "models/die_hard.hpp"
#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct DieHard {
  using Family = die_hard::Family;
  static constexpr std::array<std::string_view, 1> configurations{
      "",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, DieHard, NameOfFamily);

}  // namespace everyway::testing
