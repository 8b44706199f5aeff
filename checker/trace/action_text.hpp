#pragma once

#include <string>
#include <type_traits>

#include "checker/model/text.hpp"

namespace everyway {

namespace detail {

/// Whether every byte of `value` is zero: a field that this kind of action does not use.
template <class T>
[[nodiscard]] bool is_unused(const T& value) {
  if constexpr (Flat<T> && std::is_default_constructible_v<T>) {
    return same_bytes(value, T{});
  } else {
    return false;
  }
}

}  // namespace detail

/// An action in words: its own `text()`, or its kind and the fields in use, as in
/// "rm_prepare (manager n2)".
template <class Action>
[[nodiscard]] std::string action_text(const Action& action) {
  if constexpr (SpeaksForItself<Action>) {
    return action.text();
  } else {
    std::string fields;
    for_each_field<Action>([&](std::string_view name, auto pointer) {
      if (name == "kind" || detail::is_unused(action.*pointer)) return;
      fields += fmt::format("{}{} {}", fields.empty() ? "" : ", ", name, text_of(action.*pointer));
    });
    const std::string kind(enum_name(action.kind));
    return fields.empty() ? kind : kind + " (" + fields + ")";
  }
}

}  // namespace everyway
