#include "checker/minimise/happens_before.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/transitive_closure.hpp>

namespace everyway {

HappensBefore::HappensBefore(std::size_t events, const Edges& edges)
    : before_(events, std::vector<bool>(events, false)) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  const Graph direct(edges.begin(), edges.end(), events);
  Graph closure;
  boost::transitive_closure(direct, closure);
  for (const auto& edge : boost::make_iterator_range(boost::edges(closure))) {
    before_[boost::source(edge, closure)][boost::target(edge, closure)] = true;
  }
}

}  // namespace everyway
