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

namespace detail {

/// The parts of an action's name, each by itself: most comparisons are over after the nodes.

struct NamedNodes {
  std::uint8_t first = 0;
  std::uint8_t second = 0;
};
template <ModelAction Action>
[[nodiscard]] NamedNodes named_nodes(const Action& action) noexcept {
  NamedNodes named;
  std::size_t nodes = 0;
  for_each_field<Action>([&](std::string_view, auto pointer) {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(action.*pointer)>, NodeId>) {
      const auto number = static_cast<std::uint8_t>((action.*pointer).number());
      if (nodes == 0) named.first = number;
      if (nodes == 1) named.second = number;
      ++nodes;
    }
  });
  return named;
}

template <ModelAction Action>
[[nodiscard]] std::uint8_t variant_of(const Action& action) noexcept {
  std::uint64_t variant = 0;
  std::size_t nodes = 0;
  for_each_field<Action>([&](std::string_view name, auto pointer) {
    using Field = std::remove_cvref_t<decltype(action.*pointer)>;
    if constexpr (std::same_as<Field, NodeId>) {
      if (++nodes > 2) variant = hash_of_field(variant, action.*pointer);
    } else if constexpr (!Described<Field>) {
      if (name != "kind") variant = hash_of_field(variant, action.*pointer);
    }
  });
  return static_cast<std::uint8_t>(variant >> 56U);
}

template <ModelAction Action>
[[nodiscard]] std::uint8_t content_of(const Action& action) noexcept {
  std::uint64_t content = 0;
  for_each_field<Action>([&](std::string_view, auto pointer) {
    if constexpr (Described<std::remove_cvref_t<decltype(action.*pointer)>>) {
      content = hash_of_field(content, action.*pointer);
    }
  });
  return static_cast<std::uint8_t>(content >> 56U);
}

}  // namespace detail

/// The name of an action in schedules, with rank 0: its kind, the first two fields of type
/// `NodeId`, and one hash of eight bits each over the other plain fields and over the compound
/// ones.
template <ModelAction Action>
[[nodiscard]] ScheduledAction action_key(const Action& action) noexcept {
  const detail::NamedNodes nodes = detail::named_nodes(action);
  return {static_cast<std::uint8_t>(action.kind),
          nodes.first,
          nodes.second,
          detail::variant_of(action),
          detail::content_of(action),
          0};
}

/// Whether `key`, of any rank, is the name of the action.
template <ModelAction Action>
[[nodiscard]] bool has_key(const Action& action, const ScheduledAction& key) noexcept {
  if (static_cast<std::uint8_t>(action.kind) != key.kind) return false;
  const detail::NamedNodes nodes = detail::named_nodes(action);
  return nodes.first == key.first && nodes.second == key.second &&
         detail::variant_of(action) == key.variant && detail::content_of(action) == key.content;
}

/// The name by which `enabled[at]` can be told from all others in `enabled` - unless more than 256
/// of them share everything but the rank. Linear in the number of actions.
template <ModelAction Action>
[[nodiscard]] ScheduledAction name_among(std::span<const Action> enabled, std::size_t at) noexcept {
  ScheduledAction key = action_key(enabled[at]);
  for (std::size_t i = 0; i < at; ++i) {
    if (has_key(enabled[i], key)) ++key.rank;
  }
  return key;
}

/// Which of the enabled actions `wanted` means: among those of its kind, the nearest - the same
/// second node counts most (in a cluster: who acts), then the first, the variant, the content;
/// among equals, that at position `rank`, modulo how many there are. `enabled.size()` if none is of
/// its kind. Linear in the number of actions; nothing is hashed of those whose nodes lose already.
template <ModelAction Action>
[[nodiscard]] std::size_t nearest(std::span<const Action> enabled,
                                  const ScheduledAction& wanted) noexcept {
  constexpr std::size_t kinds = enum_count<std::remove_cvref_t<decltype(Action::kind)>>();
  const std::size_t kind = wanted.kind % kinds;
  // The likeness of an action; less than `best` if it is less.
  const auto likeness_of = [&](const Action& action, int best) {
    if (static_cast<std::size_t>(action.kind) != kind) return -1;
    const detail::NamedNodes nodes = detail::named_nodes(action);
    int likeness = (nodes.second == wanted.second ? 8 : 0) + (nodes.first == wanted.first ? 4 : 0);
    if (likeness + 3 < best) return likeness;
    likeness += detail::variant_of(action) == wanted.variant ? 2 : 0;
    if (likeness + 1 < best) return likeness;
    return likeness + (detail::content_of(action) == wanted.content ? 1 : 0);
  };
  int best = -1;
  std::size_t first = enabled.size();
  std::size_t equals = 0;
  for (std::size_t at = 0; at < enabled.size(); ++at) {
    const int likeness = likeness_of(enabled[at], best);
    if (likeness > best) {
      best = likeness;
      first = at;
      equals = 0;
    }
    equals += likeness == best ? 1 : 0;
  }
  if (best < 0) return enabled.size();
  std::size_t at = first;
  for (std::size_t left = wanted.rank % equals; left != 0; --left) {
    ++at;
    while (likeness_of(enabled[at], best) != best) ++at;
  }
  return at;
}

}  // namespace everyway
