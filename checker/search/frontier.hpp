#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/search/block_pool.hpp"
#include "checker/search/memory.hpp"
#include "checker/search/state_id.hpp"

namespace everyway {

/// What a worker took from a frontier: entries one behind the other, each a packed state, behind
/// its id where that does not follow from the state. Packing tells where an entry ends.
struct FrontierEntries {
  std::span<const std::uint64_t> words;
  std::uint32_t depth = 0;  ///< actions from an initial state, the same for all of them
};

/// States that were found and not yet expanded, in rounds. Workers take what the round offers and
/// put what they find; a round is over when nothing is left to take and every worker is done. Which
/// states a round offers is what makes a search breadth-first or depth-first.
class Frontier {
 public:
  virtual ~Frontier() = default;

  /// Room for one entry of at most `words` words. The worker writes there, then calls `put`. Throws
  /// std::bad_alloc when the budget is used up.
  [[nodiscard]] virtual std::uint64_t* room_for(unsigned worker, std::size_t words) = 0;
  /// Adds the entry of `words` words written where `room_for` said. Its state was found `depth`
  /// actions from an initial state: in a breadth-first search, one more than those that the round
  /// offers.
  virtual void put(unsigned worker, std::size_t words, std::uint32_t depth) = 0;

  /// Makes what was put since the last call available to `take`. False if there is nothing. Called
  /// by one thread, between rounds.
  [[nodiscard]] virtual bool begin_round() = 0;
  /// The next entries of this round for `worker`, valid until it takes again; empty when the round
  /// has no more.
  [[nodiscard]] virtual FrontierEntries take(unsigned worker) = 0;

  /// Blocks of work in the round that began: with one, more than one worker is a waste.
  [[nodiscard]] virtual std::size_t blocks_in_round() const = 0;
};

/// A round is one level of a breadth-first search. Its entries lie in blocks, which are free as
/// soon as they were taken: while a level is expanded, the next fills the same memory.
class LevelFrontier final : public Frontier {
 public:
  /// Entries have at most `most_words` words.
  LevelFrontier(MemoryBudget& budget, unsigned workers, std::size_t most_words);

  std::uint64_t* room_for(unsigned worker, std::size_t words) override;
  void put(unsigned worker, std::size_t words, std::uint32_t depth) override;
  bool begin_round() override;
  FrontierEntries take(unsigned worker) override;
  std::size_t blocks_in_round() const override { return current_.size(); }

 private:
  struct Chunk {
    std::uint64_t* words = nullptr;
    std::size_t used = 0;
  };
  struct alignas(64) Worker {
    std::vector<Chunk> filled;
    Chunk taken;              // what this worker is reading
    std::uint32_t depth = 0;  // of the states put
  };
  void retire(Chunk& chunk);

  BlockPool blocks_;
  std::size_t chunk_words_;
  std::vector<Worker> workers_;
  std::vector<Chunk> current_;
  std::uint32_t depth_ = 0;  // of `current_`
  alignas(64) std::atomic<std::size_t> next_{0};
};

/// A round is the state found last: depth-first, for one worker.
class StackFrontier final : public Frontier {
 public:
  explicit StackFrontier(MemoryBudget& budget) : budget_(budget) {}
  ~StackFrontier() override { budget_.give_back(stack_.capacity() * sizeof(std::uint64_t)); }

  std::uint64_t* room_for(unsigned worker, std::size_t words) override;
  void put(unsigned worker, std::size_t words, std::uint32_t depth) override;
  bool begin_round() override;
  FrontierEntries take(unsigned worker) override;
  std::size_t blocks_in_round() const override { return 1; }

 private:
  MemoryBudget& budget_;
  std::vector<std::uint64_t> stack_;  // entries, each followed by its number of words and depth
  std::size_t used_ = 0;
  std::vector<std::uint64_t> top_;
  bool offered_ = false;
};

}  // namespace everyway
