#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace everyway {

/// The identity of a value that processes agree on. A strong type, as `NodeId` is: which value it
/// is matters to nobody, so that values, too, may be interchangeable. Numbered from 1 and printed
/// as v1; the zero value is "no value".
class ValueId {
 public:
  constexpr ValueId() = default;

  /// The value in position `index` (from 0), at most 254.
  [[nodiscard]] static constexpr ValueId at(std::size_t index) noexcept {
    ValueId id;
    id.number_ = static_cast<std::uint8_t>(index + 1);
    return id;
  }
  [[nodiscard]] static constexpr ValueId none() noexcept { return {}; }

  [[nodiscard]] constexpr bool is_none() const noexcept { return number_ == 0; }
  /// From 0. Not for `none()`.
  [[nodiscard]] constexpr std::size_t index() const noexcept { return number_ - std::size_t{1}; }
  /// The number shown to people, from 1; 0 is no value.
  [[nodiscard]] constexpr unsigned number() const noexcept { return number_; }

  friend constexpr auto operator<=>(ValueId, ValueId) = default;

 private:
  std::uint8_t number_ = 0;
};

}  // namespace everyway
