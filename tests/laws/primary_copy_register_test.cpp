#include "models/primary_copy_register.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct PrimaryCopyRegister {
  using Family = primary_copy_register::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--replicas 1",
      "--replicas 3 --drops 1 --duplicates 1",
      "--replicas 3 --operations 6 --crashes 2 --restarts 2 --partitions 1",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, PrimaryCopyRegister, NameOfFamily);

}  // namespace everyway::testing
