#pragma once

#include <optional>
#include <string>
#include <vector>

#include "properties/histories/history.hpp"

namespace everyway::histories {

/// Operations that no first-in first-out queue could have answered so, if one of the four signs of
/// that is there, after Thomas Henzinger, Ali Sezgin and Viktor Vafeiadis, "Aspect-Oriented
/// Linearizability Proofs" (2013), section 3:
///
///   VFresh  a value is taken that nobody had begun to enqueue
///   VRepet  a value is taken twice
///   VOrd    a value is taken before one that was enqueued earlier
///   VWit    the queue is found empty while it never was
///
/// Only for histories in which no value is enqueued twice; finds nothing in others. Every finding
/// is a violation, but a history without one need not be linearizable: VWit is found only where
/// values that surely wait cover the whole operation, one after the other. O(n^2) steps.
struct QueuePattern {
  std::string why;
  std::vector<std::size_t> operations;  ///< positions in the history
};
[[nodiscard]] std::optional<QueuePattern> find_queue_pattern(const History& history);

}  // namespace everyway::histories
