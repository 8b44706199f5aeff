#include "checker/search/fingerprint_set.hpp"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

namespace everyway {

namespace {

/// The least for which 47 bits of remainder do.
constexpr std::uint64_t initial_buckets = 1U << 17U;
/// A larger table grows by less, so that less memory lies idle.
constexpr std::uint64_t large_buckets = 1U << 20U;
constexpr std::uint64_t very_large_buckets = 1U << 22U;

[[nodiscard]] constexpr std::uint64_t buckets_to_add(std::uint64_t buckets) noexcept {
  if (buckets < large_buckets) return buckets;
  return buckets < very_large_buckets ? buckets / 2 : buckets / 4;
}

/// Fewer buckets are not worth another thread.
constexpr std::uint64_t buckets_for_a_thread = 1U << 15U;

/// Calls job(first, end) for parts of `first`..`end`, side by side.
template <class Job>
void in_parts(std::uint64_t first, std::uint64_t end, unsigned threads, const Job& job) {
  const std::uint64_t count = end - first;
  const auto parts =
      std::clamp<std::uint64_t>(count / buckets_for_a_thread, 1, std::max(1U, threads));
  std::vector<std::thread> helpers;
  for (std::uint64_t part = 1; part < parts; ++part) {
    helpers.emplace_back(job, first + count * part / parts, first + count * (part + 1) / parts);
  }
  job(first, first + count / parts);
  for (std::thread& helper : helpers) helper.join();
}

}  // namespace

/// Moves the entries to where they belong in a table that has become larger, from the last old
/// bucket down. A new home is never below an old one; taking the buckets in stages, from where the
/// new homes lie behind all old buckets that are left, lets threads share a stage.
class FingerprintSet::Respread {
 public:
  Respread(FingerprintSet& set, std::uint64_t old_count, unsigned threads)
      : set_(set), old_count_(old_count), threads_(threads) {}

  void run() {
    std::uint64_t left = old_count_;
    while (left > 0) {
      // The lowest bucket whose entries belong at `left` or behind.
      const std::uint64_t first = std::min(left - 1, scaled(left));
      stage(first, left);
      left = first;
    }
    // Nobody else is left.
    for (const Entry& entry : waiting_) insert(entry, {0, 0, 0, set_.bucket_count_});
    if (crowded_) throw std::bad_alloc();
  }

 private:
  struct Entry {
    std::uint64_t fingerprint;
    std::uint32_t parent;
  };
  /// How far from its home an entry can lie.
  static constexpr std::uint64_t farthest = most_displacement * (most_displacement + 1) / 2;
  /// One thread's part of a stage: old buckets `from`..`to`, and the new ones that nobody but this
  /// thread writes to.
  struct Part {
    std::uint64_t from;
    std::uint64_t to;
    std::uint64_t own_from;
    std::uint64_t own_to;

    [[nodiscard]] bool owns(std::uint64_t bucket) const noexcept {
      return bucket >= own_from && bucket < own_to;
    }
  };
  /// Entries that do not belong behind the stage, because they were displaced across its lower end,
  /// or that might be displaced past the end of the table, wait until all is over. They are few.
  void stage(std::uint64_t first, std::uint64_t end) {
    in_parts(first, end, threads_, [this, end](std::uint64_t from, std::uint64_t to) {
      std::vector<Entry> waiting;
      const Part part = part_of(from, to);
      for (std::uint64_t at = from; at < to; ++at) move_out(at, end, part, waiting);
      const std::lock_guard lock(mutex_);
      waiting_.insert(waiting_.end(), waiting.begin(), waiting.end());
    });
  }

  [[nodiscard]] std::uint64_t scaled(std::uint64_t new_bucket) const noexcept {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(new_bucket) * old_count_ + set_.bucket_count_ - 1;
    return static_cast<std::uint64_t>(product / set_.bucket_count_);
  }

  /// The entries of other parts have homes in the table as it was below `from`, or at least
  /// `to - farthest`. From there they go no farther than to the same place in the new table, and
  /// `farthest` behind it.
  [[nodiscard]] Part part_of(std::uint64_t from, std::uint64_t to) const noexcept {
    const std::uint64_t lowest_of_others = to < farthest ? 0 : first_home_of(to - farthest);
    return {from, to, first_home_of(from) + farthest + 1, lowest_of_others};
  }
  /// Where the lowest fingerprint of an old bucket belongs.
  [[nodiscard]] std::uint64_t first_home_of(std::uint64_t old_bucket) const noexcept {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(static_cast<Wide>(old_bucket) * set_.bucket_count_ /
                                      old_count_);
  }

  void move_out(std::uint64_t at, std::uint64_t end, const Part& part,
                std::vector<Entry>& waiting) {
    Bucket& bucket = set_.buckets_[at];
    for (std::size_t slot = 0; slot < slots; ++slot) {
      const std::uint64_t held = bucket.entries[slot].load(std::memory_order_relaxed);
      if (held == 0) break;
      const Entry entry{fingerprint_of(at, held, old_count_), hint_in(bucket, slot)};
      bucket.entries[slot].store(0, std::memory_order_relaxed);
      const std::uint64_t home = set_.probe_of(entry.fingerprint).bucket_;
      if (home >= end && home + farthest < set_.bucket_count_) {
        insert(entry, part);
      } else {
        waiting.push_back(entry);
      }
    }
    for (auto& hints : bucket.high_hints) hints.store(0, std::memory_order_relaxed);
  }

