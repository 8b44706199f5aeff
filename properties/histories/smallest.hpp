#pragma once

#include <functional>

#include "properties/histories/history.hpp"
#include "properties/histories/limits.hpp"

namespace everyway::histories {

/// A part of a history, and whether leaving out more was tried to the end.
struct Smallest {
  History history;
  bool is_minimal = false;
};

/// Leaves out of a history for which `violates` is true what can be left out of it so that it is
/// still true, until nothing can any more or the budget is spent. An operation that made a value
/// takes along those that found that value: a read without its write would violate anything, and
/// prove nothing. So a violation of what is left is one of the whole.
///
/// Asks at most O(n^2) questions for n operations, and O(n log n) as a rule.
[[nodiscard]] Smallest smallest_violating(History history,
                                          const std::function<bool(const History&)>& violates,
                                          Budget& budget);

/// The shortest beginning of a history for which `violates` is true, where it is true of whatever
/// begins with one of which it is true.
[[nodiscard]] History shortest_violating_prefix(
    const History& history, const std::function<bool(const History&)>& violates);

namespace detail {

/// What is left of `history` without the marked operations, and without those that would then have
/// no explanation. `is_left_out` is marked accordingly.
void leave_out_dependents(const History& history, std::vector<bool>& is_left_out);

}  // namespace detail

}  // namespace everyway::histories
