#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "checker/search/fingerprint.hpp"
#include "checker/search/memory.hpp"
#include "checker/search/state_id.hpp"

namespace everyway {

/// A set of ids: numbers of 64 bits that are not 0 and look random, each with a hint at its parent.
/// The whole id counts, not a part of it, although only 48 bits of it are written down: the rest
/// follows from the place ("quotienting": J. G. Cleary, "Compact Hash Tables Using Bidirectional
/// Linear Probing", IEEE Transactions on Computers C-33(9), 1984). With the hint, 10 bytes an id
/// and 64 bytes for six of them: 11.9 to 13.3 bytes an id, since the table grows by an eighth when
/// it is nine tenths full.
///
/// An id times the number of buckets has its bucket in the upper 64 bits of the product, and what
/// tells it from other ids of that bucket in the lower: those of two ids are at least as far apart
/// as there are buckets. From 2^16 buckets on the last 16 bits can therefore be left out. Smaller
/// tables keep all 64, in buckets of five.
///
/// An id whose bucket is full goes to the next one that is not, at most `farthest` behind, with the
/// distance written down; what finds no place there is kept aside.
///
/// `insert` is safe from many threads at once. `grow` and the reading functions need all of them
/// stopped. A slot never empties, so "the first bucket with an empty slot ends a probe" holds at
/// all times.
class RootTable {
 public:
  /// Takes its memory from `budget`, which outlives it.
  explicit RootTable(MemoryBudget& budget);
  ~RootTable() { budget_.give_back(bytes()); }
  RootTable(const RootTable&) = delete;
  RootTable& operator=(const RootTable&) = delete;

  /// Ids that fit before it must grow.
  [[nodiscard]] std::uint64_t room() const noexcept {
    return bucket_count_ * (is_narrow() ? Narrow::slots : Wide::slots) / 10 * 9;
  }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return (bucket_count_ + farthest) * sizeof(Wide) + aside_bytes_;
  }

  /// Starts loading the lines that `insert` will read: near full, many ids lie behind their bucket.
  void prefetch(StateId id) const noexcept {
    const std::byte* home = region_.data() + scaled_to(id, bucket_count_) * sizeof(Wide);
    __builtin_prefetch(home, 1);
    __builtin_prefetch(home + sizeof(Wide), 1);
  }

  /// Whether `id` was not there before. Throws std::bad_alloc if it must be kept aside, which is
  /// rare, and the budget leaves no room for that.
  [[nodiscard]] bool insert(StateId id, StateId parent) {
    const std::uint32_t hint = hint_of(parent);
    return is_narrow() ? insert_in<Narrow>(id, hint) : insert_in<Wide>(id, hint);
  }

  /// Makes room for an eighth more ids (twice as many while small). Returns false, with nothing
  /// changed, if the budget does not allow it.
  [[nodiscard]] bool grow();

  /// The ids that may be the parent of `id`: more than one if others share 32 bits with it.
  [[nodiscard]] std::vector<StateId> possible_parents(StateId id) const;

 private:
  /// Most buckets between an id and where it belongs.
  static constexpr std::uint64_t farthest = 30;
  static constexpr std::uint64_t narrow_from = 1U << 16U;
  static constexpr std::uint64_t most_aside_bytes = 64;  // of one id: a node of std::map

  enum class Answer : std::uint8_t { known, fresh, full };

  /// One cache line of ids, filled from the first slot on. `control` holds five bits a slot - 0 for
  /// an empty one, otherwise the distance plus one - below a lock that is held while the next slot
  /// is written: what `control` shows is complete.
  template <std::size_t Slots, class Upper>
  struct alignas(64) Bucket {
    static constexpr std::size_t slots = Slots;
    /// Lowest bits that are not written down.
    static constexpr unsigned left_out = 32 - 8 * sizeof(Upper);
    static constexpr std::uint32_t lock = std::uint32_t{1} << 31U;

    std::atomic<std::uint32_t> control;
    std::array<std::atomic<std::uint32_t>, Slots> lower;
    std::array<std::atomic<std::uint32_t>, Slots> hints;
    std::array<std::atomic<Upper>, Slots> upper;

