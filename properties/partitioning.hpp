// What a partition of keys among nodes must do when nodes come and go, after
// David Karger and others, "Consistent Hashing and Random Trees" (1997), section 4: monotonicity.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "checker/model/property.hpp"

namespace everyway::partitioning {

/// Every key has an owner, which is a node. That there is no second one is in the type of
/// `partition.owner(key)`; that it is always the same, too, is checked.
template <class P, class Keys, class Nodes>
[[nodiscard]] Refutation one_owner(const P& partition, const Keys& keys, const Nodes& nodes) {
  for (const auto key : keys) {
    const auto owner = partition.owner(key);
    if (!owner) return fmt::format("key {} has no owner", key);
    if (std::find(nodes.begin(), nodes.end(), *owner) == nodes.end()) {
      return fmt::format("key {} belongs to n{}, which is no node", key, *owner);
    }
    if (partition.owner(key) != owner) return fmt::format("key {} has two owners", key);
  }
  return std::nullopt;
}

/// A node that leaves leaves behind its own keys; no other moves.
template <class P, class Keys, class Node>
[[nodiscard]] Refutation moves_only_from(const P& before, const P& after, const Keys& keys,
                                         Node removed) {
  for (const auto key : keys) {
    const auto owner = before.owner(key);
    if (owner == removed || owner == after.owner(key)) continue;
    return fmt::format("n{} has left, and key {} moves away from n{}", removed, key,
                       owner.value_or(0));
  }
  return std::nullopt;
}

/// A node that joins takes over keys; no key moves from one old node to another.
template <class P, class Keys, class Node>
[[nodiscard]] Refutation moves_only_to(const P& before, const P& after, const Keys& keys,
                                       Node added) {
  for (const auto key : keys) {
    const auto owner = after.owner(key);
    if (owner == added || owner == before.owner(key)) continue;
    return fmt::format("n{} has joined, and key {} moves to n{}", added, key, owner.value_or(0));
  }
  return std::nullopt;
}

/// The share of the keys that change owner, from 0 to 1. `keys` is not empty.
template <class Before, class After, class Keys>
[[nodiscard]] double share_that_moves(const Before& before, const After& after, const Keys& keys) {
  std::size_t moved = 0;
  std::size_t all = 0;
  for (const auto key : keys) {
    ++all;
    if (before.owner(key) != after.owner(key)) ++moved;
  }
  return static_cast<double>(moved) / static_cast<double>(all);
}

}  // namespace everyway::partitioning
