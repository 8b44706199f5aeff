#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "checker/minimise/happens_before.hpp"
#include "checker/model/model.hpp"

namespace everyway {

/// Whose step an action is: the number of the last node that it names, since a message names its
/// sender first; 0 for nobody.
template <ModelAction Action>
[[nodiscard]] unsigned actor_of(const Action& action) noexcept {
  unsigned actor = 0;
  for_each_field<Action>([&](std::string_view, auto pointer) {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(action.*pointer)>, NodeId>) {
      if (!(action.*pointer).is_none()) actor = (action.*pointer).number();
    }
  });
  return actor;
}

template <ModelAction Action>
[[nodiscard]] std::vector<unsigned> actors_of(const std::vector<Action>& actions) {
  std::vector<unsigned> actors;
  for (const Action& action : actions) actors.push_back(actor_of(action));
  return actors;
}

/// How often another one acts than before.
[[nodiscard]] std::size_t context_switches(const std::vector<unsigned>& actors);

/// An order of the events that keeps what happens before what, leaves the last event in its place,
/// and has as few context switches as were found: the fewest, unless a run is so concurrent that
/// more than `width` sets of events may come first, of each size; then the most promising of these
/// are followed. Of equals, the first in the order of the run. `actors[i]` acts in event i.
[[nodiscard]] std::vector<std::size_t> order_with_few_switches(const HappensBefore& order,
                                                               const std::vector<unsigned>& actors,
                                                               std::size_t width = 500);

}  // namespace everyway
