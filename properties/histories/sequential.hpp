// Sequential consistency, after Leslie Lamport, "How to Make a Multiprocessor Computer That
// Correctly Executes Multiprocess Programs" (1979).
#pragma once

#include "properties/histories/judgement.hpp"
#include "properties/histories/limits.hpp"
#include "properties/histories/object.hpp"

namespace everyway::histories {

/// Whether the result is the same as if all operations had been executed in some order in which
/// those of each process appear in the order of its program: linearizability without real time.
///
/// Objects cannot be judged apart here: each may be sequentially consistent, and all of them
/// together not. To decide it is NP-complete, even for registers (Phillip Gibbons and Ephraim
/// Korach, "Testing Shared Memories", 1997), so the search is bounded, and `unknown` is a verdict.
/// What is not even causally consistent, is found without a search.
[[nodiscard]] Judgement judge_sequential_consistency(const History& history, const Object& object,
                                                     const Limits& limits = {});

}  // namespace everyway::histories
