#pragma once

#include <boost/describe.hpp>
#include <cstddef>

#include "structures/crdt/g_set.hpp"

namespace everyway::crdt {

/// Set whose elements can be removed once and for all, state-based: one grow-only set of what was
/// added, and one of what was removed. At most `Capacity` elements.
///
/// Source: Shapiro et al. 2011, Specification 12.
template <Flat Element, std::size_t Capacity>
struct TwoPhaseSet {
  GSet<Element, Capacity> added;
  GSet<Element, Capacity> removed;
  BOOST_DESCRIBE_CLASS(TwoPhaseSet, (), (added, removed), (), ())

  void add(const Element& element) { added.add(element); }
  /// Of an element that is in the set (the precondition of the paper).
  void remove(const Element& element) { removed.add(element); }
  /// What they would change.
  [[nodiscard]] static TwoPhaseSet add_delta(const Element& element) {
    TwoPhaseSet delta;
    delta.add(element);
    return delta;
  }
  [[nodiscard]] static TwoPhaseSet remove_delta(const Element& element) {
    TwoPhaseSet delta;
    delta.remove(element);
    return delta;
  }
  [[nodiscard]] bool contains(const Element& element) const noexcept {
    return added.contains(element) && !removed.contains(element);
  }
  void merge(const TwoPhaseSet& other) {
    added.merge(other.added);
    removed.merge(other.removed);
  }

  friend bool operator==(const TwoPhaseSet& left, const TwoPhaseSet& right) = default;
};

}  // namespace everyway::crdt
