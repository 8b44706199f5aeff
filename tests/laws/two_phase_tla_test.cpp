#include <array>
#include <string_view>

#include "models/two_phase_tla.hpp"
#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct TwoPhaseTla {
  using Family = two_phase_tla::Family;
  static constexpr std::array<std::string_view, 5> configurations{
      "--managers 1", "--managers 3", "--managers 9", "--managers 12", "--managers 20",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, TwoPhaseTla, NameOfFamily);

}  // namespace everyway::testing
