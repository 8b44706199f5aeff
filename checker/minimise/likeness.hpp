#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

#include "checker/model/model.hpp"

namespace everyway {

namespace detail {

/// How alike two fields are; negative if they are of different sorts altogether.
template <class T>
[[nodiscard]] int field_likeness(const T& left, const T& right) noexcept {
  constexpr int never = -1'000'000;
  if constexpr (DescribedEnum<T> || std::same_as<T, NodeId> || std::same_as<T, bool>) {
    return left == right ? 1 : never;
  } else if constexpr (std::integral<T>) {
    if (left == right) return 4;
    return (left == 0) == (right == 0) ? 1 : 0;
  } else if constexpr (Described<T>) {
    int sum = 0;
    for_each_field<T>([&](std::string_view, auto pointer) {
      sum += field_likeness(left.*pointer, right.*pointer);
    });
    return sum;
  } else {
    return same_bytes(left, right) ? 4 : 0;
  }
}

}  // namespace detail

/// How much one action does what the other does: negative unless they are of one kind, between the
/// same nodes, with the same message type and the same answer (whatever is an enumerator, a node or
/// a bool); then the more, the more of the other fields agree. Terms, indexes and contents may
/// differ.
template <ModelAction Action>
[[nodiscard]] int likeness(const Action& left, const Action& right) noexcept {
  return detail::field_likeness(left, right);
}

/// The position of `wanted` in `enabled`; `enabled.size()` if it is not there.
template <ModelAction Action>
[[nodiscard]] std::size_t position_of(std::span<const Action> enabled,
                                      const Action& wanted) noexcept {
  std::size_t at = 0;
  while (at < enabled.size() && !same_bytes(enabled[at], wanted)) ++at;
  return at;
}

/// The position of the action that does most what `wanted` does, the first among equals: an action
/// names terms and contents, which differ once something before it has been left out.
/// `enabled.size()` if nothing is like it.
template <ModelAction Action>
[[nodiscard]] std::size_t position_of_most_alike(std::span<const Action> enabled,
                                                 const Action& wanted) noexcept {
  const std::size_t exact = position_of(enabled, wanted);
  if (exact < enabled.size()) return exact;
  std::size_t best = enabled.size();
  int most = -1;
  for (std::size_t at = 0; at < enabled.size(); ++at) {
    if (enabled[at].kind != wanted.kind) continue;
    const int here = likeness(enabled[at], wanted);
    if (here <= most) continue;
    most = here;
    best = at;
  }
  return best;
}

}  // namespace everyway
