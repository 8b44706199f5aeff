#include "models/causal_register.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct CausalRegister {
  using Family = causal_register::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--replicas 2 --keys 1",
      "--replicas 3 --duplicates 1 --drops 1",
      "--replicas 3 --operations 8 --partitions 1",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, CausalRegister, NameOfFamily);

}  // namespace everyway::testing
