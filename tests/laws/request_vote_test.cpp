#include "models/request_vote.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct RequestVote {
  using Family = request_vote::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--servers 2 --max-log 1",
      "--servers 3 --max-term 3 --drops 1 --duplicates 1 --partitions 1",
      "--servers 5 --max-log 1",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, RequestVote, NameOfFamily);

}  // namespace everyway::testing
