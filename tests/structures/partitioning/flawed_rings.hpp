#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "structures/partitioning/partition.hpp"

namespace everyway::testing {

/// What can be wrong with a ring.
enum class RingMistake {
  none,
  no_wrap,         ///< a key behind the last point has no owner
  points_by_rank,  ///< a node's points follow from its place in the list of nodes, not its name
  later_wins,      ///< of two points at one position the later replaces the former, for good
  half_removed     ///< a node that leaves leaves a point behind
};

/// A ring with one mistake, made simply: a table from positions to nodes.
template <class Hash>
class FlawedRing {
 public:
  using Node = partitioning::Node;

  FlawedRing(RingMistake mistake, Hash hash) : mistake_(mistake), hash_(std::move(hash)) {}

  void add(Node node, std::uint32_t points) {
    nodes_.emplace_back(node, points);
    if (mistake_ == RingMistake::points_by_rank) return place_all();
    place(node, node, points);
  }
  void remove(Node node) {
    std::uint32_t points = 0;
    std::erase_if(nodes_, [&](const auto& each) {
      if (each.first == node) points = each.second;
      return each.first == node;
    });
    if (mistake_ == RingMistake::points_by_rank) return place_all();
    if (mistake_ == RingMistake::half_removed) --points;
    for (std::uint32_t index = 0; index < points; ++index) {
      auto& at = table_[hash_(node, index)];
      std::erase(at, node);
      if (at.empty()) table_.erase(hash_(node, index));
    }
  }
  [[nodiscard]] std::optional<Node> owner(partitioning::Key key) const {
    if (table_.empty()) return std::nullopt;
    auto next = table_.lower_bound(hash_(key));
    if (next == table_.end()) {
      if (mistake_ == RingMistake::no_wrap) return std::nullopt;
      next = table_.begin();
    }
    return *std::min_element(next->second.begin(), next->second.end());
  }

 private:
  void place(Node node, Node name, std::uint32_t points) {
    for (std::uint32_t index = 0; index < points; ++index) {
      auto& at = table_[hash_(name, index)];
      if (mistake_ == RingMistake::later_wins) at.clear();
      at.push_back(node);
    }
  }
  void place_all() {
    table_.clear();
    for (std::size_t rank = 0; rank < nodes_.size(); ++rank) {
      place(nodes_[rank].first, static_cast<Node>(rank + 1), nodes_[rank].second);
    }
  }

  RingMistake mistake_;
  Hash hash_;
  std::vector<std::pair<Node, std::uint32_t>> nodes_;
  std::map<std::uint64_t, std::vector<Node>> table_;
};

}  // namespace everyway::testing
