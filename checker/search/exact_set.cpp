#include "checker/search/exact_set.hpp"

#include <algorithm>
#include <new>

namespace everyway {

namespace {

constexpr std::uint64_t initial_slots = 1U << 14U;
constexpr std::size_t block_words = 1U << 13U;

}  // namespace

ExactSet::ExactSet(MemoryBudget& budget)
    : budget_(budget),
      table_(std::max<std::size_t>(budget.limit(), initial_slots * sizeof(Slot))),
      arena_(std::max<std::size_t>(budget.limit(), block_words * word_bytes)),
      slot_count_(initial_slots) {
  if (!budget_.take(slot_count_ * sizeof(Slot))) throw std::bad_alloc();
}

void ExactSet::take_block(Writer& writer, std::size_t least_words) {
  const std::size_t size = std::max(block_words, least_words);
  if (!budget_.take(size * word_bytes)) throw std::bad_alloc();
  const std::uint64_t first = arena_used_.fetch_add(size, std::memory_order_relaxed);
  if ((first + size) * word_bytes > arena_.reserved()) {
    arena_used_.fetch_sub(size, std::memory_order_relaxed);
    budget_.give_back(size * word_bytes);
    throw std::bad_alloc();
  }
  writer.next_ = first;
  writer.end_ = first + size;
}

// The record at `at` is complete but known to nobody. The release of the compare-and-swap makes it
// visible together with its slot; whoever reads the slot acquires it.
Inserted ExactSet::publish(std::uint64_t at, std::size_t size, std::uint64_t fingerprint) {
  const std::uint64_t tag = fingerprint << id_bits;
  const std::uint64_t* record = words() + at;
  for (std::uint64_t place = home(fingerprint);; place = place + 1 == slot_count_ ? 0 : place + 1) {
    Slot& slot = slots()[place];
    std::uint64_t held = slot.load(std::memory_order_acquire);
    if (held == 0 &&
        slot.compare_exchange_strong(held, tag | (at + 1), std::memory_order_acq_rel)) {
      return {at + 1, true};
    }
    if (((held ^ tag) >> id_bits) != 0) continue;
    const std::uint64_t* other = record_of(held & id_mask);
    if (other[0] != fingerprint) continue;
    // The mask words come first, so records of different lengths differ before either ends.
    if (std::equal(record + header_words, record + header_words + size, other + header_words)) {
      return {held & id_mask, false};
    }
  }
}

// The table is sorted by home, like that of FingerprintSet, and grows in place the same way: from
// the end, with those that would have to go below the current slot kept back. Every slot moves
// once.
bool ExactSet::grow(unsigned /*threads*/) {
  const std::uint64_t old_count = slot_count_;
  const std::size_t more_bytes = old_count * sizeof(Slot);
  if (2 * more_bytes > table_.reserved() || !budget_.take(more_bytes)) return false;
  slot_count_ = 2 * old_count;
  std::vector<std::uint64_t> waiting;
  const auto place_from = [&](std::uint64_t lowest, std::uint64_t value, bool may_wrap) {
    std::uint64_t place = home(record_of(value & id_mask)[0]);
    if (place < lowest) return false;
    while (slots()[place].load(std::memory_order_relaxed) != 0) {
      if (++place < slot_count_) continue;
      if (!may_wrap) return false;
      place = 0;
    }
    slots()[place].store(value, std::memory_order_relaxed);
    return true;
  };
  for (std::uint64_t at = old_count; at-- > 0;) {
    const std::uint64_t value = slots()[at].exchange(0, std::memory_order_relaxed);
    if (value != 0 && !place_from(at, value, false)) waiting.push_back(value);
  }
  for (const std::uint64_t value : waiting) place_from(0, value, true);
  return true;
}

}  // namespace everyway
