#include <array>
#include <string_view>

#include "models/paxos_tla.hpp"
#include "tests/laws/suite.hpp"

namespace everyway::testing {

struct PaxosTla {
  using Family = paxos_tla::Family;
  static constexpr std::array<std::string_view, 3> configurations{
      "--acceptors 1 --values 1 --ballots 1",
      "--acceptors 3 --values 2 --ballots 2",
      "--acceptors 5 --values 3 --ballots 4",
  };
};
INSTANTIATE_TYPED_TEST_SUITE_P(Models, LawsOf, PaxosTla, NameOfFamily);

}  // namespace everyway::testing
