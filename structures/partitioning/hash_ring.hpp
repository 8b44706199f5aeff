#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "structures/partitioning/partition.hpp"

namespace everyway::partitioning {

/// Consistent hashing: keys and nodes are hashed onto a ring, and a key belongs to the node of the
/// first point clockwise from it. A node has several points ("virtual nodes"), which makes shares
/// even, and spreads the keys of a node that leaves over all others; one of twice the capacity gets
/// twice as many.
///
/// `Hash` gives positions: hash(key), and hash(node, index) of the node's point `index`. Where two
/// nodes have a point at the same position, the lower name holds it, so that the ring depends on
/// its nodes alone, and not on the order in which they came.
///
/// Sources: David Karger and others, "Consistent Hashing and Random Trees" (1997), section 4;
/// Giuseppe DeCandia and others, "Dynamo: Amazon's Highly Available Key-value Store" (2007),
/// section 4.2.
template <class Hash = MixingHash>
class HashRing {
 public:
  struct Point {
    std::uint64_t position = 0;
    Node node = 0;

    friend auto operator<=>(const Point&, const Point&) = default;
  };

  explicit HashRing(Hash hash = {}) : hash_(std::move(hash)) {}

  /// Gives the node `points` points, at least 1. Does nothing if it is there. Takes n log n steps
  /// for n points in all.
  void add(Node node, std::uint32_t points) {
    if (has(node)) return;
    for (std::uint32_t index = 0; index < std::max(points, std::uint32_t{1}); ++index) {
      points_.push_back({hash_(node, index), node});
    }
    std::sort(points_.begin(), points_.end());
  }
  /// Linear in the number of points.
  void remove(Node node) {
    std::erase_if(points_, [&](const Point& point) { return point.node == node; });
  }
  /// Linear in the number of points.
  [[nodiscard]] bool has(Node node) const {
    return std::any_of(points_.begin(), points_.end(),
                       [&](const Point& point) { return point.node == node; });
  }

  /// Logarithmic in the number of points.
  [[nodiscard]] std::optional<Node> owner(Key key) const {
    if (points_.empty()) return std::nullopt;
    const auto next = std::lower_bound(points_.begin(), points_.end(), Point{hash_(key), 0});
    return next == points_.end() ? points_.front().node : next->node;
  }

  /// The part of all positions that belongs to each node: its share of a great many keys. Linear
  /// in the number of points.
  [[nodiscard]] std::map<Node, double> shares() const {
    std::map<Node, double> shares;
    if (points_.empty()) return shares;
    constexpr double all = 18446744073709551616.0;  // 2^64
    std::uint64_t previous = points_.back().position;
    for (const Point& point : points_) {
      shares[point.node] += static_cast<double>(point.position - previous) / all;
      previous = point.position;
    }
    // A single position holds everything: all differences are 0.
    if (points_.front().position == previous) shares[points_.front().node] = 1;
    return shares;
  }

  /// In the order of the ring.
  [[nodiscard]] const std::vector<Point>& points() const noexcept { return points_; }

 private:
  Hash hash_;
  std::vector<Point> points_;
};

}  // namespace everyway::partitioning
