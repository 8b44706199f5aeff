#pragma once

#include "properties/histories/judgement.hpp"

namespace everyway::histories {

/// Whether the processes agreed in the end: whether, of each key, the last reads of all processes
/// that began after the last write had returned, returned one value, and one that was written (or
/// the initial one, if nothing was). Eventual convergence itself is never refuted by the beginning
/// of a run; `violated` says that it had not come about when the recording ended.
///
/// `unknown` if of some key nobody read after the last write, or if reads differ by the value of an
/// indeterminate write, which may have taken effect between them. The witness is the last reads.
[[nodiscard]] Judgement judge_convergence(const History& history, Value initial);

}  // namespace everyway::histories
