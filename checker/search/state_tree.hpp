#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "checker/model/flat.hpp"
#include "checker/search/node_table.hpp"

namespace everyway {

/// A binary tree with a given number of leaves, at least two, as a heap: node i has the children 2i
/// and 2i+1, node 1 is the root, and the leaves are the nodes from `leaves` on. Depths differ by at
/// most one. Leaves are numbered from left to right; the deepest ones are leftmost, and last in the
/// heap.
class HeapShape {
 public:
  explicit constexpr HeapShape(std::size_t leaves) noexcept
      : leaves_(leaves), deepest_(std::bit_ceil(leaves)) {}
  [[nodiscard]] constexpr std::size_t leaves() const noexcept { return leaves_; }
  [[nodiscard]] constexpr std::size_t node_of(std::size_t leaf) const noexcept {
    const std::size_t node = leaf + deepest_;
    return node < 2 * leaves_ ? node : node - leaves_;
  }
  [[nodiscard]] constexpr std::size_t leaf_of(std::size_t node) const noexcept {
    return node >= deepest_ ? node - deepest_ : node + leaves_ - deepest_;
  }

 private:
  std::size_t leaves_;
  std::size_t deepest_;
};

/// What one worker folded last: for every shape of tree the words of its last state, with the
/// references of all nodes. Successors of one state differ in few words, so most of the next tree
/// is known already.
class FoldedStates {
 private:
  template <Flat State>
  friend struct StateTree;
  struct Tree {
    std::vector<std::uint64_t> words;
    std::vector<NodeRef> refs;
    bool is_whole = false;

    /// Becomes the state whose words are all 0, and with them all references.
    void clear(std::size_t leaves) {
      words.assign(leaves, 0);
      refs.assign(2 * leaves, 0);
    }
  };
  static constexpr std::size_t most_shapes = 16;
  std::array<Tree, most_shapes> trees_;
  NodeMemory memory_;
};

/// A state as a tree: its words are the leaves, a pair of references to two nodes is the node above
/// them, and the pair at the top, with the tree's shape, is the root. Equal states have equal roots
/// and different states different ones, since `NodeTable` gives equal words one reference and
/// different words two (Laarman, van de Pol, Weber: "Parallel Recursive State Compression for
/// Free", SPIN 2011, section 3, incremental insertion included; the tree database of Blom, Lisser,
/// van de Pol, Weber: "A Database Approach to Distributed State-Space Generation", 2011).
///
/// There are few nodes only if both halves of a tree vary about as much. States put their growing
/// parts last, and the unused room there is 0, so a tree has as many leaves as the state is long
/// without it, in up to 16 steps: the shapes.
template <Flat State>
struct StateTree {
  static constexpr std::size_t leaves = sizeof(State) < 8    ? 1
                                        : sizeof(State) == 8 ? 2
                                                             : (sizeof(State) + 7) / 8;
  /// A state is cut evenly: nine bytes into five and four, not eight and one.
  static constexpr std::size_t leaf_bytes = (sizeof(State) + leaves - 1) / leaves;
  static constexpr std::size_t last_leaf_bytes = sizeof(State) - (leaves - 1) * leaf_bytes;
  static_assert(leaf_bytes <= 8 && last_leaf_bytes <= leaf_bytes);

  /// What is left of a state when all nodes but the two below the root are entered: the words of
  /// these two, and the shape. A state below 8 bytes is its own root: its left word.
  struct Top {
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    std::size_t shape = 0;
  };

