#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

#include "checker/search/fingerprint.hpp"
#include "checker/search/memory.hpp"
#include "checker/search/state_id.hpp"

namespace everyway {

/// The set of fingerprints of all states found, each with a hint at its parent, in open addressing
/// over buckets of one cache line: six slots of 10.7 bytes.
///
/// Fingerprints are quotiented (Knuth, volume 3, exercise 6.4-13; Cleary 1984): the bucket tells
/// the upper part of a fingerprint, the slot keeps the other 47 bits, so all 64 can be had back. A
/// fingerprint's home is its value scaled to the number of buckets, so the table is sorted by home.
/// That makes two things simple: growing in place goes from the end to the front, and the
/// candidates for a parent hint (the upper 31 bits of its fingerprint) have neighbouring homes.
/// What finds a bucket full goes on 1, 2, 3, ... buckets behind it (triangular probing), out of the
/// crowd: with steps of one, crowds grow together.
///
/// `insert` is safe from many threads at once. `grow` and the reading functions need all of them
/// stopped. A slot never empties, so "the first empty slot ends a probe" holds at all times.
class FingerprintSet {
 public:
  /// Whether a trace can be rebuilt from the set itself.
  static constexpr bool keeps_parents = true;
  /// Whether states with equal fingerprints are one state to this set.
  static constexpr bool trusts_fingerprints = true;
  /// Whether a state's id is its fingerprint, so that it need not be kept beside the state.
  [[nodiscard]] static constexpr bool ids_are_fingerprints() noexcept { return true; }

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
  [[nodiscard]] std::uint64_t room() const noexcept { return bucket_count_ * slots * load_ / 100; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bucket_count_ * sizeof(Bucket); }

  /// One insertion under way. What finds its bucket full goes on in another, which is far away in
  /// memory: a caller with many insertions takes them one bucket at a time, in turns, so that the
  /// lines of the others come while one waits.
  class Probe {
    friend class FingerprintSet;
    std::uint64_t bucket_;
    std::uint64_t entry_;
    std::uint64_t displacement_;
  };
  /// The first bucket to look at; its line starts loading, worth it some dozens of operations
  /// ahead.
  [[nodiscard]] Probe probe(std::uint64_t fingerprint) const noexcept {
    const Probe probe = probe_of(fingerprint);
    __builtin_prefetch(&buckets_[probe.bucket_], 1);
    return probe;
  }
  enum class Outcome : std::uint8_t { known, fresh, go_on };
  /// Looks at one bucket. With `go_on`, the probe stands at the next, whose line starts loading.
  /// Throws std::bad_alloc if the buckets around the fingerprint's are crowded beyond what an entry
  /// can tell; at the load that `room` allows, the odds of that are below one in 10^5 for 10^9
  /// states.
  [[nodiscard]] Outcome advance(Probe& probe, StateId parent) {
    const Outcome outcome = try_bucket(probe, hint_of(parent));
    if (outcome == Outcome::go_on) {
      if (probe.displacement_ > most_displacement) throw std::bad_alloc();
      __builtin_prefetch(&buckets_[probe.bucket_], 1);
    }
    return outcome;
  }
  /// The id of the state with this fingerprint, inserted with this parent.
  [[nodiscard]] static StateId id_of(std::uint64_t fingerprint, StateId /*parent*/) noexcept {
    return fingerprint;
  }

  /// All of an insertion at once.
  template <class State>
  [[nodiscard]] Inserted insert(Writer&, const State&, std::uint64_t fingerprint, StateId parent) {
    Probe probe = probe_of(fingerprint);
    for (;;) {
      const Outcome outcome = advance(probe, parent);
      if (outcome != Outcome::go_on) return {fingerprint, outcome == Outcome::fresh};
    }
  }

  /// Makes room for a quarter as many states again (for more while the set is small), with the help
  /// of `threads` threads. If the budget does not allow that, for as many as it does; then, once,
  /// for some more by crowding the table. Returns false if there is no room to be had.
  [[nodiscard]] bool grow(unsigned threads = 1);

  /// Whether `id` names this state.
  template <class State>
  [[nodiscard]] bool matches(StateId id, const State& state) const noexcept {
    return fingerprint(state) == id;
  }
  /// The states that may be the parent of `id`: more than one if others share 32 bits with it, none
  /// for an initial state.
  [[nodiscard]] std::vector<StateId> possible_parents(StateId id) const;

 private:
  static constexpr std::size_t slots = 6;
  // A slot: 47 bits of remainder, 6 bits that say how often a bucket was full, one that says that
  // the slot is taken, the lower 10 bits of the parent's hint. The upper 21 bits of the hints stand
  // behind the slots, three to a word.
  static constexpr unsigned remainder_bits = 47;
  static constexpr unsigned lost_bits = 64 - remainder_bits;
  static constexpr std::uint64_t most_displacement = 63;
  static constexpr unsigned displacement_shift = 11;
  static constexpr std::uint64_t taken_bit = std::uint64_t{1} << 10U;
  static constexpr unsigned low_hint_bits = 10;
  static constexpr std::uint64_t low_hint_mask = (std::uint64_t{1} << low_hint_bits) - 1;
  static constexpr unsigned high_hint_bits = 21;
  static constexpr unsigned hint_shift = 64 - low_hint_bits - high_hint_bits;
  static constexpr std::size_t hints_in_word = 3;

