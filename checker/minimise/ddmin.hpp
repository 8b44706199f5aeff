#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace everyway {

namespace detail {

/// `list` without the `count` elements from `first` on.
template <class T>
[[nodiscard]] std::vector<T> without(const std::vector<T>& list, std::size_t first,
                                     std::size_t count) {
  std::vector<T> rest;
  rest.reserve(list.size() - count);
  const auto at = list.begin() + static_cast<std::ptrdiff_t>(first);
  rest.insert(rest.end(), list.begin(), at);
  rest.insert(rest.end(), at + static_cast<std::ptrdiff_t>(count), list.end());
  return rest;
}

/// Takes out each block of `size` elements that can go, the last one first. Returns whether any
/// did.
template <class T, class Test>
bool remove_blocks(std::vector<T>& list, std::size_t size, Test& test) {
  bool removed = false;
  for (std::size_t end = list.size(); end > 0;) {
    const std::size_t first = end > size ? end - size : 0;
    if (auto kept = test(without(list, first, end - first), first)) {
      list = std::move(*kept);
      removed = true;
    }
    end = std::min(first, list.size());
  }
  return removed;
}

}  // namespace detail

/// Takes elements out of `list` until none can go: delta debugging by Zeller and Hildebrandt
/// ("Simplifying and Isolating Failure-Inducing Input", TSE 28(2), 2002), reduced to complements,
/// since of a run nearly never a piece alone fails, and from the end, since what comes later
/// depends on what came before.
///
/// `test(candidate, unchanged)` says what to go on with if the candidate passes: the candidate, or
/// a shorter list that passes too; nothing if it fails. The first `unchanged` elements of the
/// candidate are those of the list that passed last. `list` itself must pass.
///
/// The result is 1-minimal: it passes, and fails without any single one of its elements. About n
/// log n tests if much can go, n^2 at worst.
template <class T, class Test>
[[nodiscard]] std::vector<T> ddmin(std::vector<T> list, Test test) {
  for (std::size_t size = list.size() / 2; size > 1; size /= 2) {
    detail::remove_blocks(list, std::min(size, list.size()), test);
  }
  while (detail::remove_blocks(list, 1, test)) {
  }
  return list;
}

/// Takes out pairs of elements, and single ones, until none can go: 2-minimal, in about n^2 / 2
/// tests more than `ddmin`, whose result `list` is to be.
template <class T, class Test>
[[nodiscard]] std::vector<T> remove_pairs(std::vector<T> list, Test test) {
  for (std::size_t second = list.size(); second-- > 1;) {
    for (std::size_t first = second; first-- > 0;) {
      auto kept = test(detail::without(detail::without(list, second, 1), first, 1), first);
      if (!kept) continue;
      list = ddmin(std::move(*kept), test);
      second = list.size();
      break;
    }
  }
  return list;
}

}  // namespace everyway
