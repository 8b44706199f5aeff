#pragma once

#include "checker/search/result.hpp"

namespace everyway {

/// What the command tells the shell.
enum class ExitStatus : int {
  holds = 0,     ///< every property holds, or the command had nothing to judge
  violated = 1,  ///< a property is violated
  failed = 2,    ///< wrong usage, a bad file, or output that could not be written
  unknown = 3,   ///< the search stopped early without a violation
};

[[nodiscard]] constexpr ExitStatus exit_status_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::holds:
      return ExitStatus::holds;
    case Verdict::violated:
      return ExitStatus::violated;
    case Verdict::unknown:
      break;
  }
  return ExitStatus::unknown;
}

}  // namespace everyway
