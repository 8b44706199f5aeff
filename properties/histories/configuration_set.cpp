#include "properties/histories/configuration_set.hpp"

#include <algorithm>

namespace everyway::histories {

namespace {

std::uint64_t hash_of(std::span<const std::uint32_t> words) {
  std::uint64_t hash = 0x9E3779B97F4A7C15U + words.size();
  for (const std::uint32_t word : words) {
    hash = (hash ^ word) * 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 32U;
  }
  return hash;
}

}  // namespace

ConfigurationSet::ConfigurationSet() : slots_(64), words_(1) {}

std::size_t ConfigurationSet::bytes() const noexcept {
  return slots_.capacity() * sizeof(Slot) + words_.capacity() * sizeof(std::uint32_t);
}

bool ConfigurationSet::is_equal(const Slot& slot, std::span<const std::uint32_t> words) const {
  const std::uint32_t* const kept = words_.data() + slot.begin;
  return *kept == words.size() && std::equal(words.begin(), words.end(), kept + 1);
}

bool ConfigurationSet::insert(std::span<const std::uint32_t> words) {
  if (2 * size_ >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(words);
  std::size_t place = hash & (slots_.size() - 1);
  for (; slots_[place].begin != 0; place = (place + 1) & (slots_.size() - 1)) {
    if (slots_[place].hash == hash && is_equal(slots_[place], words)) return false;
  }
  slots_[place] = {hash, words_.size()};
  words_.push_back(static_cast<std::uint32_t>(words.size()));
  words_.insert(words_.end(), words.begin(), words.end());
  ++size_;
  return true;
}

void ConfigurationSet::grow() {
  std::vector<Slot> larger(2 * slots_.size());
  for (const Slot& slot : slots_) {
    if (slot.begin == 0) continue;
    std::size_t place = slot.hash & (larger.size() - 1);
    while (larger[place].begin != 0) place = (place + 1) & (larger.size() - 1);
    larger[place] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace everyway::histories
