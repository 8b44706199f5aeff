#pragma once

#include "structures/clocks/vector_clock.hpp"

namespace everyway::clocks {

/// Whether a broadcast message that carries `sent` may be delivered, in causal order, where `here`
/// counts the messages of each process that were delivered: it is the next one of its sender, and
/// everything that its sender had delivered before is delivered here. A message that was delivered
/// before never may be again.
///
/// Source: Kenneth Birman, Andre Schiper and Pat Stephenson, "Lightweight Causal and Atomic Group
/// Multicast" (1991), section 5.1.
template <std::size_t Processes, std::unsigned_integral Count>
[[nodiscard]] bool may_be_delivered(const VectorClock<Processes, Count>& sent, NodeId sender,
                                    const VectorClock<Processes, Count>& here) noexcept {
  for (std::size_t index = 0; index < Processes; ++index) {
    const bool is_sender = index == sender.index();
    if (is_sender && sent.counts[index] != here.counts[index] + 1) return false;
    if (!is_sender && sent.counts[index] > here.counts[index]) return false;
  }
  return true;
}

}  // namespace everyway::clocks
