#pragma once

#include <concepts>
#include <cstdint>
#include <optional>

namespace everyway::partitioning {

/// What data are found by.
using Key = std::uint64_t;

/// The name of a node that holds data.
using Node = std::uint32_t;

/// Says which node holds a key: none only if there are no nodes.
template <class P>
concept Partition = requires(const P partition, Key key) {
  { partition.owner(key) } -> std::same_as<std::optional<Node>>;
};

/// Spreads keys and nodes over all 2^64 positions, by the finalizer of SplitMix64, which takes no
/// two numbers to the same one.
///
/// Source: Guy Steele, Doug Lea and Christine Flood, "Fast Splittable Pseudorandom Number
/// Generators" (2014), figure 16 (variant 13 of David Stafford).
struct MixingHash {
  std::uint64_t seed = 0;

  [[nodiscard]] constexpr std::uint64_t operator()(Key key) const noexcept {
    return mixed(key ^ mixed(seed));
  }
  /// Where the `index`-th point of a node lies on a ring.
  [[nodiscard]] constexpr std::uint64_t operator()(Node node, std::uint32_t index) const noexcept {
    const std::uint64_t name = std::uint64_t{node} << 32U | index;
    return mixed(mixed(name ^ mixed(~seed)) + 1);
  }

 private:
  [[nodiscard]] static constexpr std::uint64_t mixed(std::uint64_t bits) noexcept {
    bits += 0x9E3779B97F4A7C15U;
    bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
    bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
    return bits ^ (bits >> 31U);
  }
};

}  // namespace everyway::partitioning
