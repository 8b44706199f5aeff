#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>

#include "checker/model/inline_bag.hpp"
#include "structures/crdt/dot.hpp"

namespace everyway::crdt {

/// Counter, operation-based: replicas add up what they deliver, each operation once, in any order.
///
/// Source: Shapiro et al. 2011, Specification 5.
struct OperationCounter {
  std::int8_t total = 0;

  void apply(int amount) noexcept { total = static_cast<std::int8_t>(total + amount); }
};
BOOST_DESCRIBE_STRUCT(OperationCounter, (), (total))

/// Observed-remove set, operation-based: an addition brings a tag of its own, a removal takes the
/// tags that its replica had observed. No tombstones, since under causal delivery no addition comes
/// after a removal that has observed it. Room for `Capacity` additions that are not removed.
///
/// Source: Shapiro et al. 2011, Specification 15.
template <Flat Element, std::size_t Capacity>
struct OperationORSet {
  using Tags = InlineSet<Dot, Capacity>;

  InlineSet<Tagged<Element>, Capacity> additions;
  BOOST_DESCRIBE_CLASS(OperationORSet, (), (additions), (), ())

  /// At the source of a removal: the tags that it takes.
  [[nodiscard]] Tags observed(const Element& element) const {
    Tags tags;
    for (const Tagged<Element>& tagged : additions) {
      if (tagged.element == element) tags.insert(tagged.dot);
    }
    return tags;
  }
  /// Downstream, at every replica. Throws `ModelBoundError` when there is no room.
  void apply_add(const Element& element, const Dot& dot) { additions.insert({element, dot}); }
  void apply_remove(const Element& element, const Tags& tags) {
    for (const Dot& dot : tags) additions.erase({element, dot});
  }
  [[nodiscard]] bool contains(const Element& element) const { return !observed(element).empty(); }
};

}  // namespace everyway::crdt
