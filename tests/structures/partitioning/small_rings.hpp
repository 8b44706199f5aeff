#pragma once

#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include "properties/partitioning.hpp"
#include "structures/partitioning/partition.hpp"

namespace everyway::testing {

/// Keys 0 to `count` - 1.
[[nodiscard]] inline std::vector<partitioning::Key> first_keys(std::size_t count) {
  std::vector<partitioning::Key> keys(count);
  std::iota(keys.begin(), keys.end(), partitioning::Key{0});
  return keys;
}

// Every small ring: two points of each of three nodes, at six positions.

inline constexpr std::size_t ring_positions = 6;
inline constexpr std::size_t ring_points = 2;
inline constexpr std::array<partitioning::Node, 3> ring_nodes{1, 2, 3};

/// Keys are positions; the points of n1 to n3 are where they are told to be.
struct TableHash {
  std::array<std::array<std::uint64_t, ring_points>, ring_nodes.size()> table{};

  std::uint64_t operator()(partitioning::Key key) const { return key; }
  std::uint64_t operator()(partitioning::Node node, std::uint32_t index) const {
    return table[node - 1][index];
  }
};

/// 6 to the 6th.
inline constexpr std::size_t ring_count = 46'656;

/// Calls visit(hash) for each way to place the points.
template <class Visit>
void every_table(const Visit& visit) {
  for (std::size_t number = 0; number < ring_count; ++number) {
    TableHash hash;
    std::size_t rest = number;
    for (auto& row : hash.table) {
      for (auto& position : row) {
        position = rest % ring_positions;
        rest /= ring_positions;
      }
    }
    visit(hash);
  }
}

/// What is wrong with a ring while n3 joins n1 and n2, and n2 leaves. `empty` is one without nodes.
template <class Ring>
[[nodiscard]] Refutation fault_of(const Ring& empty) {
  using namespace partitioning;
  const auto keys = first_keys(ring_positions);
  Ring ring = empty;
  ring.add(1, ring_points);
  ring.add(2, ring_points);
  const Ring before = ring;
  if (auto fault = one_owner(ring, keys, std::array<Node, 2>{1, 2})) return fault;
  ring.add(3, ring_points);
  if (auto fault = one_owner(ring, keys, ring_nodes)) return fault;
  if (auto fault = moves_only_to(before, ring, keys, Node{3})) return fault;
  const Ring full = ring;
  ring.remove(2);
  if (auto fault = one_owner(ring, keys, std::array<Node, 2>{1, 3})) return fault;
  if (auto fault = moves_only_from(full, ring, keys, Node{2})) return fault;
  Ring fresh = empty;
  fresh.add(3, ring_points);
  fresh.add(1, ring_points);
  if (share_that_moves(ring, fresh, keys) != 0) return "the order of joining matters";
  return std::nullopt;
}

}  // namespace everyway::testing
