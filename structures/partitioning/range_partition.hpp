#pragma once

#include <iterator>
#include <map>
#include <optional>

#include "structures/partitioning/partition.hpp"

namespace everyway::partitioning {

/// Contiguous ranges of keys, each held by one node: neighbouring keys lie together, and a range of
/// keys that is in demand weighs on one node.
class RangePartition {
 public:
  RangePartition() = default;
  /// One range of all keys.
  explicit RangePartition(Node node) { ranges_.emplace(0, node); }

  /// Cuts the range that holds `from` in two: the keys from there to its end go to `node`. The
  /// first cut gives all keys to its node. Logarithmic in the number of ranges.
  void split(Key from, Node node) {
    if (ranges_.empty()) from = 0;
    ranges_.insert_or_assign(from, node);
  }

  /// Gives each range of the node to the range below it; those at the lowest keys to the range
  /// above. Linear in the number of ranges.
  void remove(Node node) {
    for (auto range = ranges_.begin(); range != ranges_.end();) {
      const bool is_node = range->second == node;
      range = is_node ? ranges_.erase(range) : std::next(range);
    }
    if (ranges_.empty() || ranges_.begin()->first == 0) return;
    auto lowest = ranges_.extract(ranges_.begin());
    lowest.key() = 0;
    ranges_.insert(std::move(lowest));
  }

  /// Logarithmic in the number of ranges.
  [[nodiscard]] std::optional<Node> owner(Key key) const {
    auto range = ranges_.upper_bound(key);
    if (range == ranges_.begin()) return std::nullopt;
    return std::prev(range)->second;
  }

  /// The lowest key of each range, with its node.
  [[nodiscard]] const std::map<Key, Node>& ranges() const noexcept { return ranges_; }

 private:
  std::map<Key, Node> ranges_;
};

}  // namespace everyway::partitioning
