#pragma once

#include <array>
#include <cstddef>

#include "checker/model/node_id.hpp"

namespace everyway {

/// One value for each node, by the node's name: a state keeps what belongs to a node here, not in a
/// plain array, so that renaming nodes moves it along. Room for `Capacity` nodes.
template <class T, std::size_t Capacity>
class PerNode {
 public:
  using value_type = T;

  constexpr PerNode() = default;

  [[nodiscard]] static constexpr std::size_t size() noexcept { return Capacity; }
  [[nodiscard]] constexpr const T& operator[](NodeId node) const noexcept {
    return items_[node.index()];
  }
  [[nodiscard]] constexpr T& operator[](NodeId node) noexcept { return items_[node.index()]; }
  /// By the node's position, from 0.
  [[nodiscard]] constexpr const T& operator[](std::size_t index) const noexcept {
    return items_[index];
  }
  [[nodiscard]] constexpr T& operator[](std::size_t index) noexcept { return items_[index]; }

  [[nodiscard]] constexpr const T* begin() const noexcept { return items_.data(); }
  [[nodiscard]] constexpr const T* end() const noexcept { return items_.data() + Capacity; }
  [[nodiscard]] constexpr T* begin() noexcept { return items_.data(); }
  [[nodiscard]] constexpr T* end() noexcept { return items_.data() + Capacity; }
  constexpr void fill(const T& value) noexcept { items_.fill(value); }

  friend constexpr bool operator==(const PerNode& left, const PerNode& right) = default;

 private:
  std::array<T, Capacity> items_{};
};

}  // namespace everyway
