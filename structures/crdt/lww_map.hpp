#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstddef>
#include <optional>

#include "checker/model/inline_vector.hpp"
#include "structures/crdt/lww_register.hpp"

namespace everyway::crdt {

/// Map of at most `Capacity` keys, each a last-writer-wins register that may be empty: an erasure
/// is an assignment of nothing, and stays as a tombstone.
///
/// Source: Shapiro et al. 2011, section 3.3.4 (LWW-element-Set) and Specification 8, key by key.
template <Flat Key, Flat Value, std::size_t Capacity>
struct LWWMap {
  struct Entry {
    Key key{};
    bool present = false;
    Value value{};
    Timestamp at;
    BOOST_DESCRIBE_CLASS(Entry, (), (key, present, value, at), (), ())
  };
  InlineVector<Entry, Capacity> entries;  ///< by key, in the order of their bytes
  BOOST_DESCRIBE_CLASS(LWWMap, (), (entries), (), ())

  /// Throws `ModelBoundError` when there is no room for one more key; so do all that write.
  void put(NodeId self, const Key& key, const Value& value) { merge(put_delta(self, key, value)); }
  void erase(NodeId self, const Key& key) { merge(erase_delta(self, key)); }
  /// What they would change.
  [[nodiscard]] LWWMap put_delta(NodeId self, const Key& key, const Value& value) const {
    return only({key, true, value, next_timestamp(self)});
  }
  [[nodiscard]] LWWMap erase_delta(NodeId self, const Key& key) const {
    return only({key, false, Value{}, next_timestamp(self)});
  }
  [[nodiscard]] std::optional<Value> get(const Key& key) const {
    for (const Entry& entry : entries) {
      if (entry.present && same_bytes(entry.key, key)) return entry.value;
    }
    return std::nullopt;
  }
  /// Of each key, the later assignment. Quadratic in the keys.
  void merge(const LWWMap& other) {
    for (const Entry& entry : other.entries) write(entry);
  }

  friend bool operator==(const LWWMap& left, const LWWMap& right) = default;

 private:
  [[nodiscard]] static LWWMap only(const Entry& entry) {
    LWWMap map;
    map.entries.push_back(entry);
    return map;
  }
  [[nodiscard]] Timestamp next_timestamp(NodeId self) const {
    Timestamp next{0, self};
    for (const Entry& entry : entries) next.time = std::max(next.time, entry.at.time);
    clocks::count_up(next.time);
    return next;
  }
  void write(const Entry& entry) {
    std::size_t position = 0;
    while (position < entries.size() && bytes_less(entries[position].key, entry.key)) ++position;
    if (position == entries.size() || !same_bytes(entries[position].key, entry.key)) {
      return entries.insert_at(position, entry);
    }
    if (entry.at > entries[position].at) entries[position] = entry;
  }
};

}  // namespace everyway::crdt
