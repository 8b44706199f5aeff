#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "checker/model/renaming.hpp"
#include "checker/search/mixing.hpp"

namespace everyway {

/// A number for each node that says what part it has in a state, but not what it is called:
/// renaming the nodes of a state moves the numbers along and changes none of them. Two nodes that
/// could be told apart may still have one number.
class NodeSignatures {
 public:
  explicit NodeSignatures(std::size_t node_count) noexcept : node_count_(node_count) {
    for (std::size_t i = 0; i < node_count; ++i) of_[i] = 0;
  }
  /// What is said of places that no node of the model has is left out.
  void add(NodeId node, std::uint64_t said) noexcept {
    if (node.index() < node_count_) of_[node.index()] += said;
  }
  [[nodiscard]] std::uint64_t operator[](NodeId node) const noexcept { return of_[node.index()]; }
  [[nodiscard]] std::size_t node_count() const noexcept { return node_count_; }

 private:
  std::size_t node_count_;
  std::array<std::uint64_t, Renaming::most_nodes> of_;
};

namespace detail {

/// Sets the bytes of a value that hold names, or whose place depends on names, to `byte`.
template <class T>
void fill_names(T& value, int byte) {
  if constexpr (!has_names<T>) {
    return;
  } else if constexpr (Described<T> && !RenamesItself<T>) {
    for_each_field<T>([&](std::string_view, auto pointer) { fill_names(value.*pointer, byte); });
  } else {
    std::memset(static_cast<void*>(&value), byte, sizeof(T));
  }
}

/// Which bits of a value are no names, in words.
template <class T>
struct PlainMask {
  static constexpr std::size_t words = (sizeof(T) + 7) / 8;
  std::array<std::uint64_t, words> of{};

  PlainMask() {
    T value{};
    std::memset(static_cast<void*>(&value), 0xFF, sizeof(T));
    fill_names(value, 0);
    std::memcpy(of.data(), &value, sizeof(T));
  }
};
template <class T>
inline const PlainMask<T> plain_mask;

/// A hash of all that is no name.
template <class T>
[[nodiscard]] std::uint64_t plain_digest(const T& value) {
  constexpr std::size_t words = PlainMask<T>::words;
  constexpr std::size_t tail = sizeof(T) % 8;
  const auto* bytes = reinterpret_cast<const std::byte*>(&value);
  std::uint64_t digest = 0;
  for (std::size_t i = 0; i < words; ++i) {
    std::uint64_t word = 0;
    if (tail != 0 && i + 1 == words) {
      std::memcpy(&word, bytes + i * 8, tail);
    } else {
      std::memcpy(&word, bytes + i * 8, 8);
    }
    if constexpr (has_names<T>) word &= plain_mask<T>.of[i];
    // A zero word adds nothing: unused room costs little.
    if (word != 0) digest = mixed(digest + word + i);
  }
  return digest;
}

/// A hash of a value as `owner` sees it, who can tell itself from the others, and no other from
/// another. For no owner, nobody can be told from anybody.
template <class T>
[[nodiscard]] std::uint64_t digest(const T& value, NodeId owner) {
  if constexpr (!has_names<T>) {
    return plain_digest(value);
  } else if constexpr (std::is_same_v<T, NodeId>) {
    return value.is_none() ? 0U : value == owner ? 2U : 1U;
  } else if constexpr (AnyNodeSet<T>) {
    return 2 * value.size() + (!owner.is_none() && value.contains(owner) ? 1U : 0U);
  } else if constexpr (AnyPerNode<T>) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < T::size(); ++i) {
      const bool own = !owner.is_none() && owner.index() == i;
      sum += mixed(2 * digest(value[i], owner) + (own ? 1U : 0U));
    }
    return sum;
  } else if constexpr (AnyBag<T>) {
    std::uint64_t sum = value.size();
    for (const auto& item : value) sum += mixed(digest(item, owner));
    return sum;
  } else if constexpr (AnySequence<T> || AnyArray<T>) {
    std::uint64_t sequence = value.size();
    for (const auto& item : value) sequence = mixed(sequence + digest(item, owner));
    return sequence;
  } else if constexpr (Described<T> && !RenamesItself<T>) {
    std::uint64_t sum = plain_digest(value);
    for_each_field<T>([&](std::string_view, auto pointer) {
      using Field = std::remove_cvref_t<decltype(value.*pointer)>;
      if constexpr (has_names<Field>) sum = mixed(sum + digest(value.*pointer, owner));
    });
    return sum;
  } else {
    return 0;  // values, and types that rename themselves, tell nothing about nodes
  }
}

