#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/search/memory.hpp"
#include "checker/search/mixing.hpp"
#include "checker/search/node_table.hpp"
#include "checker/search/root_table.hpp"
#include "checker/search/state_tree.hpp"

namespace everyway {

/// The set of all states found, kept whole: each state is a tree of words whose nodes are shared
/// with all other states (`StateTree`, `NodeTable`), and a root that is its own (`RootTable`). Two
/// states are never taken for one: what tells them apart is the root itself, not a hash of it.
///
/// Same interface and rules for threads as `FingerprintSet`. A state's id is its root under a
/// permutation of the 64-bit numbers (`mixed`), which the fingerprint has no part in.
class ExactSet {
 public:
  /// Whether a trace can be rebuilt from the set itself.
  static constexpr bool keeps_parents = true;
  /// Whether states with equal fingerprints are one state to this set.
  static constexpr bool trusts_fingerprints = false;
  [[nodiscard]] static constexpr bool ids_are_fingerprints() noexcept { return false; }

  /// What one worker remembers between insertions.
  class Writer {
   public:
    explicit Writer(ExactSet&) {}

   private:
    friend class ExactSet;
    FoldedStates last_;
  };

  /// Takes its memory from `budget`, which outlives it.
  explicit ExactSet(MemoryBudget& budget) : nodes_(budget), roots_(budget) {}

  /// States that fit before it must grow. Nodes need no such promise: their table grows at once.
  [[nodiscard]] std::uint64_t room() const noexcept { return roots_.room(); }
  [[nodiscard]] std::size_t bytes() const noexcept { return nodes_.bytes() + roots_.bytes(); }

  /// Does nothing: where a state belongs is known once it is folded. See `insert_all`.
  void prefetch(std::uint64_t) const noexcept {}

  /// Throws std::bad_alloc when the budget leaves no room for the state.
  template <class State>
  [[nodiscard]] Inserted insert(Writer& writer, const State& state, std::uint64_t, StateId parent) {
    using Tree = StateTree<State>;
    return insert_root(Tree::root_over(nodes_, Tree::fold(nodes_, writer.last_, state)), parent);
  }

  /// Inserts the states at `positions` of `states`, each with its parent, and calls `meet(position,
  /// inserted)` after each, in order. Much faster than one by one: what one state needs from memory
  /// is on its way while others are worked on. At most `most_at_once` states. Throws as `insert`
  /// does.
  static constexpr std::size_t most_at_once = 64;
  template <class State, class Meet>
  void insert_all(Writer& writer, const State* states, const StateId* parents,
                  std::span<const std::uint16_t> positions, const Meet& meet) {
    using Tree = StateTree<State>;
    const std::size_t count = positions.size();
    std::array<typename Tree::Top, most_at_once> tops;
    for (std::size_t i = 0; i < count; ++i) {
      tops[i] = Tree::fold(nodes_, writer.last_, states[positions[i]]);
      Tree::visit_words(tops[i], [this](std::uint64_t word) { nodes_.prefetch_slot(word); });
    }
    for (std::size_t i = 0; i < count; ++i) {
      Tree::visit_words(tops[i], [this](std::uint64_t word) { nodes_.prefetch_word(word); });
    }
    std::array<std::uint64_t, most_at_once> roots;
    for (std::size_t i = 0; i < count; ++i) {
      roots[i] = Tree::root_over(nodes_, tops[i]);
      roots_.prefetch(id_of(roots[i]));
    }
    for (std::size_t i = 0; i < count; ++i) {
      meet(positions[i], insert_root(roots[i], parents[positions[i]]));
    }
  }

  /// Makes room for more states. Returns false, with nothing changed, if the budget does not allow
  /// it.
  [[nodiscard]] bool grow(unsigned /*threads*/ = 1) {
    nodes_.drop_replaced_indexes();
    return roots_.grow();
  }

  /// Whether `id`, which an insertion returned, names this state.
  template <class State>
  [[nodiscard]] bool matches(StateId id, const State& state) const noexcept {
    State held;
    StateTree<State>::unfold(nodes_, root_of(id), held);
    return same_bytes(held, state);
  }
  [[nodiscard]] std::vector<StateId> possible_parents(StateId id) const {
    return roots_.possible_parents(id);
  }

 private:
  // No root is all ones, so no id is 0.
  [[nodiscard]] static StateId id_of(std::uint64_t root) noexcept { return mixed(~root); }
  [[nodiscard]] static std::uint64_t root_of(StateId id) noexcept { return ~unmixed(id); }
  [[nodiscard]] Inserted insert_root(std::uint64_t root, StateId parent) {
    const StateId id = id_of(root);
    return {id, roots_.insert(id, parent)};
  }

  NodeTable nodes_;
  RootTable roots_;
};

}  // namespace everyway