    [[nodiscard]] static unsigned distance_in(std::uint32_t controls, std::size_t slot) noexcept {
      return (controls >> (5 * slot)) & 31U;
    }
    [[nodiscard]] static std::size_t taken_in(std::uint32_t controls) noexcept {
      return static_cast<std::size_t>(std::bit_width(controls & ~lock) + 4) / 5;
    }
    [[nodiscard]] bool has(std::uint32_t controls, std::uint64_t rest,
                           unsigned distance) const noexcept {
      unsigned found = 0;
#pragma GCC unroll 6
      for (std::size_t slot = 0; slot < Slots; ++slot) {
        const bool same_lower =
            lower[slot].load(std::memory_order_relaxed) == static_cast<std::uint32_t>(rest);
        const bool same_upper =
            upper[slot].load(std::memory_order_relaxed) == static_cast<Upper>(rest >> 32U);
        const bool same_distance = distance_in(controls, slot) == distance;
        found |= (same_lower ? 1U : 0U) & (same_upper ? 1U : 0U) & (same_distance ? 1U : 0U);
      }
      return found != 0;
    }
    /// `distance`: plus one.
    [[nodiscard]] Answer insert(std::uint64_t rest, unsigned distance,
                                std::uint32_t hint) noexcept {
      std::uint32_t controls = control.load(std::memory_order_acquire);
      std::size_t slot = 0;
      for (;;) {
        if (has(controls, rest, distance)) return Answer::known;
        slot = taken_in(controls);
        if (slot == Slots) return Answer::full;
        // What another worker is writing at this moment may be this very id.
        if ((controls & lock) != 0) {
          controls = control.load(std::memory_order_acquire);
        } else if (control.compare_exchange_weak(controls, controls | lock,
                                                 std::memory_order_acquire)) {
          break;
        }
      }
      lower[slot].store(static_cast<std::uint32_t>(rest), std::memory_order_relaxed);
      upper[slot].store(static_cast<Upper>(rest >> 32U), std::memory_order_relaxed);
      hints[slot].store(hint, std::memory_order_relaxed);
      control.store(controls | (distance << (5 * slot)), std::memory_order_release);
      return Answer::fresh;
    }
  };
  using Wide = Bucket<5, std::uint32_t>;
  using Narrow = Bucket<6, std::uint16_t>;
  static_assert(sizeof(Wide) == 64 && sizeof(Narrow) == 64);

  struct Entry {
    StateId id;
    std::uint32_t hint;
  };
  __extension__ using Product = unsigned __int128;

  /// The upper half of the parent; 0 means that there is none, so 1 stands for 0 and 1.
  [[nodiscard]] static std::uint32_t hint_of(StateId parent) noexcept {
    const auto upper = static_cast<std::uint32_t>(parent >> 32U);
    return parent == no_parent ? 0 : std::max(upper, 1U);
  }
  [[nodiscard]] bool is_narrow() const noexcept { return bucket_count_ >= narrow_from; }
  template <class Kind>
  [[nodiscard]] Kind* buckets() const noexcept {
    return reinterpret_cast<Kind*>(region_.data());
  }

  template <class Kind>
  bool insert_in(StateId id, std::uint32_t hint) {
    const Product product = static_cast<Product>(id) * bucket_count_;
    Kind* home = buckets<Kind>() + static_cast<std::uint64_t>(product >> 64U);
    const std::uint64_t rest = static_cast<std::uint64_t>(product) >> Kind::left_out;
    for (unsigned distance = 0; distance <= farthest; ++distance) {
      const Answer answer = home[distance].insert(rest, distance + 1, hint);
      if (answer != Answer::full) return answer == Answer::fresh;
    }
    return insert_aside(id, hint);
  }
  bool insert_aside(StateId id, std::uint32_t hint);

  template <class Kind>
  [[nodiscard]] std::vector<Entry> entries_of(std::uint64_t at, std::uint64_t bucket_count) const;
  [[nodiscard]] std::vector<Entry> entries_of(std::uint64_t at) const;
  template <class Old, class New>
  void respread(std::uint64_t old_count);

  MemoryBudget& budget_;
  GrowingRegion region_;
  std::uint64_t bucket_count_;
  std::mutex aside_lock_;
  std::map<StateId, std::uint32_t> aside_;
  std::atomic<std::size_t> aside_bytes_{0};
};

}  // namespace everyway
