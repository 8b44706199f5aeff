#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "checker/model/verdict.hpp"
#include "properties/histories/history.hpp"

namespace everyway::histories {

/// What was found out about a history.
struct Judgement {
  Verdict verdict = Verdict::unknown;
  /// If violated: what is wrong; if unknown: why it was not decided.
  std::string why;
  /// If it holds: an order of operations that shows it, by their positions in the history; empty if
  /// there is nothing to order.
  std::vector<std::size_t> witness;
  /// If violated: as little of the history as still has no such order, so far as there was time to
  /// make it smaller.
  History counterexample;
  /// Whether nothing more can be left out of the counterexample by itself.
  bool counterexample_is_minimal = false;
  /// How many partial orders were built in the search; 0 if there was none.
  std::uint64_t configurations = 0;
};

}  // namespace everyway::histories
