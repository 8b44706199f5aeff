#pragma once

#include <concepts>
#include <limits>

#include "checker/model/model_bound_error.hpp"

namespace everyway::clocks {

/// Adds one. Throws `ModelBoundError` rather than start again from 0: a clock that falls orders
/// nothing.
template <std::unsigned_integral Count>
void count_up(Count& count) {
  if (count == std::numeric_limits<Count>::max()) {
    throw ModelBoundError("a clock is at the highest value that its type has");
  }
  ++count;
}

}  // namespace everyway::clocks
