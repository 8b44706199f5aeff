#include "checker/search/node_table.hpp"

#include <algorithm>
#include <new>

namespace everyway {

namespace {

constexpr std::uint64_t initial_slots = 1U << 9U;
constexpr std::size_t huge_page = std::size_t{1} << 21U;
constexpr std::size_t word_bytes = 8;

/// An empty slot from the word's home on. Only under the lock, or before the index is published.
template <class Index>
[[nodiscard]] std::uint64_t free_place(const Index& index, std::uint64_t hash) noexcept {
  std::uint64_t place = index.home(hash);
  while (index.slots()[place].load(std::memory_order_relaxed) != 0) place = index.next(place);
  return place;
}

[[nodiscard]] std::uint64_t slot_of(std::uint64_t hash, NodeRef ref) noexcept {
  return (hash >> 32U << 32U) | ref;
}

}  // namespace

NodeTable::Index::Index(std::uint64_t slot_count) : mask_(slot_count - 1) {
  if (bytes() < huge_page) {
    small_ = std::make_unique<Slot[]>(slot_count);
    slots_ = small_.get();
  } else {
    // The system gives huge pages to whole aligned ones only.
    large_.emplace(bytes() + huge_page);
    auto* first = reinterpret_cast<void*>(large_->data());
    std::size_t space = large_->reserved();
    slots_ = static_cast<Slot*>(std::align(huge_page, bytes(), first, space));
  }
}

NodeTable::NodeTable(MemoryBudget& budget, std::uint64_t most)
    : budget_(budget),
      most_(std::min(most, most_nodes)),
      words_(std::clamp<std::size_t>(budget.limit(), block_size * word_bytes,
                                     (most_ + 1) * word_bytes)) {
  take(shard_count * initial_slots * sizeof(Slot));
  for (Shard& shard : shards_) {
    shard.indexes.push_back(std::make_unique<const Index>(initial_slots));
    shard.index = shard.indexes.back().get();
  }
}

void NodeTable::take(std::size_t bytes) {
  if (!budget_.take(bytes)) throw std::bad_alloc();
  bytes_.fetch_add(bytes, std::memory_order_relaxed);
}

NodeRef NodeTable::add(Shard& shard, std::uint64_t word, std::uint64_t hash) {
  const std::lock_guard lock(shard.mutex);
  const NodeRef known = find(*shard.indexes.back(), word, hash);
  if (known != 0) return known;  // another thread was first
  if (shard.next == shard.end) take_block(shard);
  if (shard.count * 4 >= shard.indexes.back()->slot_count() * 3) double_index(shard);
  const Index& index = *shard.indexes.back();
  const auto ref = static_cast<NodeRef>(shard.next++);
  ++shard.count;
  words()[ref] = word;
  index.slots()[free_place(index, hash)].store(slot_of(hash, ref), std::memory_order_release);
  return ref;
}

// The words' array is reserved up to the budget or the limit of nodes, whichever is smaller.
void NodeTable::take_block(Shard& shard) {
  take(block_size * word_bytes);
  std::uint64_t first = given_.load(std::memory_order_relaxed);
  do {
    if (first + block_size > most_ + 1 || (first + block_size) * word_bytes > words_.reserved()) {
      budget_.give_back(block_size * word_bytes);
      bytes_.fetch_sub(block_size * word_bytes, std::memory_order_relaxed);
      throw std::bad_alloc();
    }
  } while (!given_.compare_exchange_weak(first, first + block_size, std::memory_order_relaxed));
  shard.next = first;
  shard.end = first + block_size;
}

void NodeTable::double_index(Shard& shard) {
  const Index& old = *shard.indexes.back();
  shard.indexes.reserve(shard.indexes.size() + 1);
  auto doubled = std::make_unique<const Index>(old.slot_count() * 2);
  take(doubled->bytes());
  const Index& index = *shard.indexes.emplace_back(std::move(doubled));
  for (std::uint64_t at = 0; at < old.slot_count(); ++at) {
    const std::uint64_t held = old.slots()[at].load(std::memory_order_relaxed);
    if (held == 0) continue;
    const std::uint64_t hash = mixed(words()[static_cast<NodeRef>(held)]);
    index.slots()[free_place(index, hash)].store(held, std::memory_order_relaxed);
  }
  shard.index.store(&index, std::memory_order_release);
}

void NodeTable::drop_replaced_indexes() {
  for (Shard& shard : shards_) {
    for (std::size_t i = 0; i + 1 < shard.indexes.size(); ++i) {
      budget_.give_back(shard.indexes[i]->bytes());
      bytes_.fetch_sub(shard.indexes[i]->bytes(), std::memory_order_relaxed);
    }
    shard.indexes.erase(shard.indexes.begin(), shard.indexes.end() - 1);
  }
}

}  // namespace everyway
