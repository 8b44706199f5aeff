#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "checker/model/fields.hpp"

namespace everyway {

/// Which names a model does not care about: renaming them in a state changes nothing but names, in
/// what is enabled, in what follows, and in what holds. What a model's `interchangeable()` returns.
struct Interchangeable {
  /// The nodes that may take each other's place.
  NodeSet<64> nodes;
  /// All nodes of the model, those that keep their names included: they are n1 to n<node_count>.
  std::size_t node_count = 0;
  /// Values v1 to v<values> may take each other's place; at most 6.
  std::size_t values = 0;
};

/// A permutation of the names of nodes and of values.
class Renaming {
 public:
  static constexpr std::size_t most_nodes = 64;
  static constexpr std::size_t most_values = 6;

  /// Leaves all names as they are.
  explicit Renaming(std::size_t node_count) noexcept : node_count_(node_count) {
    for (std::size_t i = 0; i < most_nodes; ++i) nodes_[i] = NodeId::at(i);
    for (std::size_t i = 0; i < most_values; ++i) values_[i] = ValueId::at(i);
  }

  /// Afterwards `from` is called `to`. The caller keeps it a permutation.
  void rename(NodeId from, NodeId to) noexcept { nodes_[from.index()] = to; }
  void rename(ValueId from, ValueId to) noexcept { values_[from.index()] = to; }

  [[nodiscard]] NodeId operator()(NodeId node) const noexcept {
    return node.is_none() ? node : nodes_[node.index()];
  }
  [[nodiscard]] ValueId operator()(ValueId value) const noexcept {
    return value.is_none() || value.index() >= most_values ? value : values_[value.index()];
  }
  template <std::size_t Capacity>
  [[nodiscard]] NodeSet<Capacity> operator()(NodeSet<Capacity> set) const noexcept {
    NodeSet<Capacity> renamed;
    set.for_each([&](NodeId node) { renamed.insert((*this)(node)); });
    return renamed;
  }
  /// All nodes of the model.
  [[nodiscard]] std::size_t node_count() const noexcept { return node_count_; }

 private:
  std::size_t node_count_;
  std::array<NodeId, most_nodes> nodes_;
  std::array<ValueId, most_values> values_;
};

/// A type that renames what it holds in its own way, by a member `rename(const Renaming&)`: for
/// sets of values kept as bits, and whatever else its fields do not tell.
template <class T>
concept RenamesItself = requires(T value, const Renaming& renaming) {
  value.rename(renaming);
};

namespace detail {

template <class T>
[[nodiscard]] constexpr bool names_anything();

template <class... Members>
[[nodiscard]] constexpr bool any_has_names(boost::mp11::mp_list<Members...>) {
  return (names_anything<typename Members::type>() || ...);
}

template <class T, class D>
struct MemberType {
  using type = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
};
template <class T>
struct MemberTypes {
  template <class D>
  using of = MemberType<T, D>;
  using type =
      boost::mp11::mp_transform<of,
                                boost::mp11::mp_rename<DescribedMembers<T>, boost::mp11::mp_list>>;
};

template <class T>
[[nodiscard]] constexpr bool names_anything() {
  if constexpr (std::same_as<T, NodeId> || std::same_as<T, ValueId> || AnyNodeSet<T> ||
                AnyPerNode<T> || RenamesItself<T>) {
    return true;
  } else if constexpr (AnyArray<T> || AnySequence<T> || AnyBag<T>) {
    return names_anything<typename T::value_type>();
  } else if constexpr (Described<T>) {
    return any_has_names(typename MemberTypes<T>::type{});
  } else {
    return false;
  }
}

}  // namespace detail

/// Whether a value of this type can name a node or a value, so that renaming may change it.
template <class T>
inline constexpr bool has_names = detail::names_anything<T>();

/// Renames all nodes and values that `value` names, and moves what belongs to a node along.
template <class T>
void rename(T& value, const Renaming& renaming) {
  if constexpr (!has_names<T>) {
    return;
  } else if constexpr (RenamesItself<T>) {
    value.rename(renaming);
  } else if constexpr (std::same_as<T, NodeId> || std::same_as<T, ValueId> || AnyNodeSet<T>) {
    value = renaming(value);
  } else if constexpr (AnyPerNode<T>) {
    const T before = value;
    for (std::size_t i = 0; i < T::size() && i < renaming.node_count(); ++i) {
      auto& item = value[renaming(NodeId::at(i))];
      item = before[i];
      rename(item, renaming);
    }
  } else if constexpr (AnyBag<T>) {
    const T before = value;
    value.clear();
    for (auto item : before) {
      rename(item, renaming);
      value.insert(item);
    }
  } else if constexpr (AnyArray<T> || AnySequence<T>) {
    for (auto& item : value) rename(item, renaming);
  } else {
    for_each_field<T>([&](std::string_view, auto pointer) { rename(value.*pointer, renaming); });
  }
}

}  // namespace everyway
