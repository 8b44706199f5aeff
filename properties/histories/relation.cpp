#include "properties/histories/relation.hpp"

#include <algorithm>

namespace everyway::histories {

void Relation::add_transitively(std::size_t from, std::size_t to) {
  for (std::size_t before = 0; before < size_; ++before) {
    if (before != from && !has(before, from)) continue;
    add(before, to);
    join(before, to);
  }
}

/// A cycle among those that still have something before them when nothing else is left.
std::vector<std::size_t> Relation::cycle_among(const std::vector<std::size_t>& before) const {
  std::size_t here = 0;
  while (before[here] == 0) ++here;
  // Backwards: each of them has one before it that is itself among them.
  std::vector<std::size_t> path;
  std::vector<bool> is_on_path(size_);
  while (!is_on_path[here]) {
    is_on_path[here] = true;
    path.push_back(here);
    std::size_t previous = 0;
    while (before[previous] == 0 || !has(previous, here)) ++previous;
    here = previous;
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), here));
  std::reverse(path.begin(), path.end());
  return path;
}

Relation::Closed Relation::close() {
  std::vector<std::size_t> before(size_);
  for (std::size_t i = 0; i < size_; ++i) for_each_of(i, [&](std::size_t to) { ++before[to]; });
  Closed closed;
  for (std::size_t i = 0; i < size_; ++i) {
    if (before[i] == 0) closed.order.push_back(i);
  }
  for (std::size_t next = 0; next < closed.order.size(); ++next) {
    for_each_of(closed.order[next], [&](std::size_t to) {
      if (--before[to] == 0) closed.order.push_back(to);
    });
  }
  if (closed.order.size() < size_) {
    closed.cycle = cycle_among(before);
    return closed;
  }
  for (std::size_t i = size_; i-- > 0;) {
    const std::size_t from = closed.order[i];
    std::vector<std::size_t> direct;
    for_each_of(from, [&](std::size_t to) { direct.push_back(to); });
    for (const std::size_t to : direct) join(from, to);
  }
  return closed;
}

}  // namespace everyway::histories
