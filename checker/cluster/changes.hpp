#pragma once

#include <string>
#include <vector>

#include "checker/cluster/state.hpp"
#include "checker/model/difference.hpp"

namespace everyway::cluster::detail {

/// What a step changed in one process. Its durable part reads as one, as long as disk and memory
/// agree.
template <class P>
void append_process_changes(const std::string& node, const ProcessState<P>& before,
                            const ProcessState<P>& after, std::vector<Change>& changes) {
  append_changes(node + ".up", before.up, after.up, changes);
  const bool restarts = !before.up && after.up;
  std::vector<Change> durable;
  append_changes(node, restarts ? before.disk : before.durable, after.durable, durable);
  std::vector<Change> disk;
  append_changes(node, before.disk, after.disk, disk);
  // A crash takes what is in memory: there is nothing to tell about it field by field.
  if (after.up) changes.insert(changes.end(), durable.begin(), durable.end());
  if (!after.up || disk != durable) {
    append_changes(node + ".disk", before.disk, after.disk, changes);
  }
  if (after.up) append_changes(node, before.memory, after.memory, changes);
}

/// What a step changed in the processes. The sentence of the step tells what was sent, received and
/// lost, and which fault happened: the network and the budgets would only say it again.
template <class P, Network N>
[[nodiscard]] std::vector<Change> changes_in_cluster(const ClusterState<P, N>& before,
                                                     const ClusterState<P, N>& after) {
  std::vector<Change> changes;
  for (std::size_t index = 0; index < P::capacity; ++index) {
    const NodeId node = NodeId::at(index);
    append_process_changes(text_of(node), before[node], after[node], changes);
  }
  return changes;
}

}  // namespace everyway::cluster::detail
