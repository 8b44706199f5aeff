#include "checker/search/frontier.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

namespace everyway {

namespace {

/// Small enough to spread a level over workers, large enough that taking one is rare.
constexpr std::size_t usual_chunk_words = 4096;
/// Free blocks for each worker that stay with the search between levels.
constexpr std::size_t blocks_kept = 8;

}  // namespace

LevelFrontier::LevelFrontier(MemoryBudget& budget, unsigned workers, std::size_t most_words)
    : blocks_(budget, std::max(usual_chunk_words, most_words) * sizeof(std::uint64_t)),
      chunk_words_(blocks_.block_bytes() / sizeof(std::uint64_t)),
      workers_(workers) {}

void LevelFrontier::retire(Chunk& chunk) {
  if (chunk.words == nullptr) return;
  blocks_.give_back(reinterpret_cast<std::byte*>(chunk.words));
  chunk = {};
}

std::uint64_t* LevelFrontier::room_for(unsigned worker, std::size_t words) {
  std::vector<Chunk>& filled = workers_[worker].filled;
  if (filled.empty() || chunk_words_ - filled.back().used < words) {
    if (words > chunk_words_) throw std::length_error("a frontier's entry is larger than was said");
    filled.push_back({reinterpret_cast<std::uint64_t*>(blocks_.take()), 0});
  }
  return filled.back().words + filled.back().used;
}

void LevelFrontier::put(unsigned worker, std::size_t words, std::uint32_t depth) {
  workers_[worker].filled.back().used += words;
  workers_[worker].depth = depth;
}

bool LevelFrontier::begin_round() {
  for (Worker& worker : workers_) retire(worker.taken);
  for (Chunk& chunk : current_) retire(chunk);
  current_.clear();
  for (Worker& worker : workers_) {
    if (!worker.filled.empty()) depth_ = worker.depth;
    current_.insert(current_.end(), worker.filled.begin(), worker.filled.end());
    worker.filled.clear();
  }
  blocks_.trim(blocks_kept * workers_.size());
  next_.store(0, std::memory_order_relaxed);
  return !current_.empty();
}

FrontierEntries LevelFrontier::take(unsigned worker) {
  Worker& mine = workers_[worker];
  retire(mine.taken);
  const std::size_t at = next_.fetch_add(1, std::memory_order_relaxed);
  if (at >= current_.size()) return {};
  mine.taken = std::exchange(current_[at], {});
  return {{mine.taken.words, mine.taken.used}, depth_};
}

std::uint64_t* StackFrontier::room_for(unsigned, std::size_t words) {
  const std::size_t needed = used_ + words + 2;
  if (needed > stack_.size()) {
    const std::size_t before = stack_.capacity();
    const std::size_t after = std::max(needed, 2 * before);
    // The old and the new block live side by side while the stack moves.
    if (!budget_.take(after * sizeof(std::uint64_t))) throw std::bad_alloc();
    stack_.reserve(after);
    stack_.resize(stack_.capacity());
    budget_.give_back((before + after - stack_.capacity()) * sizeof(std::uint64_t));
  }
  return stack_.data() + used_;
}

void StackFrontier::put(unsigned, std::size_t words, std::uint32_t depth) {
  used_ += words;
  stack_[used_++] = words;
  stack_[used_++] = depth;
}

bool StackFrontier::begin_round() {
  offered_ = used_ != 0;
  return offered_;
}

FrontierEntries StackFrontier::take(unsigned) {
  if (!std::exchange(offered_, false)) return {};
  const auto depth = static_cast<std::uint32_t>(stack_[--used_]);
  const std::size_t words = stack_[--used_];
  used_ -= words;
  // A copy: what the worker puts now overwrites this part of the stack.
  const auto top = stack_.begin() + static_cast<std::ptrdiff_t>(used_);
  top_.assign(top, top + static_cast<std::ptrdiff_t>(words));
  return {top_, depth};
}

}  // namespace everyway
