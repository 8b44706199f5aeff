#pragma once

#include <atomic>
#include <cstddef>

namespace everyway {

/// Bytes that this process may still take: the smaller of what the machine has available and what
/// its control group leaves.
[[nodiscard]] std::size_t available_memory();

/// The most memory that this process ever had resident, in bytes.
[[nodiscard]] std::size_t peak_resident_memory();

/// What the parts of one search take together, against its limit. Shared by all workers; touched
/// once per block of memory, not per state.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t limit) : limit_(limit) {}

  /// Takes `bytes` if that stays within the limit; otherwise takes nothing and returns false.
  [[nodiscard]] bool take(std::size_t bytes) noexcept;
  void give_back(std::size_t bytes) noexcept { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  [[nodiscard]] std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::size_t limit() const noexcept { return limit_; }

 private:
  std::size_t limit_;
  std::atomic<std::size_t> used_{0};
};

/// Address space for one growing array of zeroed bytes: it grows in place, without copying, up to
/// what was reserved. Pages are given by the system when they are first touched, in huge pages
/// where it has them.
class GrowingRegion {
 public:
  /// Reserves at least `bytes` of address space, in whole huge pages. The first `small_bytes` are
  /// given in pages of the usual size: a small search touches few of them. Throws std::bad_alloc if
  /// the system has no address space.
  explicit GrowingRegion(std::size_t bytes, std::size_t small_bytes = 0);
  ~GrowingRegion();
  GrowingRegion(const GrowingRegion&) = delete;
  GrowingRegion& operator=(const GrowingRegion&) = delete;

  [[nodiscard]] std::byte* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t reserved() const noexcept { return bytes_; }

 private:
  std::byte* data_;
  std::size_t bytes_;
};

}  // namespace everyway
