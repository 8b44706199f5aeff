// The four session guarantees of Douglas Terry and others, "Session Guarantees for Weakly
// Consistent Replicated Data" (1994), in the form that Paolo Viotti and Marko Vukolic, "Consistency
// in Non-Transactional Distributed Storage Systems" (2016), section 3.4, give them.
#pragma once

#include "properties/histories/judgement.hpp"
#include "properties/histories/limits.hpp"

namespace everyway::histories {

/// Which guarantees. Each process is a session.
struct Guarantees {
  bool read_your_writes = false;     ///< a read sees the writes that its process did before
  bool monotonic_reads = false;      ///< a read sees what its process saw before
  bool monotonic_writes = false;     ///< who sees a write sees those its process did before it
  bool writes_follow_reads = false;  ///< who sees a write sees what its process saw before it

  [[nodiscard]] static constexpr Guarantees all() noexcept { return {true, true, true, true}; }
};

/// Whether a history of reads and writes of registers can be explained with these guarantees: by
/// one order in which writes win, and by the set of writes that each read sees. A read returns, of
/// the writes of its key that it sees, the one that wins, or the initial value if it sees none.
/// Writes that a guarantee says are seen together win in the order of that guarantee.
///
/// `unknown` if some value of a key is written twice, or there are other operations. The witness is
/// the order in which writes win. All four together are causal convergence (causal.hpp).
/// Monotonic writes alone can always be explained: no read need ever see an earlier write. It takes
/// monotonic reads besides to observe it, so ask for both.
[[nodiscard]] Judgement judge_sessions(const History& history, Value initial, Guarantees guarantees,
                                       const Limits& limits = {});

}  // namespace everyway::histories
