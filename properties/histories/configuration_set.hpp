#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace everyway::histories {

/// A set of sequences of words, each kept whole: two that differ are never taken for one, whatever
/// their hashes are.
class ConfigurationSet {
 public:
  ConfigurationSet();

  /// Whether the sequence was not in the set yet. It is now. Takes constant time on average.
  bool insert(std::span<const std::uint32_t> words);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::size_t begin = 0;  ///< in `words_`: the length, then the words; 0 for an empty slot
  };

  [[nodiscard]] bool is_equal(const Slot& slot, std::span<const std::uint32_t> words) const;
  void grow();

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> words_;
  std::size_t size_ = 0;
};

}  // namespace everyway::histories
