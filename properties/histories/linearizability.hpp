// Linearizability, after Maurice Herlihy and Jeannette Wing, "Linearizability: A Correctness
// Condition for Concurrent Objects" (1990).
#pragma once

#include "properties/histories/judgement.hpp"
#include "properties/histories/limits.hpp"
#include "properties/histories/object.hpp"

namespace everyway::histories {

/// Whether every operation seems to take effect at one moment between its invocation and its
/// response: whether some order of them all, with as many of the indeterminate ones as you like,
/// keeps the order in real time and is one that the object could have had by itself.
///
/// Registers of different keys are judged apart: a history is linearizable if and only if it is for
/// each object (Herlihy and Wing, theorem 1). The search takes exponential time in the number of
/// operations that are concurrent, so `unknown` is possible where the limits are tight. Of a
/// violation, the shortest beginning that shows it is taken before anything is left out.
[[nodiscard]] Judgement judge_linearizability(const History& history, const Object& object,
                                              const Limits& limits = {});

}  // namespace everyway::histories
