#include "checker/search/fingerprint_set.hpp"

#include <algorithm>
#include <new>

namespace everyway {

namespace {

constexpr std::uint64_t initial_buckets = 1U << 12U;
/// From this size on the table grows by half instead of doubling: less memory lies idle.
constexpr std::uint64_t large_buckets = 1U << 18U;

}  // namespace

FingerprintSet::FingerprintSet(MemoryBudget& budget)
    : budget_(budget),
      region_(std::max<std::size_t>(budget.limit(), initial_buckets * sizeof(Bucket))),
      buckets_(reinterpret_cast<Bucket*>(region_.data())),
      bucket_count_(initial_buckets) {
  if (!budget_.take(bytes())) throw std::bad_alloc();
}

bool FingerprintSet::grow() {
  const std::uint64_t old_count = bucket_count_;
  const std::uint64_t more = old_count < large_buckets ? old_count : old_count / 2;
  const std::size_t more_bytes = more * sizeof(Bucket);
  if (bytes() + more_bytes > region_.reserved()) return false;
  if (!budget_.take(more_bytes)) return false;
  bucket_count_ += more;
  respread(old_count);
  return true;
}

// Goes down from the last old bucket. An entry's new home is never below its old one, and all
// buckets from the current one upward are already in their new order, so an entry is placed there
// for good. The exceptions - entries that were displaced past their home, or wrapped around the end
// - would have to go below: they wait until the pass is over.
void FingerprintSet::respread(std::uint64_t old_count) {
  std::vector<Entry> waiting;
  for (std::uint64_t at = old_count; at-- > 0;) {
    Bucket& bucket = buckets_[at];
    std::array<Entry, slots> entries{};
    std::size_t count = 0;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      const std::uint64_t held = bucket.fingerprints[slot].load(std::memory_order_relaxed);
      if (held == 0) break;
      entries[count++] = {held, bucket.parents[slot].load(std::memory_order_relaxed)};
      bucket.fingerprints[slot].store(0, std::memory_order_relaxed);
      bucket.parents[slot].store(0, std::memory_order_relaxed);
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (!place_at_or_after(at, entries[i])) waiting.push_back(entries[i]);
    }
  }
  for (const Entry& entry : waiting) insert_fingerprint(entry.fingerprint, entry.parent);
}

bool FingerprintSet::place_at_or_after(std::uint64_t lowest, const Entry& entry) noexcept {
  std::uint64_t at = home(entry.fingerprint);
  if (at < lowest) return false;
  for (; at < bucket_count_; ++at) {
    for (std::size_t slot = 0; slot < slots; ++slot) {
      if (buckets_[at].fingerprints[slot].load(std::memory_order_relaxed) != 0) continue;
      buckets_[at].fingerprints[slot].store(entry.fingerprint, std::memory_order_relaxed);
      buckets_[at].parents[slot].store(entry.parent, std::memory_order_relaxed);
      return true;
    }
  }
  return false;
}

std::vector<StateId> FingerprintSet::possible_parents(StateId id) const {
  std::uint32_t hint = 0;
  for (std::uint64_t at = home(id);; at = (at + 1) % bucket_count_) {
    const Bucket& bucket = buckets_[at];
    const auto held = std::find_if(bucket.fingerprints.begin(), bucket.fingerprints.end(),
                                   [&](const auto& slot) { return slot.load() == id; });
    if (held == bucket.fingerprints.end()) {
      if (bucket.fingerprints.back().load() == 0) return {};  // not in the set
      continue;
    }
    hint = bucket.parents[static_cast<std::size_t>(held - bucket.fingerprints.begin())].load();
    break;
  }
  std::vector<StateId> candidates;
  if (hint == 0) return candidates;
  // All fingerprints that start with the hint have their home between these two buckets, and sit
  // there or behind, before the next bucket with an empty slot.
  const std::uint64_t last_home = home((std::uint64_t{hint} << 32U) | 0xFFFFFFFFU);
  bool past_last_home = false;
  for (std::uint64_t at = home(std::uint64_t{hint} << 32U);; at = (at + 1) % bucket_count_) {
    for (const auto& slot : buckets_[at].fingerprints) {
      const std::uint64_t held = slot.load();
      if (held != 0 && (held >> 32U) == hint) candidates.push_back(held);
    }
    past_last_home = past_last_home || at == last_home;
    if (past_last_home && buckets_[at].fingerprints.back().load() == 0) return candidates;
  }
}

}  // namespace everyway
