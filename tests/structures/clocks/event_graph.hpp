#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/transitive_closure.hpp>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace everyway::testing {

/// The graph of the events of an execution and its transitive closure, by Boost.Graph: each event
/// leads to the next one of its process, and a sending to its receipt.
class EventGraph {
 public:
  /// Of each event its process, in an order in which they happened; and the messages.
  EventGraph(const std::vector<std::size_t>& process_of,
             const std::vector<std::pair<std::size_t, std::size_t>>& messages)
      : closure_(process_of.size()) {
    Graph direct(process_of.size());
    std::map<std::size_t, std::size_t> last;
    for (std::size_t event = 0; event < process_of.size(); ++event) {
      const auto earlier = last.find(process_of[event]);
      if (earlier != last.end()) boost::add_edge(earlier->second, event, direct);
      last[process_of[event]] = event;
    }
    for (const auto& [sending, receipt] : messages) boost::add_edge(sending, receipt, direct);
    closure_.clear();
    boost::transitive_closure(direct, closure_);
  }

  [[nodiscard]] bool leads(std::size_t left, std::size_t right) const {
    return boost::edge(left, right, closure_).second;
  }

 private:
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph closure_;
};

}  // namespace everyway::testing
