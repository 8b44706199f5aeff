#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::two_phase_tla {

/// What can be wrong with two-phase commit. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t {
  none,
  commit_without_all_prepared,
  abort_after_commit,
  abort_after_prepare,
  prepared_out_of_thin_air,
};
BOOST_DESCRIBE_ENUM(Mutation, none, commit_without_all_prepared, abort_after_commit,
                    abort_after_prepare, prepared_out_of_thin_air)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"commit-without-all-prepared",
       "the transaction manager commits without waiting for all to be prepared", "TCConsistent",
       "--managers 2", 3},
      {"abort-after-commit", "the transaction manager aborts though it has sent Commit",
       "TCConsistent", "--managers 2", 8},
      {"abort-after-prepare", "a manager that has said Prepared still chooses to abort",
       "TCConsistent", "--managers 2", 7},
      {"prepared-out-of-thin-air",
       "the transaction manager takes a manager for prepared that has not said so", "TCConsistent",
       "--managers 2", 5},
  };
}

}  // namespace everyway::two_phase_tla
