#include "models/pbft.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct PbftCase {
  using Family = pbft::Family;
  static constexpr std::array<std::string_view, 6> configurations{
      "--replicas 4 --views 1 --requests 1", "--replicas 4 --views 3",
      "--replicas 4 --views 2 --silent",     "--replicas 3 --quorum 3",
      "--replicas 4 --no-equivocation",      "--replicas 7 --faulty 2",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, PbftCase, NameOfFamily);

}  // namespace everyway::testing
