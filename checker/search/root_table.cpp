#include "checker/search/root_table.hpp"

#include <cstring>
#include <new>

namespace everyway {

namespace {

constexpr std::uint64_t initial_buckets = 1U << 10U;
/// From this size on the table grows by an eighth instead of doubling: less memory lies idle.
constexpr std::uint64_t large_buckets = 1U << 16U;

/// Calls `visit(id, hint)` for what the bucket at `at` holds. An id is the only number whose
/// product with the number of buckets lies in a range that is at most that wide: the first one
/// whose product reaches the range's beginning.
template <class Kind, class Visit>
void visit_entries(const Kind& bucket, std::uint64_t at, std::uint64_t bucket_count,
                   const Visit& visit) {
  __extension__ using Product = unsigned __int128;
  const std::uint32_t controls = bucket.control.load(std::memory_order_relaxed);
  for (std::size_t slot = 0; slot < Kind::taken_in(controls); ++slot) {
    const std::uint64_t home = at + 1 - Kind::distance_in(controls, slot);
    const std::uint64_t upper = bucket.upper[slot].load(std::memory_order_relaxed);
    const std::uint64_t rest = (upper << 32U) | bucket.lower[slot].load(std::memory_order_relaxed);
    const Product least = (static_cast<Product>(home) << 64U) | (rest << Kind::left_out);
    visit(static_cast<StateId>((least + bucket_count - 1) / bucket_count),
          bucket.hints[slot].load(std::memory_order_relaxed));
  }
}

}  // namespace

RootTable::RootTable(MemoryBudget& budget)
    : budget_(budget),
      region_(std::max<std::size_t>(budget.limit(), (initial_buckets + farthest) * sizeof(Wide))),
      bucket_count_(initial_buckets) {
  if (!budget_.take(bytes())) throw std::bad_alloc();
}

// The buckets within reach of its home are full and stay so until the table grows: everyone who
// comes with this id ends up here.
bool RootTable::insert_aside(StateId id, std::uint32_t hint) {
  const std::lock_guard lock(aside_lock_);
  if (aside_.count(id) != 0) return false;
  if (!budget_.take(most_aside_bytes)) throw std::bad_alloc();
  aside_bytes_ += most_aside_bytes;
  aside_.emplace(id, hint);
  return true;
}

template <class Kind>
std::vector<RootTable::Entry> RootTable::entries_of(std::uint64_t at,
                                                    std::uint64_t bucket_count) const {
  std::vector<Entry> entries;
  visit_entries(buckets<Kind>()[at], at, bucket_count, [&](StateId id, std::uint32_t hint) {
    entries.push_back({id, hint});
  });
  return entries;
}

std::vector<RootTable::Entry> RootTable::entries_of(std::uint64_t at) const {
  return is_narrow() ? entries_of<Narrow>(at, bucket_count_) : entries_of<Wide>(at, bucket_count_);
}

bool RootTable::grow() {
  const std::uint64_t old_count = bucket_count_;
  const std::uint64_t more = old_count < large_buckets ? old_count : old_count / 8;
  const std::size_t more_bytes = more * sizeof(Wide);
  if ((old_count + more + farthest) * sizeof(Wide) > region_.reserved()) return false;
  if (!budget_.take(more_bytes)) return false;
  const bool was_narrow = is_narrow();
  bucket_count_ += more;
  if (was_narrow) {
    respread<Narrow, Narrow>(old_count);
  } else if (is_narrow()) {
    respread<Wide, Narrow>(old_count);
  } else {
    respread<Wide, Wide>(old_count);
  }
  return true;
}

// Goes down from the last old bucket. An id's new bucket is never below its old one, and all
// buckets from the current one upward are already in their new order, so an id is placed there for
// good. The exceptions - ids so far behind their old bucket that the new one lies below - wait
// until the pass is over. They are few: distances are bounded, and new buckets lie the farther up
// the higher the old.
template <class Old, class New>
void RootTable::respread(std::uint64_t old_count) {
  std::vector<Entry> waiting;
  for (const auto& [id, hint] : aside_) waiting.push_back({id, hint});
  budget_.give_back(aside_bytes_.exchange(0));
  aside_.clear();
  for (std::uint64_t at = old_count + farthest; at-- > 0;) {
    std::array<Entry, Old::slots> entries;
    std::size_t count = 0;
    visit_entries(buckets<Old>()[at], at, old_count, [&](StateId id, std::uint32_t hint) {
      entries[count++] = {id, hint};
    });
    std::memset(static_cast<void*>(buckets<Old>() + at), 0, sizeof(Old));
    for (std::size_t i = 0; i < count; ++i) {
      if (scaled_to(entries[i].id, bucket_count_) < at) {
        waiting.push_back(entries[i]);
      } else {
        insert_in<New>(entries[i].id, entries[i].hint);
      }
    }
  }
  for (const Entry& entry : waiting) insert_in<New>(entry.id, entry.hint);
}

std::vector<StateId> RootTable::possible_parents(StateId id) const {
  // Calls `look` for all entries whose home is between two buckets: they lie in front of the first
  // bucket behind these that is not full.
  const auto look_between = [this](std::uint64_t first, std::uint64_t last, const auto& look) {
    const std::size_t full = is_narrow() ? Narrow::slots : Wide::slots;
    for (std::uint64_t at = first; at <= last + farthest; ++at) {
      const std::vector<Entry> entries = entries_of(at);
      for (const Entry& entry : entries) look(entry);
      if (at >= last && entries.size() < full) return;
    }
  };
  std::uint32_t hint = 0;
  const std::uint64_t home = scaled_to(id, bucket_count_);
  look_between(home, home, [&](const Entry& entry) {
    if (entry.id == id) hint = entry.hint;
  });
  if (const auto aside = aside_.find(id); aside != aside_.end()) hint = aside->second;
  std::vector<StateId> candidates;
  if (hint == 0) return candidates;
  const auto add_candidate = [&](StateId candidate) {
    if (hint_of(candidate) == hint) candidates.push_back(candidate);
  };
  const std::uint64_t first = hint == 1 ? 0 : std::uint64_t{hint} << 32U;
  const std::uint64_t last = (std::uint64_t{hint} << 32U) | 0xFFFF'FFFFU;
  look_between(scaled_to(first, bucket_count_), scaled_to(last, bucket_count_),
               [&](const Entry& entry) { add_candidate(entry.id); });
  for (const auto& [candidate, unused] : aside_) add_candidate(candidate);
  return candidates;
}

}  // namespace everyway
