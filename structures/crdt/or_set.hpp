#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstddef>

#include "checker/model/inline_bag.hpp"
#include "structures/clocks/count.hpp"
#include "structures/crdt/dot.hpp"

namespace everyway::crdt {

/// Observed-remove set, state-based: each addition has a tag of its own, and a removal takes the
/// tags that its replica has observed. Of an addition and a removal that are concurrent, the
/// addition wins. Room for `Capacity` additions in all, removed ones included.
///
/// Source: Shapiro et al. 2011, section 3.3.5 (Specification 15 gives it operation-based); merging
/// unites additions and tombstones.
template <Flat Element, std::size_t Capacity>
struct ORSet {
  InlineSet<Tagged<Element>, Capacity> additions;
  InlineSet<Dot, Capacity> tombstones;  ///< the tags of additions that were removed
  BOOST_DESCRIBE_CLASS(ORSet, (), (additions, tombstones), (), ())

  /// Throws `ModelBoundError` when there is no room; so do all that add.
  void add(NodeId self, const Element& element) { additions.insert({element, next_dot(self)}); }
  void remove(const Element& element) { merge(remove_delta(element)); }
  /// What they would change.
  [[nodiscard]] ORSet add_delta(NodeId self, const Element& element) const {
    ORSet delta;
    delta.additions.insert({element, next_dot(self)});
    return delta;
  }
  [[nodiscard]] ORSet remove_delta(const Element& element) const {
    ORSet delta;
    for (const Tagged<Element>& tagged : additions) {
      if (tagged.element == element) delta.tombstones.insert(tagged.dot);
    }
    return delta;
  }
  /// Linear in the additions times the tombstones.
  [[nodiscard]] bool contains(const Element& element) const noexcept {
    return std::any_of(additions.begin(), additions.end(), [&](const Tagged<Element>& tagged) {
      return tagged.element == element && !tombstones.contains(tagged.dot);
    });
  }
  void merge(const ORSet& other) {
    for (const Tagged<Element>& tagged : other.additions) additions.insert(tagged);
    for (const Dot& dot : other.tombstones) tombstones.insert(dot);
  }

  friend bool operator==(const ORSet& left, const ORSet& right) = default;

 private:
  /// A replica knows all of its own additions.
  [[nodiscard]] Dot next_dot(NodeId self) const {
    Dot dot{self, 0};
    for (const Tagged<Element>& tagged : additions) {
      if (tagged.dot.replica == self) dot.number = std::max(dot.number, tagged.dot.number);
    }
    clocks::count_up(dot.number);
    return dot;
  }
};

}  // namespace everyway::crdt
