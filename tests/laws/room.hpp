#pragma once

#include "checker/model/fields.hpp"

namespace everyway::testing {

/// Filled anew with the same elements, last first where order means nothing, the container has the
/// same bytes: its unused room is zero, and bags are sorted.
template <class Container>
[[nodiscard]] bool is_as_if_refilled(const Container& container) {
  Container refilled;
  for (std::size_t i = 0; i < container.size(); ++i) {
    if constexpr (AnyBag<Container>) {
      refilled.insert(container[container.size() - 1 - i]);
    } else {
      refilled.push_back(container[i]);
    }
  }
  return same_bytes(refilled, container);
}

/// What an element leaves when it is taken away again is what was there before it came.
template <class Container>
[[nodiscard]] bool forgets_what_it_loses(const Container& container) {
  using Element = typename Container::value_type;
  if (container.size() >= Container::capacity()) return true;
  const Element element = container.empty() ? Element{} : container[0];
  Container changed = container;
  if constexpr (AnyBag<Container>) {
    if (!Container::keeps_duplicates && container.contains(element)) return true;
    changed.insert(element);
    changed.erase(element);
  } else {
    changed.push_back(element);
    changed.pop_back();
  }
  return same_bytes(changed, container);
}

/// Whether every container in `value`, at any depth, has its one form.
template <class T>
[[nodiscard]] bool is_in_canonical_form(const T& value) {
  bool canonical = true;
  if constexpr (AnyBag<T> || AnySequence<T>) {
    canonical = is_as_if_refilled(value) && forgets_what_it_loses(value);
    for (const auto& element : value) canonical = canonical && is_in_canonical_form(element);
  } else if constexpr (AnyArray<T>) {
    for (const auto& element : value) canonical = canonical && is_in_canonical_form(element);
  } else if constexpr (Described<T>) {
    for_each_field<T>([&](std::string_view, auto pointer) {
      canonical = canonical && is_in_canonical_form(value.*pointer);
    });
  }
  return canonical;
}

}  // namespace everyway::testing
