#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "checker/search/fingerprint.hpp"
#include "checker/search/fixed_table.hpp"
#include "checker/search/state_id.hpp"

namespace everyway {

/// The set of fingerprints of all states found, in 5 bytes each and without parents: what is left
/// when fingerprints of 64 bits do not fit.
///
/// The table has its size from the start, in buckets of one cache line. A fingerprint is read as a
/// fraction and written as three digits: its home bucket (base: the number of buckets), a word
/// (base 2^32 - 1) and a rest (base 4). The bucket is not stored - quotienting (Knuth, The Art of
/// Computer Programming, volume 3, 6.4, exercise 13; Cleary, Compact Hash Tables Using
/// Bidirectional Linear Probing, 1984) - but a slot keeps how many probes from its home it is.
/// Probes go on in steps that the word determines, so bucket, word and displacement give the home
/// back, and two entries are equal exactly if their three digits are. The set therefore behaves as
/// one of fingerprints of `fingerprint_bits()` bits, with no further loss. (Steps that differ keep
/// displacements short: with steps of one, clusters at nine slots in ten are 100 buckets long.)
///
/// A bucket is six words of 64 bits, each with the words of two slots, and twelve tags of 8 bits:
/// 1 + 4 * displacement + rest. Zero is "empty" for a word and "not yet written" for a tag. A slot
/// is claimed by a compare-and-swap of its word; its tag follows. Whoever meets its own word waits
/// for the tag before it compares, so half an entry is never taken for anything. Slots are claimed
/// in order and never empty, so two workers with one state try the same slots one by one, and the
/// second of them meets the first.
///
/// `insert` is safe from many threads at once; the other members need all of them stopped.
class CompactSet {
 public:
  static constexpr bool keeps_parents = false;
  static constexpr bool trusts_fingerprints = true;

  /// Per-worker state of an insertion: none is needed here.
  class Writer {
   public:
    explicit Writer(CompactSet&) {}
  };

  /// Takes all its memory from `budget` now. Throws std::bad_alloc if it has not so much.
  CompactSet(MemoryBudget& budget, const FixedTable& table)
      : table_(budget, table.bytes),
        multiplier_(multiplier_of(table.seed)),
        step_mask_(std::min<std::uint64_t>(longest_step, std::bit_floor(table_.lines())) - 1) {}

  /// States that fit: nine slots in ten.
  [[nodiscard]] std::uint64_t room() const noexcept { return table_.lines() * slots / 10 * 9; }
  [[nodiscard]] std::size_t bytes() const noexcept { return table_.bytes(); }
  /// Growing would need bits that are not kept.
  [[nodiscard]] bool grow(unsigned /*threads*/ = 1) const noexcept { return false; }
  /// The width of the fingerprints that the set tells apart: log2 of how many there are.
  [[nodiscard]] double fingerprint_bits() const noexcept;
  /// Forgets all states and gives the memory back. Only `matches` may be called after that.
  void release() noexcept { table_.release(); }

  /// One insertion under way, taken one bucket at a time (see `FingerprintSet::Probe`).
  class Probe {
    friend class CompactSet;
    std::uint64_t bucket_;
    std::uint32_t word_;
    std::uint32_t tag_;
  };
  /// The first bucket to look at, whose line starts loading.
  [[nodiscard]] Probe probe(std::uint64_t fingerprint) const noexcept {
    const Probe probe = probe_of(fingerprint);
    __builtin_prefetch(buckets() + probe.bucket_, 1);
    return probe;
  }
  enum class Outcome : std::uint8_t { known, fresh, go_on };
  /// Looks at one bucket. With `go_on`, the probe stands at the next, whose line starts loading.
  /// Throws VisitedSetFull if all buckets within the largest displacement are full, which at nine
  /// slots in ten happens to one state in about 10^17.
  [[nodiscard]] Outcome advance(Probe& probe, StateId /*parent*/) {
    const Outcome outcome = try_bucket(probe);
    if (outcome == Outcome::go_on) {
      if (probe.tag_ > most_tag) throw VisitedSetFull();
      __builtin_prefetch(buckets() + probe.bucket_, 1);
    }
    return outcome;
  }
  /// A state's id is its fingerprint.
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

  template <class State>
  [[nodiscard]] bool matches(StateId id, const State& state) const noexcept {
    return fingerprint(state) == id;
  }

 private:
  static constexpr unsigned slots = 12;
  static constexpr std::uint64_t words = 0xFFFFFFFFU;  // 1 .. 2^32 - 1
  static constexpr unsigned rests = 4;
  static constexpr unsigned displacements = 63;
  static constexpr unsigned most_tag = rests * displacements;
  static_assert(most_tag <= 255, "a tag has 8 bits");
  /// Buckets. Short enough that most probes stay in one huge page.
  static constexpr std::uint64_t longest_step = 4096;

  struct alignas(64) Bucket {
    std::array<std::atomic<std::uint64_t>, slots / 2> words;
    std::array<std::atomic<std::uint8_t>, slots> tags;
  };
  static_assert(sizeof(Bucket) == LineTable::line_bytes);

  /// Slots as bits: bit i for slot i.
  struct Look {
    unsigned same;   // have the word that was looked for
    unsigned empty;  // the upper ones: slots fill from below
  };

