#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::tcommit_tla {

/// What can be wrong with a decision. On the command line, dashes stand for the underscores.
enum class Mutation : std::uint8_t { none, commit_alone, abort_after_commit };
BOOST_DESCRIBE_ENUM(Mutation, none, commit_alone, abort_after_commit)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"commit-alone", "a prepared manager commits whatever the others do", "TCConsistent",
       "--managers 2", 3},
      {"abort-after-commit", "a manager aborts though another has committed", "TCConsistent",
       "--managers 2", 4},
  };
}

}  // namespace everyway::tcommit_tla
