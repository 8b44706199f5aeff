#include "models/clocks.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct Clocks {
  using Family = clocks_model::Family;
  static constexpr std::array<std::string_view, 4> configurations{
      "--processes 1 --events 6 --max-time 3 --skew 2", "--processes 2 --events 6 --max-time 4",
      "--events 8 --max-time 1", "--events 8 --max-time 3"};
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, Clocks, NameOfFamily);

}  // namespace everyway::testing
