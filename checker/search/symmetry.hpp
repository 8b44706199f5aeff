#pragma once

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "checker/model/flat.hpp"
#include "checker/model/model.hpp"
#include "checker/search/signature.hpp"
#include "checker/search/signer.hpp"

namespace everyway {

namespace detail {

/// Whether all that a state says about nodes it says of each of them alone (elements of `PerNode`
/// without names, members of sets), so that nodes with equal signatures may be exchanged.
template <class T>
[[nodiscard]] constexpr bool tells_nodes_apart_alone() {
  if constexpr (!has_names<T> || std::is_same_v<T, NodeId> || std::is_same_v<T, ValueId> ||
                AnyNodeSet<T>) {
    return true;
  } else if constexpr (AnyPerNode<T>) {
    return !has_names<typename T::value_type>;
  } else if constexpr (Described<T> && !RenamesItself<T>) {
    bool alone = true;
    for_each_field<T>([&](std::string_view, auto pointer) {
      using Field = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
      alone = alone && tells_nodes_apart_alone<Field>();
    });
    return alone;
  } else {
    return false;
  }
}

}  // namespace detail

/// Symmetry reduction (Clarke, Enders, Filkorn, Jha 1996; Ip and Dill, "Better Verification Through
/// Symmetry", 1996): states that differ in the names of interchangeable nodes and values only form
/// an orbit, and one representative of each orbit is explored.
///
/// The representative is canonical: every state of an orbit has the same. Nodes are sorted by their
/// signatures, which do not depend on names; only where signatures are equal, permutations are
/// tried and the least state (by its bytes) is taken - except among nodes whose exchange changes
/// nothing. Values, which are few, are permuted in every way.
template <class State>
class Symmetry {
 public:
  explicit Symmetry(const Interchangeable& names) : names_(names) {
    names.nodes.for_each([&](NodeId node) { nodes_[node_total_++] = node; });
    std::array<std::size_t, Renaming::most_values> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(names.values);
    while (std::next_permutation(order.begin(), end)) {
      Renaming renaming(names.node_count);
      for (std::size_t i = 0; i < names.values; ++i) {
        renaming.rename(ValueId::at(i), ValueId::at(order[i]));
      }
      value_renamings_.push_back(renaming);
    }
  }

  /// Replaces a state by the representative of its orbit.
  void make_canonical(State& state) const {
    make_canonical(state, [this](const State& s) { return node_signatures(s, names_.node_count); });
  }
  /// The same with signatures by `signer`, such as one that remembers.
  template <class SignerOfStates>
  void make_canonical(State& state, SignerOfStates&& signer) const {
    if (value_renamings_.empty()) return sort_nodes(state, signer);
    const State given = state;
    sort_nodes(state, signer);
    for (const Renaming& renaming : value_renamings_) {
      State renamed = given;
      rename(renamed, renaming);
      sort_nodes(renamed, signer);
      if (bytes_less(renamed, state)) state = renamed;
    }
  }

  /// One for each thread, that remembers.
  [[nodiscard]] Signer<State> signer() const { return Signer<State>(names_.node_count); }

 private:
  using Nodes = std::array<NodeId, Renaming::most_nodes>;
  using Kinds = std::array<std::uint8_t, Renaming::most_nodes>;

  /// Positions `first` to `end` - 1 of the interchangeable nodes, whose signatures are equal.
  struct Tie {
    std::size_t first;
    std::size_t end;
    Kinds held;    ///< which kind of node stands there: those of a kind may be exchanged
    Kinds wanted;  ///< the arrangement to try

    [[nodiscard]] std::size_t size() const noexcept { return end - first; }
  };

  template <class SignerOfStates>
  void sort_nodes(State& state, SignerOfStates& signer) const {
    if (node_total_ < 2) return;
    const NodeSignatures signatures = signer(state);
    Nodes sorted = nodes_;
    const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(node_total_);
    std::sort(sorted.begin(), end,
              [&](NodeId a, NodeId b) { return signatures[a] < signatures[b]; });
    place(state, sorted);
    if constexpr (!detail::tells_nodes_apart_alone<State>()) {
      bool tied = false;
      for (std::size_t i = 1; i < node_total_; ++i) {
        tied = tied || signatures[sorted[i - 1]] == signatures[sorted[i]];
      }
      if (tied) break_ties(state, signatures, sorted);
    }
  }