  /// The first half of a folding. Looks up a node per word that differs from the last state of the
  /// shape, and those above it. Throws std::bad_alloc if `nodes` has no room for a new node.
  [[nodiscard]] static Top fold(NodeTable& nodes, FoldedStates& last, const State& state) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&state);
    if constexpr (leaves == 1) {
      return {load(bytes, 0), 0, 0};
    } else {
      Words words;
      for (std::size_t leaf = 0; leaf < leaves; ++leaf) words[leaf] = load(bytes, leaf);
      const std::size_t shape = shape_of(words);
      const HeapShape heap = heap_of(shape);
      auto& tree = last.trees_[shape];
      if (!tree.is_whole) tree.clear(heap.leaves());
      tree.is_whole = false;  // until all is done: a node may find no room
      Marks changed{};
      fold_leaves(nodes, last, tree, heap, words, changed);
      fold_pairs(nodes, last, tree, changed);
      tree.is_whole = true;
      return {word_at(tree, heap, 2), word_at(tree, heap, 3), shape};
    }
  }
  /// The root that `top` leads to, which is never all ones. Throws as `fold` does.
  [[nodiscard]] static std::uint64_t root_over(NodeTable& nodes, const Top& top) {
    if constexpr (leaves == 1) {
      return top.left;
    } else {
      return (std::uint64_t{top.shape} << (2 * NodeTable::ref_bits)) |
             (std::uint64_t{nodes.intern(top.left)} << NodeTable::ref_bits) |
             nodes.intern(top.right);
    }
  }

  /// Calls `visit(word)` for the words that `root_over` looks up.
  template <class Visit>
  static void visit_words(const Top& top, const Visit& visit) {
    if constexpr (leaves > 1) {
      visit(top.left);
      visit(top.right);
    }
  }

  /// Restores the state of this root.
  static void unfold(const NodeTable& nodes, std::uint64_t root, State& state) noexcept {
    auto* bytes = reinterpret_cast<std::byte*>(&state);
    if constexpr (leaves == 1) {
      store(bytes, 0, root);
    } else {
      const HeapShape heap = heap_of(root >> (2 * NodeTable::ref_bits));
      std::array<NodeRef, 2 * leaves> refs{};
      refs[2] = static_cast<NodeRef>(root >> NodeTable::ref_bits) & NodeTable::ref_mask;
      refs[3] = static_cast<NodeRef>(root) & NodeTable::ref_mask;
      for (std::size_t node = 2; node < heap.leaves(); ++node) {
        const std::uint64_t pair = nodes.word_of(refs[node]);
        refs[2 * node] = static_cast<NodeRef>(pair >> 32U);
        refs[2 * node + 1] = static_cast<NodeRef>(pair);
      }
      for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
        const bool is_live = leaf < heap.leaves();
        store(bytes, leaf, is_live ? nodes.word_of(refs[heap.node_of(leaf)]) : 0);
      }
    }
  }

 private:
  static constexpr std::size_t shapes = std::min(leaves, FoldedStates::most_shapes);
  using Words = std::array<std::uint64_t, leaves>;
  using Marks = std::array<std::uint64_t, (leaves + 63) / 64>;  ///< of inner nodes

  /// The shortest shape that holds all words but zeros at the end. What has no word has one too.
  [[nodiscard]] static std::size_t shape_of(const Words& words) noexcept {
    std::size_t live = leaves;
    while (live > 1 && words[live - 1] == 0) --live;
    return (live * shapes + leaves - 1) / leaves - 1;
  }
  [[nodiscard]] static HeapShape heap_of(std::size_t shape) noexcept {
    return HeapShape(std::max<std::size_t>(2, (shape + 1) * leaves / shapes));
  }

  static void mark(Marks& marks, std::size_t node) noexcept {
    marks[node / 64] |= std::uint64_t{1} << (node % 64);
  }

  /// The word of a node: a leaf's own, or two references.
  [[nodiscard]] static std::uint64_t word_at(const FoldedStates::Tree& tree, HeapShape heap,
                                             std::size_t node) noexcept {
    if (node >= heap.leaves()) return tree.words[heap.leaf_of(node)];
    const NodeRef* below = &tree.refs[2 * node];
    return (std::uint64_t{below[0]} << 32U) | below[1];
  }

  static void fold_leaves(NodeTable& nodes, FoldedStates& last, FoldedStates::Tree& tree,
                          HeapShape heap, const Words& words, Marks& changed) {
    for (std::size_t first = 0; first < heap.leaves(); first += 64) {
      const std::size_t count = std::min<std::size_t>(64, heap.leaves() - first);
      std::uint64_t different = 0;
      for (std::size_t i = 0; i < count; ++i) {
        different |= std::uint64_t{words[first + i] != tree.words[first + i]} << i;
      }
      for (; different != 0; different &= different - 1) {
        const std::size_t leaf = first + static_cast<std::size_t>(std::countr_zero(different));
        tree.words[leaf] = words[leaf];
        const std::size_t node = heap.node_of(leaf);
        if (node < 4) continue;  // `root_over` enters it
        tree.refs[node] = nodes.intern(words[leaf], last.memory_);
        mark(changed, node / 2);
      }
    }
  }

  // Children come behind their parents, so all changed nodes are met from behind.
  static void fold_pairs(NodeTable& nodes, FoldedStates& last, FoldedStates::Tree& tree,
                         Marks& changed) {
    for (std::size_t group = changed.size(); group-- > 0;) {
      constexpr std::uint64_t above = 0xF;  // nodes 2 and 3, and what is no node below the root
      const std::uint64_t ignored = group == 0 ? above : 0;
      while ((changed[group] & ~ignored) != 0) {
        const unsigned bit = 63U - static_cast<unsigned>(std::countl_zero(changed[group]));
        changed[group] ^= std::uint64_t{1} << bit;
        const std::size_t node = group * 64 + bit;
        const NodeRef* below = &tree.refs[2 * node];
        tree.refs[node] = nodes.intern((std::uint64_t{below[0]} << 32U) | below[1], last.memory_);
        mark(changed, node / 2);
      }
    }
  }

  // Sizes are constants, so that each copy is one instruction or two.
  [[nodiscard]] static std::uint64_t load(const std::byte* bytes, std::size_t leaf) noexcept {
    std::uint64_t word = 0;
    if (leaf == leaves - 1) {
      std::memcpy(&word, bytes + leaf * leaf_bytes, last_leaf_bytes);
    } else {
      std::memcpy(&word, bytes + leaf * leaf_bytes, leaf_bytes);
    }
    return word;
  }
  static void store(std::byte* bytes, std::size_t leaf, std::uint64_t word) noexcept {
    if (leaf == leaves - 1) {
      std::memcpy(bytes + leaf * leaf_bytes, &word, last_leaf_bytes);
    } else {
      std::memcpy(bytes + leaf * leaf_bytes, &word, leaf_bytes);
    }
  }
};

}  // namespace everyway
