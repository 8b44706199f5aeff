#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "checker/search/memory.hpp"
#include "checker/search/mixing.hpp"

namespace everyway {

/// How a `NodeTable` names a word that it holds.
using NodeRef = std::uint32_t;

/// The references of words that one worker looked up lately: a small table, overwritten at will.
/// States of one part of a search share most of their nodes.
class NodeMemory {
 public:
  NodeMemory() : entries_(size) {}

 private:
  friend class NodeTable;
  static constexpr std::size_t size = std::size_t{1} << 13U;
  struct Entry {
    std::uint64_t word = 0;
    NodeRef ref = 0;
  };
  std::vector<Entry> entries_;  // none at first: the word 0 is not looked up
};

/// Words of 64 bits, each kept once under a reference of 30 bits: the nodes of all state trees
/// (`StateTree`). A word is a piece of a state or two references to other words; the table does not
/// care which. The word 0 has the reference 0 and takes no room.
///
/// Words lie in an array that only grows, so references stay valid. They are found over an index in
/// open addressing, which doubles when it is three quarters full, under the lock of its shard;
/// whoever searches an index that was just replaced misses new words only, and looks again under
/// the lock. So the table grows whenever it must, with all workers running.
///
/// 8 bytes a word and, at the usual loads, 11 to 21 bytes of index.
class NodeTable {
 public:
  /// References have 30 bits, so that a root, two of them, has four to spare. The last reference is
  /// not given out: a root is never all ones.
  static constexpr unsigned ref_bits = 30;
  static constexpr NodeRef ref_mask = (NodeRef{1} << ref_bits) - 1;
  static constexpr std::uint64_t most_nodes = ref_mask - 1;

  /// Takes its memory from `budget`, which outlives it. `most` nodes are its limit.
  explicit NodeTable(MemoryBudget& budget, std::uint64_t most = most_nodes);
  ~NodeTable() { budget_.give_back(bytes()); }
  NodeTable(const NodeTable&) = delete;
  NodeTable& operator=(const NodeTable&) = delete;

  /// The reference of `word`, a new one if it was not there. Safe from many threads at once. Throws
  /// std::bad_alloc when the budget or the limit leaves no room for it; the table stays as it was.
  [[nodiscard]] NodeRef intern(std::uint64_t word) {
    return word == 0 ? 0 : intern_hashed(word, mixed(word));
  }
  /// The same, asking first what one worker remembers.
  [[nodiscard]] NodeRef intern(std::uint64_t word, NodeMemory& memory) {
    if (word == 0) return 0;
    const std::uint64_t hash = mixed(word);
    NodeMemory::Entry& entry = memory.entries_[hash % NodeMemory::size];
    if (entry.word == word) return entry.ref;
    const NodeRef ref = intern_hashed(word, hash);
    entry = {word, ref};
    return ref;
  }
  /// Start loading what `intern` will read first, and then - after the first has arrived - second.
  void prefetch_slot(std::uint64_t word) const noexcept {
    const std::uint64_t hash = mixed(word);
    const Index& index = *shards_[hash % shard_count].index.load(std::memory_order_acquire);
    __builtin_prefetch(&index.slots()[index.home(hash)]);
  }
  void prefetch_word(std::uint64_t word) const noexcept {
    const std::uint64_t hash = mixed(word);
    const Index& index = *shards_[hash % shard_count].index.load(std::memory_order_acquire);
    const Slot& slot = index.slots()[index.home(hash)];
    __builtin_prefetch(&words()[static_cast<NodeRef>(slot.load(std::memory_order_relaxed))]);
  }

  /// The word of a reference that `intern` gave to this thread, or to one that it waited for.
  [[nodiscard]] std::uint64_t word_of(NodeRef ref) const noexcept { return words()[ref]; }

  [[nodiscard]] std::size_t bytes() const noexcept {
    return bytes_.load(std::memory_order_relaxed);
  }
  /// Gives back the indexes that were replaced. With all threads stopped.
  void drop_replaced_indexes();

 private:
  using Slot = std::atomic<std::uint64_t>;
  static constexpr std::uint64_t shard_count = 8;
  static constexpr std::uint64_t block_size = 128;

  /// A slot holds the upper half of the hash above the reference; 0 if it is empty.
  class Index {
   public:
    explicit Index(std::uint64_t slot_count);
    [[nodiscard]] Slot* slots() const noexcept { return slots_; }
    [[nodiscard]] std::uint64_t slot_count() const noexcept { return mask_ + 1; }
    [[nodiscard]] std::size_t bytes() const noexcept { return slot_count() * sizeof(Slot); }
    [[nodiscard]] std::uint64_t home(std::uint64_t hash) const noexcept {
      return (hash / shard_count) & mask_;
    }
    [[nodiscard]] std::uint64_t next(std::uint64_t place) const noexcept {
      return (place + 1) & mask_;
    }

   private:
    // Small indexes do not deserve a huge page each.
    std::unique_ptr<Slot[]> small_;
    std::optional<GrowingRegion> large_;
    Slot* slots_;
    std::uint64_t mask_;
  };

  /// The part of the table that one lock guards. What every search reads lies apart from what only
  /// insertions write.
  struct alignas(64) Shard {
    std::atomic<const Index*> index{nullptr};
    alignas(64) std::mutex mutex;
    std::uint64_t count = 0;
    std::uint64_t next = 0;  ///< the free rest of its block of references
    std::uint64_t end = 0;
    std::vector<std::unique_ptr<const Index>> indexes;  ///< the last one is current
  };

  [[nodiscard]] std::uint64_t* words() const noexcept {
    return reinterpret_cast<std::uint64_t*>(words_.data());
  }

  /// The word's reference in `index`, or 0. A slot is published after its word was written.
  [[nodiscard]] NodeRef find(const Index& index, std::uint64_t word,
                             std::uint64_t hash) const noexcept {
    for (std::uint64_t place = index.home(hash);; place = index.next(place)) {
      const std::uint64_t held = index.slots()[place].load(std::memory_order_acquire);
      if (held == 0) return 0;
      const auto ref = static_cast<NodeRef>(held);
      if (((held ^ hash) >> 32U) == 0 && words()[ref] == word) return ref;
    }
  }

  [[nodiscard]] NodeRef intern_hashed(std::uint64_t word, std::uint64_t hash) {
    Shard& shard = shards_[hash % shard_count];
    const NodeRef known = find(*shard.index.load(std::memory_order_acquire), word, hash);
    return known != 0 ? known : add(shard, word, hash);
  }
  [[nodiscard]] NodeRef add(Shard& shard, std::uint64_t word, std::uint64_t hash);
  void take_block(Shard& shard);
  void double_index(Shard& shard);
  void take(std::size_t bytes);

  MemoryBudget& budget_;
  const std::uint64_t most_;
  GrowingRegion words_;
  std::atomic<std::uint64_t> given_{1};  // references, 0 among them
  std::atomic<std::size_t> bytes_{0};
  std::array<Shard, shard_count> shards_;
};

}  // namespace everyway