  [[nodiscard]] Bucket* buckets() const noexcept {
    return reinterpret_cast<Bucket*>(table_.data());
  }

  [[nodiscard]] Probe probe_of(std::uint64_t fingerprint) const noexcept {
    __extension__ using Wide = unsigned __int128;
    // A fraction of 2^64, times a base, is a digit above the next fraction: all of it exact.
    const Wide first = static_cast<Wide>(fingerprint * multiplier_) * table_.lines();
    const Wide second = static_cast<Wide>(static_cast<std::uint64_t>(first)) * words;
    const Wide third = static_cast<Wide>(static_cast<std::uint64_t>(second)) * rests;
    Probe probe;
    probe.bucket_ = static_cast<std::uint64_t>(first >> 64U);
    probe.word_ = static_cast<std::uint32_t>(second >> 64U) + 1;
    probe.tag_ = static_cast<std::uint32_t>(third >> 64U) + 1;
    return probe;
  }

  Outcome try_bucket(Probe& probe) noexcept {
    Bucket& bucket = buckets()[probe.bucket_];
    Look look = look_for(bucket, probe.word_);
    for (; look.same != 0; look.same &= look.same - 1) {
      const auto slot = static_cast<unsigned>(std::countr_zero(look.same));
      if (tag_in(bucket, slot) == probe.tag_) return Outcome::known;
    }
    if (look.empty != 0) {
      const auto first = static_cast<unsigned>(std::countr_zero(look.empty));
      const Outcome placed = place(bucket, first, probe);
      if (placed != Outcome::go_on) return placed;
    }
    // Odd: a step that shared a large factor with the number of buckets would see few of them.
    probe.bucket_ += (probe.word_ & step_mask_) | 1U;
    if (probe.bucket_ >= table_.lines()) probe.bucket_ -= table_.lines();
    probe.tag_ += rests;
    return Outcome::go_on;
  }

#if defined(__SSE2__)
  [[nodiscard]] static Look look_for(const Bucket& bucket, std::uint32_t word) noexcept {
    const __m128i wanted = _mm_set1_epi32(static_cast<int>(word));
    Look look{0, 0};
#pragma GCC unroll 3
    for (unsigned i = 0; i < slots / 4; ++i) {
      const __m128i held = _mm_set_epi64x(
          static_cast<std::int64_t>(bucket.words[2 * i + 1].load(std::memory_order_relaxed)),
          static_cast<std::int64_t>(bucket.words[2 * i].load(std::memory_order_relaxed)));
      look.same |= lanes(_mm_cmpeq_epi32(held, wanted)) << (4 * i);
      look.empty |= lanes(_mm_cmpeq_epi32(held, _mm_setzero_si128())) << (4 * i);
    }
    return look;
  }
  [[nodiscard]] static unsigned lanes(__m128i mask) noexcept {
    return static_cast<unsigned>(_mm_movemask_ps(_mm_castsi128_ps(mask)));
  }
#else
  [[nodiscard]] static Look look_for(const Bucket& bucket, std::uint32_t word) noexcept {
    Look look{0, 0};
    for (unsigned i = 0; i < slots; ++i) {
      const std::uint64_t held = bucket.words[i / 2].load(std::memory_order_relaxed);
      const auto half = static_cast<std::uint32_t>(held >> (i % 2 * 32));
      look.same |= (half == word ? 1U : 0U) << i;
      look.empty |= (half == 0 ? 1U : 0U) << i;
    }
    return look;
  }
#endif

  /// Puts an entry into the first slot from `slot` on that is still empty, unless a worker that was
  /// faster put it into one of them; `go_on` if there is none.
  [[nodiscard]] static Outcome place(Bucket& bucket, unsigned slot, const Probe& probe) noexcept {
    while (slot < slots) {
      std::atomic<std::uint64_t>& pair = bucket.words[slot / 2];
      const unsigned shift = slot % 2 * 32;
      std::uint64_t held = pair.load(std::memory_order_relaxed);
      const auto half = static_cast<std::uint32_t>(held >> shift);
      if (half == 0) {
        const std::uint64_t filled = held | (std::uint64_t{probe.word_} << shift);
        if (!pair.compare_exchange_strong(held, filled, std::memory_order_relaxed)) continue;
        bucket.tags[slot].store(static_cast<std::uint8_t>(probe.tag_), std::memory_order_relaxed);
        return Outcome::fresh;
      }
      if (half == probe.word_ && tag_in(bucket, slot) == probe.tag_) return Outcome::known;
      ++slot;
    }
    return Outcome::go_on;
  }

  /// The tag of a slot that is claimed.
  [[nodiscard]] static std::uint8_t tag_in(const Bucket& bucket, unsigned slot) noexcept {
    const std::uint8_t tag = bucket.tags[slot].load(std::memory_order_relaxed);
    return tag != 0 ? tag : awaited_tag(bucket.tags[slot]);
  }
  [[nodiscard]] static std::uint8_t awaited_tag(const std::atomic<std::uint8_t>& tag) noexcept;

  LineTable table_;
  std::uint64_t multiplier_;
  std::uint64_t step_mask_;
};

}  // namespace everyway
