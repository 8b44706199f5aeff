#pragma once

#include <boost/describe.hpp>
#include <cstddef>

#include "checker/model/inline_bag.hpp"

namespace everyway::crdt {

/// Grow-only set of at most `Capacity` elements, state-based: merging is the union.
///
/// Source: Shapiro et al. 2011, Specification 11.
template <Flat Element, std::size_t Capacity>
struct GSet {
  InlineSet<Element, Capacity> elements;
  BOOST_DESCRIBE_CLASS(GSet, (), (elements), (), ())

  /// Throws `ModelBoundError` when full; so do all that add.
  void add(const Element& element) { elements.insert(element); }
  /// What `add` would change.
  [[nodiscard]] static GSet add_delta(const Element& element) {
    GSet delta;
    delta.add(element);
    return delta;
  }
  [[nodiscard]] bool contains(const Element& element) const noexcept {
    return elements.contains(element);
  }
  void merge(const GSet& other) {
    for (const Element& element : other.elements) elements.insert(element);
  }

  friend bool operator==(const GSet& left, const GSet& right) = default;
};

}  // namespace everyway::crdt