  /// Renames the nodes so that sorted[i] becomes the i-th of the interchangeable nodes.
  void place(State& state, const Nodes& sorted) const {
    Renaming renaming(names_.node_count);
    bool moves = false;
    for (std::size_t i = 0; i < node_total_; ++i) {
      renaming.rename(sorted[i], nodes_[i]);
      moves = moves || sorted[i] != nodes_[i];
    }
    if (moves) rename(state, renaming);
  }

  /// `state` is sorted already; tries the arrangements of tied nodes and keeps the least.
  [[gnu::noinline]] void break_ties(State& state, const NodeSignatures& signatures,
                                    const Nodes& sorted) const {
    std::array<Tie, Renaming::most_nodes / 2> ties;
    std::size_t count = 0;
    for (std::size_t first = 0; first < node_total_;) {
      std::size_t end = first + 1;
      while (end < node_total_ && signatures[sorted[first]] == signatures[sorted[end]]) ++end;
      ties[count].first = first;
      ties[count].end = end;
      if (end - first > 1 && find_kinds(state, ties[count]) > 1) ++count;
      first = end;
    }
    if (count == 0) return;
    const State given = state;
    do {
      State arranged = given;
      arrange(arranged, ties.data(), count);
      if (bytes_less(arranged, state)) state = arranged;
    } while (next_arrangement(ties.data(), count));
  }

  /// Finds which of the tied nodes may be exchanged; returns how many kinds there are. That an
  /// exchange of a and b changes nothing, and one of b and c, implies it for a and c.
  std::size_t find_kinds(const State& state, Tie& tie) const {
    Kinds example{};
    std::uint8_t kinds = 0;
    for (std::size_t i = 0; i < tie.size(); ++i) {
      std::uint8_t kind = 0;
      while (kind < kinds && !may_exchange(state, tie.first + example[kind], tie.first + i)) ++kind;
      if (kind == kinds) example[kinds++] = static_cast<std::uint8_t>(i);
      tie.held[i] = kind;
      tie.wanted[i] = kind;
    }
    std::sort(tie.wanted.begin(), tie.wanted.begin() + static_cast<std::ptrdiff_t>(tie.size()));
    return kinds;
  }
  [[nodiscard]] bool may_exchange(const State& state, std::size_t a, std::size_t b) const {
    Renaming exchange(names_.node_count);
    exchange.rename(nodes_[a], nodes_[b]);
    exchange.rename(nodes_[b], nodes_[a]);
    State exchanged = state;
    rename(exchanged, exchange);
    return same_bytes(exchanged, state);
  }

  /// Moves the nodes of each tie to where their kinds are wanted.
  void arrange(State& state, const Tie* ties, std::size_t count) const {
    Renaming renaming(names_.node_count);
    for (const Tie* tie = ties; tie != ties + count; ++tie) {
      Kinds next{};  // of each kind, the position from which its next place is looked for
      for (std::size_t i = 0; i < tie->size(); ++i) {
        std::uint8_t& place = next[tie->held[i]];
        while (tie->wanted[place] != tie->held[i]) ++place;
        renaming.rename(nodes_[tie->first + i], nodes_[tie->first + place++]);
      }
    }
    rename(state, renaming);
  }

  /// Counts through the arrangements of all ties; false once all were tried.
  static bool next_arrangement(Tie* ties, std::size_t count) {
    for (Tie* tie = ties; tie != ties + count; ++tie) {
      const auto end = tie->wanted.begin() + static_cast<std::ptrdiff_t>(tie->size());
      if (std::next_permutation(tie->wanted.begin(), end)) return true;
    }
    return false;
  }

  Interchangeable names_;
  Nodes nodes_{};
  std::size_t node_total_ = 0;
  std::vector<Renaming> value_renamings_;  // all but the identity
};

}  // namespace everyway
