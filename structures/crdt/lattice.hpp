#pragma once

#include <concepts>

#include "checker/model/flat.hpp"

namespace everyway::crdt {

/// A state-based CRDT: its states form a join semilattice, of which `merge` is the join. The zero
/// state is the bottom. Merging is commutative, associative and idempotent; updates are
/// inflationary (the state after is at least the state before).
///
/// Source: Shapiro, Preguica, Baquero and Zawirski, "A comprehensive study of Convergent and
/// Commutative Replicated Data Types" (INRIA RR-7506, 2011), section 2.3.
template <class T>
concept JoinSemilattice = Flat<T> && std::default_initializable<T> &&
    requires(T left, const T right) {
  left.merge(right);
};

/// The least state that is at least both.
template <JoinSemilattice T>
[[nodiscard]] T joined(const T& left, const T& right) {
  T result = left;
  result.merge(right);
  return result;
}

/// The order of the semilattice: whether `right` knows all that `left` knows.
template <JoinSemilattice T>
[[nodiscard]] bool at_most(const T& left, const T& right) {
  return same_bytes(joined(left, right), right);
}

}  // namespace everyway::crdt
