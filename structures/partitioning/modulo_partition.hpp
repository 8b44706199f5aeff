#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "structures/partitioning/partition.hpp"

namespace everyway::partitioning {

/// A key belongs to the node at its hash modulo the number of nodes. Even, and nearly every key
/// moves when a node comes or goes.
template <class Hash = MixingHash>
class ModuloPartition {
 public:
  explicit ModuloPartition(Hash hash = {}) : hash_(std::move(hash)) {}

  /// Does nothing if the node is there. Linear in the number of nodes.
  void add(Node node) {
    if (std::find(nodes_.begin(), nodes_.end(), node) == nodes_.end()) nodes_.push_back(node);
  }
  /// The nodes after it close up. Linear in the number of nodes.
  void remove(Node node) { std::erase(nodes_, node); }

  [[nodiscard]] std::optional<Node> owner(Key key) const {
    if (nodes_.empty()) return std::nullopt;
    return nodes_[hash_(key) % nodes_.size()];
  }

 private:
  Hash hash_;
  std::vector<Node> nodes_;
};

}  // namespace everyway::partitioning
