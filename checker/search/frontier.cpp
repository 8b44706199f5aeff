#include "checker/search/frontier.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <new>
#include <utility>

namespace everyway {

namespace {
/// Small enough to spread a level over workers, large enough that taking one is rare.
constexpr std::size_t chunk_words = 4096;
/// Chunks a worker keeps for itself between levels.
constexpr std::size_t most_spare = 8;
}  // namespace

LevelFrontier::LevelFrontier(MemoryBudget& budget, unsigned workers)
    : budget_(budget), workers_(workers) {}

LevelFrontier::~LevelFrontier() {
  std::size_t words = 0;
  for (const Chunk& chunk : current_) words += chunk.capacity;
  for (const Worker& worker : workers_) {
    words += worker.taken.capacity;
    for (const Chunk& chunk : worker.filled) words += chunk.capacity;
    for (const Chunk& chunk : worker.spare) words += chunk.capacity;
  }
  budget_.give_back(words * sizeof(std::uint64_t));
}

LevelFrontier::Chunk LevelFrontier::make_chunk(Worker& worker, std::size_t least_words) {
  if (!worker.spare.empty() && worker.spare.back().capacity >= least_words) {
    Chunk chunk = std::move(worker.spare.back());
    worker.spare.pop_back();
    return chunk;
  }
  const std::size_t capacity = std::max(chunk_words, least_words);
  if (!budget_.take(capacity * sizeof(std::uint64_t))) throw std::bad_alloc();
  return {std::make_unique_for_overwrite<std::uint64_t[]>(capacity), 0, capacity};
}

void LevelFrontier::retire(Worker& worker, Chunk chunk) {
  if (chunk.capacity == 0) return;
  if (worker.spare.size() < most_spare) {
    chunk.used = 0;
    worker.spare.push_back(std::move(chunk));
  } else {
    budget_.give_back(chunk.capacity * sizeof(std::uint64_t));
  }
}

std::uint64_t* LevelFrontier::room_for(unsigned worker, std::size_t words) {
  std::vector<Chunk>& filled = workers_[worker].filled;
  if (filled.empty() || filled.back().capacity - filled.back().used < words) {
    filled.push_back(make_chunk(workers_[worker], words));
  }
  return filled.back().words.get() + filled.back().used;
}

void LevelFrontier::put(unsigned worker, std::size_t words, std::uint32_t depth) {
  workers_[worker].filled.back().used += words;
  workers_[worker].depth = depth;
}

bool LevelFrontier::begin_round() {
  for (Worker& worker : workers_) {
    retire(worker, std::exchange(worker.taken, {}));
  }
  for (Chunk& chunk : current_) retire(workers_.front(), std::exchange(chunk, {}));
  current_.clear();
  for (Worker& worker : workers_) {
    if (!worker.filled.empty()) depth_ = worker.depth;
    std::move(worker.filled.begin(), worker.filled.end(), std::back_inserter(current_));
    worker.filled.clear();
  }
  next_.store(0, std::memory_order_relaxed);
  return !current_.empty();
}

FrontierEntries LevelFrontier::take(unsigned worker) {
  Worker& mine = workers_[worker];
  retire(mine, std::exchange(mine.taken, {}));
  const std::size_t at = next_.fetch_add(1, std::memory_order_relaxed);
  if (at >= current_.size()) return {};
  mine.taken = std::exchange(current_[at], {});
  return {{mine.taken.words.get(), mine.taken.used}, depth_};
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
