#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace everyway {

/// Where a search stands; taken about once a second and once at the end.
struct Progress {
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint64_t queued = 0;  ///< states found and not yet expanded
  std::uint32_t depth = 0;
  std::size_t memory_bytes = 0;  ///< visited set and frontier
  double seconds = 0;
  bool rebuilding = false;  ///< the search is over; the run to a finding is searched for again
};

/// How whoever runs a search can end it, beyond what its options say.
struct SearchControl {
  /// Whether an interrupt ends the search: not, if it is to finish what an interrupted one began.
  bool heeds_interrupts = true;
  /// If not null: ends the search as `interrupted` once it is true.
  const std::atomic<bool>* cancelled = nullptr;
};

/// Called from a thread of its own while the search runs.
using ProgressObserver = std::function<void(const Progress&)>;

/// Asks every search of this process to end soon with what it has (stop `interrupted`). Safe to
/// call from a signal handler.
void request_interrupt() noexcept;
[[nodiscard]] bool interrupt_requested() noexcept;
/// Forgets an earlier request; for tests.
void clear_interrupt() noexcept;

}  // namespace everyway
