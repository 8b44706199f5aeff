#include <array>
#include <string_view>

#include "models/raft_tla.hpp"
#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct RaftTla {
  using Family = raft_tla::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--servers 1 --max-log 0",
      "--servers 3 --max-term 3 --max-log 2 --max-messages 2 --loss --restart --duplication",
      "--servers 5 --values 2 --max-term 4 --max-log 7 --max-messages 8 --loss --restart",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, RaftTla, NameOfFamily);

}  // namespace everyway::testing