  struct alignas(64) Bucket {
    std::array<std::atomic<std::uint64_t>, slots> entries;
    std::array<std::atomic<std::uint64_t>, slots / hints_in_word> high_hints;
  };
  static_assert(sizeof(Bucket) == 64);

  /// Where a fingerprint belongs, and what its entry there says (displacement 0, no parent).
  ///
  /// A fingerprint times the number of buckets: the upper 64 bits are its bucket; of the lower, the
  /// upper 47 tell it from all others there, since they differ by at least that number, and there
  /// are 2^17 buckets at least.
  [[nodiscard]] Probe probe_of(std::uint64_t fingerprint) const noexcept {
    __extension__ using Wide = unsigned __int128;
    const Wide scaled = static_cast<Wide>(fingerprint) * bucket_count_;
    const std::uint64_t kept = static_cast<std::uint64_t>(scaled) >> lost_bits << lost_bits;
    Probe probe;
    probe.bucket_ = static_cast<std::uint64_t>(scaled >> 64U);
    probe.entry_ = kept | taken_bit;
    probe.displacement_ = 0;
    return probe;
  }
  /// The fingerprint of which `entry` was made, when the table had `bucket_count` buckets.
  [[nodiscard]] static std::uint64_t fingerprint_of(std::uint64_t bucket, std::uint64_t entry,
                                                    std::uint64_t bucket_count) noexcept;

  static std::uint32_t hint_of(StateId parent) noexcept {
    return static_cast<std::uint32_t>(parent >> hint_shift);
  }
  [[nodiscard]] static std::uint32_t hint_in(const Bucket& bucket, std::size_t slot) noexcept;

  Outcome try_bucket(Probe& probe, std::uint32_t parent) noexcept {
    Bucket& bucket = buckets_[probe.bucket_];
    // Comparing all slots without a branch between them leaves one branch.
    unsigned known = 0;
    unsigned empty = 1U << slots;
#pragma GCC unroll 6
    for (std::size_t slot = 0; slot < slots; ++slot) {
      const std::uint64_t held = bucket.entries[slot].load(std::memory_order_relaxed);
      known |= is_same(held, probe.entry_) ? 1U : 0U;
      empty |= (held == 0 ? 1U : 0U) << slot;
    }
    if (known != 0) return Outcome::known;
    // From the first slot that was seen empty, though a later one was seen taken: meanwhile another
    // worker may have put this very fingerprint there.
    for (auto slot = static_cast<std::size_t>(std::countr_zero(empty)); slot < slots; ++slot) {
      std::uint64_t held = 0;
      if (bucket.entries[slot].compare_exchange_strong(
              held, probe.entry_ | (parent & low_hint_mask), std::memory_order_relaxed)) {
        put_high_hint(bucket, slot, parent);
        return Outcome::fresh;
      }
      if (is_same(held, probe.entry_)) return Outcome::known;  // another worker was first
    }
    go_on(probe);
    return Outcome::go_on;
  }
  void go_on(Probe& probe) const noexcept {
    probe.bucket_ += ++probe.displacement_;
    if (probe.bucket_ >= bucket_count_) probe.bucket_ -= bucket_count_;
    probe.entry_ += std::uint64_t{1} << displacement_shift;
  }
  /// Whether two entries differ in nothing but their hints.
  [[nodiscard]] static bool is_same(std::uint64_t left, std::uint64_t right) noexcept {
    return (left ^ right) <= low_hint_mask;
  }
  static void put_high_hint(Bucket& bucket, std::size_t slot, std::uint32_t parent) noexcept {
    const std::uint64_t high = high_hint(slot, parent);
    if (high == 0) return;
    bucket.high_hints[slot / hints_in_word].fetch_or(high, std::memory_order_relaxed);
  }
  /// The bits of a hint behind the slots, in the place of this slot.
  [[nodiscard]] static std::uint64_t high_hint(std::size_t slot, std::uint32_t parent) noexcept {
    return std::uint64_t{parent >> low_hint_bits} << (slot % hints_in_word * high_hint_bits);
  }

  /// The hint at the parent of `id`; 0 if it has none, or is not in the set.
  [[nodiscard]] std::uint32_t hint_held_for(StateId id) const;

  class Respread;
  [[nodiscard]] bool grow_by(std::uint64_t buckets, unsigned threads);

  // Slots in a hundred that may be taken. At 88, two buckets in three are full; at 92 three in
  // four, which makes new states slow: only where there is no more memory.
  static constexpr std::uint64_t usual_load = 88;
  static constexpr std::uint64_t highest_load = 92;

  MemoryBudget& budget_;
  GrowingRegion region_;
  Bucket* buckets_;
  std::uint64_t bucket_count_;
  std::uint64_t load_ = usual_load;
};

}  // namespace everyway
