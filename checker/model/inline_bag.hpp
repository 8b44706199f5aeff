#pragma once

#include <algorithm>
#include <cstddef>

#include "checker/model/inline_vector.hpp"

namespace everyway {

namespace detail {

/// A sorted sequence in place: equal contents have equal bytes, whatever the order of insertion.
template <Flat T, std::size_t Capacity, bool KeepsDuplicates>
class SortedInline {
 public:
  using value_type = T;
  static constexpr bool keeps_duplicates = KeepsDuplicates;

  constexpr SortedInline() = default;

  [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] constexpr bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] constexpr const T* begin() const noexcept { return items_.begin(); }
  [[nodiscard]] constexpr const T* end() const noexcept { return items_.end(); }
  [[nodiscard]] constexpr const T& operator[](std::size_t position) const noexcept {
    return items_[position];
  }

  [[nodiscard]] bool contains(const T& value) const noexcept { return count(value) != 0; }
  [[nodiscard]] std::size_t count(const T& value) const noexcept {
    std::size_t found = 0;
    for (const T& item : items_) found += same_bytes(item, value) ? 1 : 0;
    return found;
  }

  /// Adds `value`; a set that has it already stays as it is. Throws `ModelBoundError` when full.
  void insert(const T& value) {
    std::size_t position = 0;
    while (position < items_.size() && bytes_less(items_[position], value)) ++position;
    if (!KeepsDuplicates && position < items_.size() && same_bytes(items_[position], value)) return;
    items_.insert_at(position, value);
  }
  /// Removes one copy of `value`, if there is one.
  void erase(const T& value) noexcept {
    for (std::size_t position = 0; position < items_.size(); ++position) {
      if (same_bytes(items_[position], value)) return items_.erase_at(position);
    }
  }
  /// `position` < size().
  void erase_at(std::size_t position) noexcept { items_.erase_at(position); }
  void clear() noexcept { items_.clear(); }

  /// Whether the element at `position` is the first of its equals: a loop that skips the others
  /// visits each distinct element once.
  [[nodiscard]] bool first_of_equals(std::size_t position) const noexcept {
    return position == 0 || !same_bytes(items_[position - 1], items_[position]);
  }

  friend bool operator==(const SortedInline& left, const SortedInline& right) noexcept {
    return left.items_ == right.items_;
  }

 private:
  InlineVector<T, Capacity> items_;
};

}  // namespace detail

/// A multiset of at most `Capacity` flat values, in place, sorted by their bytes.
template <Flat T, std::size_t Capacity>
using InlineBag = detail::SortedInline<T, Capacity, true>;

/// A set of at most `Capacity` flat values, in place, sorted by their bytes.
template <Flat T, std::size_t Capacity>
using InlineSet = detail::SortedInline<T, Capacity, false>;

}  // namespace everyway
