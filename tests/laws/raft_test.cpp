#include <array>
#include <string_view>

#include "models/raft.hpp"
#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct Raft {
  using Family = raft::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--servers 1",
      "--servers 3 --max-term 3 --crashes 2 --restarts 2 --drops 1 --duplicates 1 --partitions 1 "
      "--max-in-flight 6",
      "--servers 5 --max-term 3 --max-log 4 --max-batch 3 --requests 3 --max-in-flight 12 "
      "--crashes 1 --restarts 1",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, Raft, NameOfFamily);

}  // namespace everyway::testing
