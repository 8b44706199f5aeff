#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "checker/search/memory.hpp"

namespace everyway {

/// Blocks of memory of one size, from a budget. What one worker gives back, any may take again;
/// what nobody needs is returned to the system, so that it serves the rest of the search.
class BlockPool {
 public:
  /// `block_bytes` is rounded up to whole pages. Takes memory only when blocks are taken.
  BlockPool(MemoryBudget& budget, std::size_t block_bytes);
  ~BlockPool();
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;

  [[nodiscard]] std::size_t block_bytes() const noexcept { return block_bytes_; }

  /// A block with any contents. Throws std::bad_alloc when the budget is used up. From any thread,
  /// as is `give_back`.
  [[nodiscard]] std::byte* take();
  /// A block that was taken.
  void give_back(std::byte* block);
  /// Returns blocks that were given back to the system, all but `kept` of them.
  void trim(std::size_t kept);

 private:
  [[nodiscard]] std::byte* new_block();

  MemoryBudget& budget_;
  std::size_t block_bytes_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<GrowingRegion>> regions_;
  std::size_t used_in_last_ = 0;      // bytes of the last region
  std::vector<std::byte*> free_;      // with memory
  std::vector<std::byte*> returned_;  // address space only
  std::size_t held_ = 0;              // blocks with memory
};

}  // namespace everyway
