// Causal consistency, after Ahmed Bouajjani, Constantin Enea, Rachid Guerraoui and Jad Hamza, "On
// Verifying Causal Consistency" (POPL 2017): three levels, and the bad patterns of sections 4 and 5
// of which a history of each level has none.
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <string>

#include "properties/histories/judgement.hpp"
#include "properties/histories/limits.hpp"

namespace everyway::histories {

/// The levels. `memory` and `convergence` are each stronger than `weak`, and neither than the
/// other.
enum class Causal : std::uint8_t {
  weak,    ///< CC: every read is explained by the operations in its causal past
  memory,  ///< CM: those of a process are explained together (causal memory of Ahamad and others)
  convergence  ///< CCv: all processes agree on one order in which writes that conflict win
};
BOOST_DESCRIBE_ENUM(Causal, weak, memory, convergence)

/// Whether a history of reads and writes of registers is causally consistent. `unknown` if some
/// value of a key is written twice, or there are other operations: then the patterns mean nothing.
///
/// The causal order is the program order of each process together with "was read from". The witness
/// is an order of the operations that agrees with it, for `convergence` the order in which writes
/// win. An indeterminate write took effect if someone read from it, and is left out if not.
///
/// O(n^3 / 64) steps and n^2 / 8 bytes for n operations, and for `memory` up to n times the steps.
[[nodiscard]] Judgement judge_causal_consistency(const History& history, Value initial,
                                                 Causal level, const Limits& limits = {});

/// A bad pattern of `history`, or nothing if there is none, or if it could not be looked for: the
/// history is not one of these, or too large, or the budget is spent.
[[nodiscard]] std::string find_causal_pattern(const History& history, Value initial, Causal level,
                                              Budget& budget);

}  // namespace everyway::histories
