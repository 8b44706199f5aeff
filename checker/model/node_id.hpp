#pragma once

#include <bit>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace everyway {

/// The identity of a process. A strong type: a field of this type is the name of a node and nothing
/// else, which is what lets printing say "n2" and symmetry reduction rename nodes without help.
///
/// Nodes are numbered from 1, as in the literature. The zero value is "no node" (Raft's votedFor =
/// null), so that zeroed memory names nobody.
class NodeId {
 public:
  constexpr NodeId() = default;

  /// The node in position `index` (from 0) of an array of processes; at most 254.
  [[nodiscard]] static constexpr NodeId at(std::size_t index) noexcept {
    NodeId id;
    id.number_ = static_cast<std::uint8_t>(index + 1);
    return id;
  }
  [[nodiscard]] static constexpr NodeId none() noexcept { return {}; }

  [[nodiscard]] constexpr bool is_none() const noexcept { return number_ == 0; }
  /// Position in an array of processes, from 0. Not for `none()`.
  [[nodiscard]] constexpr std::size_t index() const noexcept { return number_ - std::size_t{1}; }
  /// The number shown to people, from 1; 0 is nobody.
  [[nodiscard]] constexpr unsigned number() const noexcept { return number_; }

  friend constexpr auto operator<=>(NodeId, NodeId) = default;

 private:
  std::uint8_t number_ = 0;
};

/// A set of nodes out of at most `Capacity` (64 at most), one bit each.
template <std::size_t Capacity>
class NodeSet {
  static_assert(Capacity >= 1 && Capacity <= 64);

 public:
  using Word = std::conditional_t<
      Capacity <= 8, std::uint8_t,
      std::conditional_t<Capacity <= 16, std::uint16_t,
                         std::conditional_t<Capacity <= 32, std::uint32_t, std::uint64_t>>>;

  constexpr NodeSet() = default;

  /// The first `count` nodes.
  [[nodiscard]] static constexpr NodeSet first(std::size_t count) noexcept {
    NodeSet set;
    set.bits_ = count >= 64 ? static_cast<Word>(~std::uint64_t{0})
                            : static_cast<Word>((std::uint64_t{1} << count) - 1);
    return set;
  }
  /// Bit i stands for the node at index i.
  [[nodiscard]] static constexpr NodeSet of_bits(std::uint64_t bits) noexcept {
    NodeSet set;
    set.bits_ = static_cast<Word>(bits);
    return set;
  }

  constexpr void insert(NodeId node) noexcept { bits_ = static_cast<Word>(bits_ | bit(node)); }
  constexpr void erase(NodeId node) noexcept { bits_ = static_cast<Word>(bits_ & ~bit(node)); }
  constexpr void clear() noexcept { bits_ = 0; }
  [[nodiscard]] constexpr bool contains(NodeId node) const noexcept {
    return (bits_ & bit(node)) != 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  [[nodiscard]] constexpr std::size_t size() const noexcept {
    return static_cast<std::size_t>(std::popcount(bits_));
  }
  [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }

  /// Calls `visit(NodeId)` for each member, lowest first.
  template <std::invocable<NodeId> Visit>
  constexpr void for_each(Visit visit) const {
    for (std::uint64_t rest = bits_; rest != 0; rest &= rest - 1) {
      visit(NodeId::at(static_cast<std::size_t>(std::countr_zero(rest))));
    }
  }

  friend constexpr bool operator==(NodeSet, NodeSet) = default;

 private:
  static constexpr std::uint64_t bit(NodeId node) noexcept {
    return std::uint64_t{1} << node.index();
  }

  Word bits_ = 0;
};

}  // namespace everyway
