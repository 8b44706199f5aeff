#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "checker/model/flat.hpp"
#include "checker/model/model_bound_error.hpp"

namespace everyway {

/// An unsigned integer that needs no padding beside values of alignment `Alignment`.
template <std::size_t Alignment>
using SizeAligned = std::conditional_t<
    Alignment == 1, std::uint8_t,
    std::conditional_t<Alignment == 2, std::uint16_t,
                       std::conditional_t<Alignment == 4, std::uint32_t, std::uint64_t>>>;

/// A sequence of at most `Capacity` flat values, stored in place. Unused room is zero at all times,
/// so that two equal sequences have equal bytes. Growing past the capacity throws
/// `ModelBoundError`.
template <Flat T, std::size_t Capacity>
class InlineVector {
 public:
  using value_type = T;
  using Size = SizeAligned<alignof(T)>;
  static_assert(Capacity >= 1 && Capacity < 256, "the size is kept in as little as one byte");

  constexpr InlineVector() = default;

  [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr const T* begin() const noexcept { return items_.data(); }
  [[nodiscard]] constexpr const T* end() const noexcept { return items_.data() + size_; }
  [[nodiscard]] constexpr T* begin() noexcept { return items_.data(); }
  [[nodiscard]] constexpr T* end() noexcept { return items_.data() + size_; }
  /// `position` < size().
  [[nodiscard]] constexpr const T& operator[](std::size_t position) const noexcept {
    return items_[position];
  }
  [[nodiscard]] constexpr T& operator[](std::size_t position) noexcept { return items_[position]; }
  /// Not on an empty sequence.
  [[nodiscard]] constexpr const T& back() const noexcept { return items_[size_ - std::size_t{1}]; }

  constexpr void push_back(const T& value) { insert_at(size_, value); }

  /// Puts `value` before `position`, which is at most size(). Linear in what follows.
  constexpr void insert_at(std::size_t position, const T& value) {
    if (size_ == Capacity) throw_capacity_exceeded("sequence", Capacity);
    const T copy = value;  // `value` may live in this very sequence
    // Few elements, mostly: moved one by one, without a call.
    for (std::size_t i = size_; i > position; --i) items_[i] = items_[i - 1];
    items_[position] = copy;
    size_ = static_cast<Size>(size_ + 1);
  }
  /// `position` < size(). Linear in what follows.
  constexpr void erase_at(std::size_t position) noexcept {
    const std::size_t last = size_ - std::size_t{1};
    for (std::size_t i = position; i < last; ++i) items_[i] = items_[i + 1];
    items_[last] = T{};
    size_ = static_cast<Size>(last);
  }
  /// Keeps the first `count` elements; does nothing if there are no more than that.
  constexpr void truncate(std::size_t count) noexcept {
    for (std::size_t position = count; position < size_; ++position) items_[position] = T{};
    if (count < size_) size_ = static_cast<Size>(count);
  }
  constexpr void pop_back() noexcept { truncate(size_ - std::size_t{1}); }
  constexpr void clear() noexcept { truncate(0); }

  friend constexpr bool operator==(const InlineVector& left, const InlineVector& right) noexcept {
    return same_bytes(left, right);
  }

 private:
  // The size comes first: what follows the last element is zero to the end of the object.
  Size size_ = 0;
  std::array<T, Capacity> items_{};
};

}  // namespace everyway
