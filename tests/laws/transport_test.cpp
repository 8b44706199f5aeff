#include "models/transport.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct Transport {
  using Family = transport::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--values 2 --capacity 2",
      "--values 2 --in-order --same-byte-order",
      "--values 1 --partitions 1 --forgeries 2",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, Transport, NameOfFamily);

}  // namespace everyway::testing