/// Calls visit(node, position) for each node that `value` names; positions tell fields apart.
template <class T, class Visit>
void for_each_node_named(const T& value, std::uint64_t position, const Visit& visit) {
  if constexpr (!has_names<T> || RenamesItself<T>) {
    return;
  } else if constexpr (std::is_same_v<T, NodeId>) {
    if (!value.is_none()) visit(value, position);
  } else if constexpr (AnyNodeSet<T>) {
    value.for_each([&](NodeId node) { visit(node, position); });
  } else if constexpr (AnyPerNode<T>) {
    for (std::size_t i = 0; i < T::size(); ++i) {
      visit(NodeId::at(i), mixed(position + digest(value[i], NodeId::none())));
    }
  } else if constexpr (Described<T>) {
    for_each_field<T>([&](std::string_view, auto pointer) {
      for_each_node_named(value.*pointer, ++position * 31, visit);
    });
  } else if constexpr (AnyBag<T> || AnySequence<T> || AnyArray<T>) {
    for (const auto& item : value) for_each_node_named(item, position, visit);
  }
}

/// What one of the parts that `sign` takes a state apart into, an element of a `PerNode` or an item
/// of a bag, says about nodes: found out anew each time.
struct NothingRemembered {
  template <class Part, class FindOut>
  void add_said(const Part&, std::uint64_t, NodeSignatures& signatures, const FindOut& find_out) {
    find_out(signatures);
  }
};

/// Adds to the signatures what `value`, which belongs to no node in particular, says about nodes.
/// `memory.add_said(part, place, signatures, find_out)` may remember what a part at a place says.
template <class T, class Memory>
void sign(const T& value, std::uint64_t position, NodeSignatures& signatures, Memory& memory) {
  if constexpr (!has_names<T> || RenamesItself<T>) {
    return;
  } else if constexpr (AnyPerNode<T>) {
    for (std::size_t i = 0; i < T::size(); ++i) {
      const NodeId owner = NodeId::at(i);
      memory.add_said(value[i], position + i, signatures, [&](NodeSignatures& said) {
        const std::uint64_t own = mixed(position + digest(value[i], owner));
        said.add(owner, own);
        for_each_node_named(value[i], position, [&](NodeId node, std::uint64_t at) {
          if (node != owner) said.add(node, mixed(own + at));
        });
      });
    }
  } else if constexpr (AnyBag<T>) {
    for (const auto& item : value) {
      memory.add_said(item, position, signatures, [&](NodeSignatures& said) {
        for_each_node_named(item, position, [&](NodeId node, std::uint64_t field) {
          said.add(node, mixed(field + digest(item, node)));
        });
      });
    }
  } else if constexpr (AnySequence<T> || AnyArray<T>) {
    std::uint64_t at = position;
    for (const auto& item : value) {
      for_each_node_named(item, ++at, [&](NodeId node, std::uint64_t field) {
        signatures.add(node, mixed(field + digest(item, node)));
      });
    }
  } else if constexpr (Described<T>) {
    for_each_field<T>([&](std::string_view, auto pointer) {
      sign(value.*pointer, ++position * 1'000'003, signatures, memory);
    });
  } else {
    for_each_node_named(value, position,
                        [&](NodeId node, std::uint64_t at) { signatures.add(node, mixed(at)); });
  }
}

}  // namespace detail

/// The signatures of nodes n1 to n<node_count> in `state`.
template <class State>
[[nodiscard]] NodeSignatures node_signatures(const State& state, std::size_t node_count) {
  NodeSignatures signatures(node_count);
  detail::NothingRemembered nothing;
  detail::sign(state, 1, signatures, nothing);
  return signatures;
}

}  // namespace everyway
