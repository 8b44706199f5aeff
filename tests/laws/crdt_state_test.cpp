#include "models/crdt_state.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct CrdtState {
  using Family = crdt_state::Family;
  static constexpr std::array<std::string_view, 4> configurations{
      "--replicas 2 --updates 2", "--keys 3", "--updates 4 --keys 2",
      "--updates 4 --delta --keys 2"};
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, CrdtState, NameOfFamily);

}  // namespace everyway::testing
