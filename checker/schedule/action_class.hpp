#pragma once

#include <concepts>
#include <cstddef>

#include "checker/model/model.hpp"
#include "checker/schedule/action_key.hpp"

namespace everyway {

/// A model that tells what goes wrong from what goes on:
///
///   is_fault(action)  whether the environment does the protocol harm by the action: a message is
///                     lost or doubled, a process crashes, the network is cut. What mends (a
///                     restart, the end of a partition) is none.
template <class M>
concept ModelThatTellsFaults = Model<M> && requires(const M model, const ActionOf<M> action) {
  { model.is_fault(action) } -> std::same_as<bool>;
};

/// Whether the action is known to be a fault; never, for a model that does not tell.
template <Model M>
[[nodiscard]] bool is_fault([[maybe_unused]] const M& model,
                            [[maybe_unused]] const ActionOf<M>& action) {
  if constexpr (ModelThatTellsFaults<M>) {
    return model.is_fault(action);
  } else {
    return false;
  }
}

/// How many classes of actions there are: faults and others of each kind.
template <Model M>
inline constexpr std::size_t action_classes = 2 * enum_count<KindOf<M>>();

/// What a schedule may prefer or avoid: the kind of an action, and whether it is a fault. (A
/// delivery in whose midst the receiver crashes is of the kind of a delivery.)
template <Model M>
[[nodiscard]] std::size_t action_class(const M& model, const ActionOf<M>& action) {
  return static_cast<std::size_t>(action.kind) +
         (is_fault(model, action) ? enum_count<KindOf<M>>() : 0);
}

/// Whether the order of two actions that are enabled in `state` may matter: they are not known to
/// commute. For a model that cannot tell: they name a common node, or one of them names none.
template <Model M>
[[nodiscard]] bool race(const M& model, const StateOf<M>& state, const ActionOf<M>& a,
                        const ActionOf<M>& b) {
  if (same_bytes(a, b)) return true;
  if constexpr (ModelWithIndependence<M>) {
    return !model.independent(state, a, b);
  } else {
    const detail::NamedNodes left = detail::named_nodes(a);
    const detail::NamedNodes right = detail::named_nodes(b);
    const auto names = [](const detail::NamedNodes& nodes, std::uint8_t node) {
      return node != 0 && (nodes.first == node || nodes.second == node);
    };
    const auto nobody = [](const detail::NamedNodes& nodes) {
      return nodes.first == 0 && nodes.second == 0;
    };
    return nobody(left) || nobody(right) || names(left, right.first) || names(left, right.second);
  }
}

}  // namespace everyway
