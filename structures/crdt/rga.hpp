#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstddef>

#include "checker/model/inline_vector.hpp"
#include "structures/crdt/lww_register.hpp"

namespace everyway::crdt {

/// Replicated growable array: a sequence in which an element is inserted behind another one, and
/// removed elements stay as tombstones. Of what is inserted behind the same element, the later
/// comes first. Room for `Capacity` elements in all, removed ones included.
///
/// `apply_insert` and `apply_remove` are the operation-based effects; they ask for causal delivery.
/// `merge` makes it state-based: the union of elements, inserted in the order of their timestamps.
///
/// Source: Hyun-Gul Roh, Myeongjae Jeon, Jin-Soo Kim and Joonwon Lee, "Replicated abstract data
/// types: Building blocks for collaborative applications" (2011), section 5; Shapiro et al. 2011,
/// Specification 19.
template <Flat Value, std::size_t Capacity>
struct RGA {
  /// An element, by the timestamp of its insertion. The zero timestamp is the head.
  struct Element {
    Timestamp id;
    Timestamp behind;  ///< the element that it was inserted behind
    Value value{};
    bool removed = false;
    BOOST_DESCRIBE_CLASS(Element, (), (id, behind, value, removed), (), ())
  };
  InlineVector<Element, Capacity> elements;  ///< in the order of the sequence
  BOOST_DESCRIBE_CLASS(RGA, (), (elements), (), ())

  /// What an insertion of `self` behind that element is, to be applied here and sent to others.
  [[nodiscard]] Element insertion(NodeId self, Timestamp behind, const Value& value) const {
    Element element{{0, self}, behind, value, false};
    for (const Element& known : elements) {
      element.id.time = std::max(element.id.time, known.id.time);
    }
    clocks::count_up(element.id.time);
    return element;
  }
  void insert(NodeId self, Timestamp behind, const Value& value) {
    (void)apply_insert(insertion(self, behind, value));
  }

  /// Puts the element in, unless it is there. Returns whether that was possible: what it was
  /// inserted behind must be known. Throws `ModelBoundError` when there is no room.
  bool apply_insert(const Element& element) {
    if (position_of(element.id) != elements.size()) return true;
    std::size_t position = 0;
    if (!is_head(element.behind)) {
      position = position_of(element.behind);
      if (position == elements.size()) return false;
      ++position;
    }
    while (position < elements.size() && elements[position].id > element.id) ++position;
    elements.insert_at(position, element);
    return true;
  }
  /// Returns whether the element is known.
  bool apply_remove(Timestamp id) noexcept {
    const std::size_t position = position_of(id);
    if (position == elements.size()) return false;
    elements[position].removed = true;
    return true;
  }

  void merge(const RGA& other) {
    InlineVector<Element, Capacity> missing = other.elements;
    std::sort(missing.begin(), missing.end(),
              [](const Element& left, const Element& right) { return left.id < right.id; });
    for (const Element& element : missing) {
      (void)apply_insert(element);
      if (element.removed) (void)apply_remove(element.id);
    }
  }

  /// Where that element is; the size of the sequence if it is not known. Linear.
  [[nodiscard]] std::size_t position_of(Timestamp id) const noexcept {
    std::size_t position = 0;
    while (position < elements.size() && elements[position].id != id) ++position;
    return position;
  }

  friend bool operator==(const RGA& left, const RGA& right) = default;

 private:
  [[nodiscard]] static bool is_head(Timestamp id) noexcept { return id == Timestamp{}; }
};

}  // namespace everyway::crdt
