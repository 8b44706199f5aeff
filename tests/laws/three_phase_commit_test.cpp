#include "models/three_phase_commit.hpp"

#include <array>
#include <string_view>

#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct ThreePhaseCommit {
  using Family = three_phase_commit::Family;
  static constexpr std::array<std::string_view, 4> configurations{
      "--participants 1 --restarts 1",
      "--participants 2 --crashes 2 --restarts 2 --drops 1 --duplicates 1 --partitions 1",
      "--participants 3 --asynchronous",
      "--participants 4 --crashes 2 --restarts 2",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, ThreePhaseCommit, NameOfFamily);

}  // namespace everyway::testing
