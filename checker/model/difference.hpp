#pragma once

#include <string>
#include <vector>

#include "checker/model/text.hpp"

namespace everyway {

/// One place in a state that a step changed.
struct Change {
  std::string path;    ///< where, such as "servers[n2].term"
  std::string before;  ///< empty for an element that was added to a bag
  std::string after;   ///< empty for an element that was removed from a bag

  friend bool operator==(const Change&, const Change&) = default;
};

/// What differs between two states, field by field: a diff for people, not a dump. Elements of
/// arrays are named as nodes ("n1" is the first), since per-process state is what such arrays hold.
template <class T>
void append_changes(const std::string& path, const T& before, const T& after,
                    std::vector<Change>& changes);

namespace detail {

template <class T>
void append_bag_changes(const std::string& path, const T& before, const T& after,
                        std::vector<Change>& changes) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!before.first_of_equals(i)) continue;
    for (std::size_t n = after.count(before[i]); n < before.count(before[i]); ++n) {
      changes.push_back({path, text_of(before[i]), ""});
    }
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (!after.first_of_equals(i)) continue;
    for (std::size_t n = before.count(after[i]); n < after.count(after[i]); ++n) {
      changes.push_back({path, "", text_of(after[i])});
    }
  }
}

}  // namespace detail

template <class T>
void append_changes(const std::string& path, const T& before, const T& after,
                    std::vector<Change>& changes) {
  if constexpr (Flat<T>) {
    if (same_bytes(before, after)) return;
  }
  if constexpr (AnyBag<T>) {
    detail::append_bag_changes(path, before, after, changes);
  } else if constexpr (AnyArray<T>) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      append_changes(path + "[" + text_of(NodeId::at(i)) + "]", before[i], after[i], changes);
    }
  } else if constexpr (Described<T> && !SpeaksForItself<T>) {
    for_each_field<T>([&](std::string_view name, auto pointer) {
      const std::string inner = path.empty() ? std::string(name) : path + "." + std::string(name);
      append_changes(inner, before.*pointer, after.*pointer, changes);
    });
  } else {
    changes.push_back({path, text_of(before), text_of(after)});
  }
}

template <class State>
[[nodiscard]] std::vector<Change> changes_between(const State& before, const State& after) {
  std::vector<Change> changes;
  append_changes("", before, after, changes);
  return changes;
}

}  // namespace everyway
