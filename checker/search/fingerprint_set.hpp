#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/search/fingerprint.hpp"
#include "checker/search/memory.hpp"

namespace everyway {

/// How a visited set names a state that it holds. What the number means is the set's business.
using StateId = std::uint64_t;
/// The parent of an initial state.
inline constexpr StateId no_parent = 0;

/// The answer of a visited set to an insertion.
struct Inserted {
  StateId id;
  bool fresh;  ///< whether the state was not there before
};

/// The set of fingerprints of all states found, each with a hint at its parent, in open addressing
/// over buckets of one cache line: five fingerprints of 64 bits with the upper 32 bits of their
/// parents' fingerprints. 12.8 bytes a slot.
///
/// A fingerprint's bucket is its value scaled to the number of buckets, so the table is sorted by
/// bucket. That makes two things simple: growing in place is one pass from the end, and the
/// candidates for a parent hint lie in neighbouring buckets.
///
/// `insert` is safe from many threads at once. `grow` and the reading functions need all of them
/// stopped. A slot never empties, so "the first empty slot ends a probe" holds at all times.
class FingerprintSet {
 public:
  static constexpr bool keeps_parents = true;

  /// Per-worker state of an insertion: none is needed here.
  class Writer {
   public:
    explicit Writer(FingerprintSet&) {}
  };

  /// Takes its memory from `budget`, which outlives it.
  explicit FingerprintSet(MemoryBudget& budget);
  ~FingerprintSet() { budget_.give_back(bytes()); }
  FingerprintSet(const FingerprintSet&) = delete;
  FingerprintSet& operator=(const FingerprintSet&) = delete;

  /// States that fit before it must grow.
  [[nodiscard]] std::uint64_t room() const noexcept { return bucket_count_ * slots * 17 / 20; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bucket_count_ * sizeof(Bucket); }

  /// Starts loading the line that `insert` will read; worth it some dozens of operations ahead.
  void prefetch(std::uint64_t fingerprint) const noexcept {
    __builtin_prefetch(&buckets_[home(fingerprint)], 1);
  }

  template <class State>
  [[nodiscard]] Inserted insert(Writer&, const State&, std::uint64_t fingerprint,
                                StateId parent) noexcept {
    return {fingerprint, insert_fingerprint(fingerprint, hint_of(parent))};
  }

  /// Makes room for about half as many states again (twice as many while small). Returns false,
  /// with nothing changed, if the budget does not allow it.
  [[nodiscard]] bool grow();

  /// Whether `id` names this state.
  template <class State>
  [[nodiscard]] bool matches(StateId id, const State& state) const noexcept {
    return fingerprint(state) == id;
  }
  /// The states that may be the parent of `id`: more than one if others share 32 bits with it, none
  /// for an initial state.
  [[nodiscard]] std::vector<StateId> possible_parents(StateId id) const;

 private:
  static constexpr std::size_t slots = 5;
  struct alignas(64) Bucket {
    std::array<std::atomic<std::uint64_t>, slots> fingerprints;
    std::array<std::atomic<std::uint32_t>, slots> parents;
  };
  static_assert(sizeof(Bucket) == 64);

  static std::uint32_t hint_of(StateId parent) noexcept {
    return static_cast<std::uint32_t>(parent >> 32U);
  }
  [[nodiscard]] std::uint64_t home(std::uint64_t fingerprint) const noexcept {
    return scaled_to(fingerprint, bucket_count_);
  }

  bool insert_fingerprint(std::uint64_t fingerprint, std::uint32_t parent) noexcept {
    std::uint64_t at = home(fingerprint);
    for (;;) {
      Bucket& bucket = buckets_[at];
      // Most states are known already. Comparing all slots without a branch between them leaves one
      // branch, and that one is well predicted.
      unsigned known = 0;
      unsigned taken = 0;
#pragma GCC unroll 5
      for (std::size_t slot = 0; slot < slots; ++slot) {
        const std::uint64_t held = bucket.fingerprints[slot].load(std::memory_order_relaxed);
        known |= held == fingerprint ? 1U : 0U;
        taken += held != 0 ? 1U : 0U;
      }
      if (known != 0) return false;
      for (std::size_t slot = taken; slot < slots; ++slot) {
        std::uint64_t held = 0;
        if (bucket.fingerprints[slot].compare_exchange_strong(held, fingerprint,
                                                              std::memory_order_relaxed)) {
          bucket.parents[slot].store(parent, std::memory_order_relaxed);
          return true;
        }
        if (held == fingerprint) return false;  // another worker was first
      }
      if (++at == bucket_count_) at = 0;
    }
  }

  struct Entry {
    std::uint64_t fingerprint;
    std::uint32_t parent;
  };
  void respread(std::uint64_t old_count);
  [[nodiscard]] bool place_at_or_after(std::uint64_t lowest, const Entry& entry) noexcept;

  MemoryBudget& budget_;
  GrowingRegion region_;
  Bucket* buckets_;
  std::uint64_t bucket_count_;
};

}  // namespace everyway
