#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "checker/minimise/reducer.hpp"
#include "checker/trace/trace_file.hpp"

namespace everyway {

/// Actions as they are written in trace files: what runs have in common over models of one family
/// whose types differ.
using ActionsJson = boost::json::array;

/// The highest node that the actions name.
[[nodiscard]] std::size_t highest_node(const ActionsJson& actions);

/// The actions without those that name a node of `absent` (bit i stands for the node at index i);
/// the nodes above each move down to fill its place.
[[nodiscard]] ActionsJson without_nodes(const ActionsJson& actions, std::size_t absent);

/// Calls try_out(actions) with the actions as they are, and then without each set of nodes that
/// leaves one, small sets first, until it returns true: a model with fewer nodes may lack any of
/// them. Of more than 8 nodes, only sets of one and two are tried.
bool with_fewer_nodes(const ActionsJson& actions,
                      const std::function<bool(const ActionsJson&)>& try_out);

/// The actions that the model's type has room for.
template <Model M>
[[nodiscard]] std::vector<ActionOf<M>> actions_from(const ActionsJson& json) {
  std::vector<ActionOf<M>> actions;
  for (const boost::json::value& action : json) {
    try {
      actions.push_back(from_json<ActionOf<M>>(action, ""));
    } catch (const JsonError&) {  // a node or an entry too many
    }
  }
  return actions;
}

/// The actions of the run.
template <Model M>
[[nodiscard]] ActionsJson actions_json(const Reducer<M>& run) {
  ActionsJson json;
  for (const ActionOf<M>& action : run.actions()) json.push_back(to_json(action));
  return json;
}

}  // namespace everyway
