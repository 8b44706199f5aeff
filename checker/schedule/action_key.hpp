#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include "checker/model/model.hpp"
#include "checker/schedule/schedule.hpp"
#include "checker/search/mixing.hpp"

namespace everyway {

namespace detail {

/// A hash of few bytes, the same on every machine and in every version: schedules are kept in
/// files.
template <Flat T>
[[nodiscard]] std::uint64_t hash_of_field(std::uint64_t seed, const T& field) noexcept {
  std::uint64_t hash = seed;
  for (std::size_t at = 0; at < sizeof(T); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, reinterpret_cast<const std::byte*>(&field) + at,
                sizeof(T) - at < 8 ? sizeof(T) - at : 8);
    hash = mixed(hash + word + 0x9e3779b97f4a7c15);  // zero fields count, too
  }
  return hash;
}

}  // namespace detail

/// The name of an action in schedules, with rank 0: its kind, the first two fields of type
/// `NodeId`, and one hash of eight bits each over the other plain fields and over the compound
/// ones.
template <ModelAction Action>
[[nodiscard]] ScheduledAction action_key(const Action& action) noexcept {
  ScheduledAction key;
  key.kind = static_cast<std::uint8_t>(action.kind);
  std::uint64_t variant = 0;
  std::uint64_t content = 0;
  std::size_t nodes = 0;
  for_each_field<Action>([&](std::string_view name, auto pointer) {
    const auto& field = action.*pointer;
    using Field = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::same_as<Field, NodeId>) {
      if (nodes < 2) {
        (nodes == 0 ? key.first : key.second) = static_cast<std::uint8_t>(field.number());
      } else {
        variant = detail::hash_of_field(variant, field);
      }
      ++nodes;
    } else if constexpr (Described<Field>) {
      content = detail::hash_of_field(content, field);
    } else {
      if (name != "kind") variant = detail::hash_of_field(variant, field);
    }
  });
  key.variant = static_cast<std::uint8_t>(variant >> 56U);
  key.content = static_cast<std::uint8_t>(content >> 56U);
  return key;
}

/// The name by which `enabled[at]` can be told from all others in `enabled` - unless more than 256
/// of them share everything but the rank. Linear in the number of actions.
template <ModelAction Action>
[[nodiscard]] ScheduledAction name_among(std::span<const Action> enabled, std::size_t at) noexcept {
  ScheduledAction key = action_key(enabled[at]);
  for (std::size_t i = 0; i < at; ++i) {
    if (action_key(enabled[i]) ==
        ScheduledAction{key.kind, key.first, key.second, key.variant, key.content, 0}) {
      ++key.rank;
    }
  }
  return key;
}

/// Which of the enabled actions `wanted` means: among those of its kind, the nearest - the same
/// second node counts most (in a cluster: who acts), then the first, the variant, the content;
/// among equals, that at position `rank`, modulo how many there are. `enabled.size()` if none is of
/// its kind. Linear in the number of actions.
template <ModelAction Action>
[[nodiscard]] std::size_t nearest(std::span<const Action> enabled,
                                  const ScheduledAction& wanted) noexcept {
  constexpr std::size_t kinds = enum_count<std::remove_cvref_t<decltype(Action::kind)>>();
  const std::size_t kind = wanted.kind % kinds;
  int best = -1;
  std::size_t equals = 0;
  const auto likeness_of = [&](const Action& action) {
    if (static_cast<std::size_t>(action.kind) != kind) return -1;
    const ScheduledAction key = action_key(action);
    return (key.first == wanted.first ? 4 : 0) + (key.second == wanted.second ? 8 : 0) +
           (key.variant == wanted.variant ? 2 : 0) + (key.content == wanted.content ? 1 : 0);
  };
  for (const Action& action : enabled) {
    const int likeness = likeness_of(action);
    if (likeness > best) {
      best = likeness;
      equals = 0;
    }
    equals += likeness == best ? 1 : 0;
  }
  if (best < 0) return enabled.size();
  std::size_t left = wanted.rank % equals;
  std::size_t at = 0;
  while (likeness_of(enabled[at]) != best || left-- != 0) ++at;
  return at;
}

}  // namespace everyway
