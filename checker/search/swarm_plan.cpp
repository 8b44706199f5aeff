#include "checker/search/swarm_plan.hpp"

#include <algorithm>

#include "checker/search/fixed_table.hpp"

namespace everyway {

namespace {

/// From 2^4 to 2^13 actions, by the number of the member; 0 for none.
[[nodiscard]] std::uint32_t depth_of(unsigned member) {
  constexpr unsigned shortest = 4;
  constexpr unsigned lengths = 10;
  if (member % 4 == 3) return 0;
  return std::uint32_t{1} << (shortest + (member * 3) % lengths);
}

}  // namespace

SwarmPlan swarm_plan(const SearchOptions& options, unsigned member) {
  SwarmPlan plan{options, 0};
  SearchOptions& mine = plan.options;
  mine.swarm = 0;
  mine.workers = 1;
  mine.seed = mixed(options.seed * 0x9e3779b97f4a7c15U + member + 1);
  mine.max_memory_bytes = options.max_memory_bytes / std::min(options.workers, options.swarm);
  if (member != 0) plan.order = mixed(mine.seed) | 1U;
  if (member % 4 == 0) return plan;
  mine.strategy = Strategy::dfs;
  const std::uint32_t depth = depth_of(member);
  if (depth != 0 && (mine.max_depth == 0 || depth < mine.max_depth)) mine.max_depth = depth;
  return plan;
}

}  // namespace everyway
