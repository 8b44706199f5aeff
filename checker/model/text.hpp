#pragma once

#include <fmt/format.h>

#include <string>

#include "checker/model/fields.hpp"

namespace everyway {

/// `text` as people read it, from the description alone: numbers, "n2" for a node, enumerators by
/// name, `[a, b]` sequences, `{a, b}` sets and bags, `{field value, ...}` structs. A type with a
/// member `text()` speaks for itself.
template <class T>
[[nodiscard]] std::string text_of(const T& value);

namespace detail {

template <class Range>
[[nodiscard]] std::string joined_text(const Range& range, char open, char close) {
  std::string text(1, open);
  const char* separator = "";
  for (const auto& item : range) {
    text += separator;
    text += text_of(item);
    separator = ", ";
  }
  return text + close;
}

template <class T>
[[nodiscard]] std::string struct_text(const T& value) {
  std::string text = "{";
  const char* separator = "";
  for_each_field<T>([&](std::string_view name, auto pointer) {
    text += fmt::format("{}{} {}", separator, name, text_of(value.*pointer));
    separator = ", ";
  });
  return text + "}";
}

}  // namespace detail

template <class T>
std::string text_of(const T& value) {
  if constexpr (SpeaksForItself<T>) {
    return value.text();
  } else if constexpr (std::is_same_v<T, NodeId>) {
    return value.is_none() ? "none" : fmt::format("n{}", value.number());
  } else if constexpr (std::is_same_v<T, ValueId>) {
    return value.is_none() ? "none" : fmt::format("v{}", value.number());
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "yes" : "no";
  } else if constexpr (std::is_integral_v<T>) {
    return fmt::format("{}", +value);
  } else if constexpr (DescribedEnum<T>) {
    return std::string(enum_name(value));
  } else if constexpr (AnyNodeSet<T>) {
    std::string members;
    value.for_each([&](NodeId node) { members += (members.empty() ? "" : ", ") + text_of(node); });
    return "{" + members + "}";
  } else if constexpr (AnyArray<T> || AnySequence<T>) {
    return detail::joined_text(value, '[', ']');
  } else if constexpr (AnyBag<T>) {
    return detail::joined_text(value, '{', '}');
  } else {
    static_assert(Described<T>, "name the fields of this type with BOOST_DESCRIBE_STRUCT");
    return detail::struct_text(value);
  }
}

}  // namespace everyway
