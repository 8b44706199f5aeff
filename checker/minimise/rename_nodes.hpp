#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/minimise/reducer.hpp"
#include "checker/model/renaming.hpp"

namespace everyway {

namespace detail {

/// Calls visit(name) for each node and value that `value` names in fields of its own, those of
/// messages included; sets and arrays are left out.
template <class T, class Visit>
void for_each_name(const T& value, const Visit& visit) {
  if constexpr (std::same_as<T, NodeId> || std::same_as<T, ValueId>) {
    if (!value.is_none()) visit(value);
  } else if constexpr (Described<T> && !RenamesItself<T>) {
    for_each_field<T>(
        [&](std::string_view, auto pointer) { for_each_name(value.*pointer, visit); });
  }
}

/// The numbers of all names of one sort, in the order of the run; first of each action those named
/// last, since the one who acts is.
template <class Name, ModelAction Action>
[[nodiscard]] std::vector<unsigned> names_in(const std::vector<Action>& actions) {
  std::vector<unsigned> numbers;
  for (const Action& action : actions) {
    const auto first = numbers.size();
    for_each_name(action, [&](const auto& name) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(name)>, Name>) {
        numbers.push_back(name.number());
      }
    });
    std::reverse(numbers.begin() + static_cast<std::ptrdiff_t>(first), numbers.end());
  }
  return numbers;
}

template <Model M>
[[nodiscard]] std::size_t node_count(const M& model, const std::vector<ActionOf<M>>& actions) {
  if constexpr (SymmetricModel<M>) return model.interchangeable().node_count;
  const std::vector<unsigned> named = names_in<NodeId>(actions);
  return named.empty() ? 0 : *std::max_element(named.begin(), named.end());
}

/// Exchanges two names in the whole run, if that brings lower ones to its beginning, and the
/// violation still shows.
template <class Name, Model M>
bool exchange_names(const M& model, Reducer<M>& run, std::size_t nodes, Name low, Name high) {
  Renaming renaming(nodes);
  renaming.rename(low, high);
  renaming.rename(high, low);
  std::vector<ActionOf<M>> actions = run.actions();
  for (ActionOf<M>& action : actions) rename(action, renaming);
  if (!(names_in<Name>(actions) < names_in<Name>(run.actions()))) return false;
  StateOf<M> initial = run.states().front();
  rename(initial, renaming);
  if (!is_initial(model, initial)) initial = run.states().front();
  return run.accept_whole(initial, actions);
}

template <class Name, Model M>
void lower_names(const M& model, Reducer<M>& run, std::size_t nodes, std::size_t count) {
  for (bool lowered = true; lowered;) {
    lowered = false;
    for (std::size_t low = 0; low < count; ++low) {
      for (std::size_t high = low + 1; high < count; ++high) {
        lowered |= exchange_names(model, run, nodes, Name::at(low), Name::at(high));
      }
    }
  }
}

}  // namespace detail

/// Gives nodes and values the lowest names in the order in which the run comes to them, as far as
/// names can be exchanged: not only where the model says that names do not matter, but wherever the
/// violation still shows.
template <Model M>
void lower_names(const M& model, Reducer<M>& run, MinimiseSession& session) {
  session.enter(MinimisePhase::renaming, run.length());
  if constexpr (has_names<ActionOf<M>>) {
    const std::size_t nodes = detail::node_count(model, run.actions());
    if (nodes > Renaming::most_nodes) return;
    detail::lower_names<NodeId>(model, run, nodes, nodes);
    const std::vector<unsigned> values = detail::names_in<ValueId>(run.actions());
    if (values.empty()) return;
    const std::size_t highest = *std::max_element(values.begin(), values.end());
    detail::lower_names<ValueId>(model, run, nodes, std::min(highest, Renaming::most_values));
  }
}

}  // namespace everyway
