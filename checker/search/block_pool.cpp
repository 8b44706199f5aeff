#include "checker/search/block_pool.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <functional>
#include <new>

namespace everyway {

namespace {

constexpr std::size_t page = 4096;
/// Of address space, at a time.
constexpr std::size_t region_bytes = std::size_t{64} << 20U;

}  // namespace

BlockPool::BlockPool(MemoryBudget& budget, std::size_t block_bytes)
    : budget_(budget), block_bytes_((block_bytes + page - 1) / page * page) {}

BlockPool::~BlockPool() { budget_.give_back(held_ * block_bytes_); }

std::byte* BlockPool::take() {
  const std::lock_guard lock(mutex_);
  std::vector<std::byte*>& from = free_.empty() ? returned_ : free_;
  if (free_.empty() && !budget_.take(block_bytes_)) throw std::bad_alloc();
  if (free_.empty()) ++held_;
  if (from.empty()) return new_block();
  std::byte* block = from.back();
  from.pop_back();
  return block;
}

std::byte* BlockPool::new_block() {
  if (regions_.empty() || used_in_last_ + block_bytes_ > regions_.back()->reserved()) {
    const std::size_t bytes = std::max(region_bytes, block_bytes_);
    // In pages of the usual size: blocks of a huge page could not be returned one by one.
    regions_.push_back(std::make_unique<GrowingRegion>(bytes, bytes));
    used_in_last_ = 0;
  }
  std::byte* block = regions_.back()->data() + used_in_last_;
  used_in_last_ += block_bytes_;
  return block;
}

void BlockPool::give_back(std::byte* block) {
  const std::lock_guard lock(mutex_);
  free_.push_back(block);
}

void BlockPool::trim(std::size_t kept) {
  const std::lock_guard lock(mutex_);
  if (free_.size() <= kept) return;
  // Lowest addresses stay; neighbours go together.
  std::sort(free_.begin(), free_.end(), std::less<>());
  while (free_.size() > kept) {
    std::byte* const end = free_.back() + block_bytes_;
    std::byte* first = end;
    while (free_.size() > kept && free_.back() + block_bytes_ == first) {
      first = free_.back();
      returned_.push_back(first);
      free_.pop_back();
      --held_;
      budget_.give_back(block_bytes_);
    }
    madvise(first, static_cast<std::size_t>(end - first), MADV_DONTNEED);
  }
}

}  // namespace everyway
