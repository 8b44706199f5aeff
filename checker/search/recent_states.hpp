#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace everyway {

/// A small lossy memory of the fingerprints that one worker met last, direct-mapped. Successors
/// that are generated again are mostly generated again soon: 7 of 10 in the twin of TwoPhase.tla, 4
/// of 10 in Raft. Those need no look at the visited set, whose lines come from main memory.
class RecentStates {
 public:
  RecentStates() : slots_(std::make_unique<std::uint64_t[]>(slot_count)) {}

  /// Whether the fingerprint was met lately, and so is known for certain; false may be wrong. From
  /// now on it counts as met.
  [[nodiscard]] bool met(std::uint64_t fingerprint) noexcept {
    std::uint64_t& slot = slots_[fingerprint >> (64 - slot_bits)];
    const bool known = slot == fingerprint;
    slot = fingerprint;
    return known;
  }
  void forget(std::uint64_t fingerprint) noexcept { slots_[fingerprint >> (64 - slot_bits)] = 0; }

 private:
  // 256 KiB: it must stay in the core's own cache.
  static constexpr unsigned slot_bits = 15;
  static constexpr std::size_t slot_count = std::size_t{1} << slot_bits;

  std::unique_ptr<std::uint64_t[]> slots_;
};

}  // namespace everyway
