#include <array>
#include <string_view>

#include "models/tcommit_tla.hpp"
#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct TCommitTla {
  using Family = tcommit_tla::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--managers 1",
      "--managers 3",
      "--managers 16",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, TCommitTla, NameOfFamily);

}  // namespace everyway::testing
