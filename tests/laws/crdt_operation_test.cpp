#include "models/crdt_operation.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct CrdtOperation {
  using Family = crdt_operation::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--replicas 2 --updates 2", "--keys 3", "--updates 4 --keys 2"};
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, CrdtOperation, NameOfFamily);

}  // namespace everyway::testing