  void insert(const Entry& entry, const Part& part) noexcept {
    Probe probe = set_.probe_of(entry.fingerprint);
    for (;;) {
      const bool is_placed = part.owns(probe.bucket_)
                                 ? place(probe, entry.parent)
                                 : set_.try_bucket(probe, entry.parent) != Outcome::go_on;
      if (is_placed) return;
      if (probe.displacement_ > most_displacement) {
        crowded_ = true;
        return;
      }
    }
  }

  /// As `try_bucket`, where nobody else writes and the entry is known to be new: no instruction
  /// needs to lock the line, which is what half of the time would go into.
  [[nodiscard]] bool place(Probe& probe, std::uint32_t parent) noexcept {
    Bucket& bucket = set_.buckets_[probe.bucket_];
    for (std::size_t slot = 0; slot < slots; ++slot) {
      if (bucket.entries[slot].load(std::memory_order_relaxed) != 0) continue;
      bucket.entries[slot].store(probe.entry_ | (parent & low_hint_mask),
                                 std::memory_order_relaxed);
      auto& hints = bucket.high_hints[slot / hints_in_word];
      hints.store(hints.load(std::memory_order_relaxed) | high_hint(slot, parent),
                  std::memory_order_relaxed);
      return true;
    }
    set_.go_on(probe);
    return false;
  }

  FingerprintSet& set_;
  std::uint64_t old_count_;
  unsigned threads_;
  std::atomic<bool> crowded_{false};
  std::mutex mutex_;
  std::vector<Entry> waiting_;
};

FingerprintSet::FingerprintSet(MemoryBudget& budget)
    : budget_(budget),
      region_(std::max<std::size_t>(budget.limit(), initial_buckets * sizeof(Bucket)),
              initial_buckets * sizeof(Bucket)),
      buckets_(reinterpret_cast<Bucket*>(region_.data())),
      bucket_count_(initial_buckets) {
  if (!budget_.take(bytes())) throw std::bad_alloc();
}

bool FingerprintSet::grow(unsigned threads) {
  // Growing by less takes as long, so that there is an end to it.
  constexpr std::uint64_t least_part = 16;
  const std::uint64_t wanted = buckets_to_add(bucket_count_);
  for (std::uint64_t part = 1; part <= least_part; part *= 2) {
    if (grow_by(wanted / part, threads)) return true;
  }
  return std::exchange(load_, highest_load) != highest_load;
}

bool FingerprintSet::grow_by(std::uint64_t buckets, unsigned threads) {
  const std::uint64_t old_count = bucket_count_;
  const std::size_t more_bytes = buckets * sizeof(Bucket);
  if (bytes() + more_bytes > region_.reserved()) return false;
  if (!budget_.take(more_bytes)) return false;
  bucket_count_ += buckets;
  Respread(*this, old_count, threads).run();
  return true;
}

std::uint64_t FingerprintSet::fingerprint_of(std::uint64_t bucket, std::uint64_t entry,
                                             std::uint64_t bucket_count) noexcept {
  __extension__ using Wide = unsigned __int128;
  const std::uint64_t displacement = entry >> displacement_shift & most_displacement;
  const std::uint64_t distance = displacement * (displacement + 1) / 2;
  const std::uint64_t home =
      bucket >= distance ? bucket - distance : bucket + bucket_count - distance;
  const std::uint64_t kept = entry >> lost_bits << lost_bits;
  // The least number that, times the number of buckets, is not below what was kept of the product.
  const Wide product = (static_cast<Wide>(home) << 64U | kept) + (bucket_count - 1);
  return static_cast<std::uint64_t>(product / bucket_count);
}

std::uint32_t FingerprintSet::hint_in(const Bucket& bucket, std::size_t slot) noexcept {
  const std::uint64_t low = bucket.entries[slot].load(std::memory_order_relaxed) & low_hint_mask;
  const std::uint64_t high =
      bucket.high_hints[slot / hints_in_word].load() >> (slot % hints_in_word * high_hint_bits);
  constexpr std::uint64_t high_hint_mask = (std::uint64_t{1} << high_hint_bits) - 1;
  return static_cast<std::uint32_t>(low | (high & high_hint_mask) << low_hint_bits);
}

std::uint32_t FingerprintSet::hint_held_for(StateId id) const {
  for (Probe probe = probe_of(id); probe.displacement_ <= most_displacement; go_on(probe)) {
    const Bucket& bucket = buckets_[probe.bucket_];
    for (std::size_t slot = 0; slot < slots; ++slot) {
      if (is_same(bucket.entries[slot], probe.entry_)) return hint_in(bucket, slot);
    }
    if (bucket.entries.back() == 0) break;
  }
  return 0;
}

std::vector<StateId> FingerprintSet::possible_parents(StateId id) const {
  std::vector<StateId> candidates;
  const std::uint64_t hint = hint_held_for(id);
  if (hint == 0) return candidates;
  const std::uint64_t lowest = hint << hint_shift;
  const std::uint64_t highest = lowest | ((std::uint64_t{1} << hint_shift) - 1);
  // Where the lowest and the highest fingerprint that start with the hint have their homes.
  const std::uint64_t last_home = probe_of(highest).bucket_;
  for (std::uint64_t home = probe_of(lowest).bucket_; home <= last_home; ++home) {
    std::uint64_t at = home;
    for (std::uint64_t displacement = 0; displacement <= most_displacement; ++displacement) {
      for (const auto& slot : buckets_[at].entries) {
        if (slot == 0 || (slot >> displacement_shift & most_displacement) != displacement) continue;
        const std::uint64_t held = fingerprint_of(at, slot, bucket_count_);
        if (held >= lowest && held <= highest) candidates.push_back(held);
      }
      if (buckets_[at].entries.back() == 0) break;
      at = (at + displacement + 1) % bucket_count_;
    }
  }
  return candidates;
}

}  // namespace everyway
