#pragma once

#include <cstdint>

#include "checker/search/options.hpp"

namespace everyway {

/// How one member of a swarm searches.
struct SwarmPlan {
  SearchOptions options;    ///< of one bitstate search with one worker
  std::uint64_t order = 0;  ///< of successors, as for `ModelView`; 0 leaves them as they are
};

/// What member number `member` (from 0) of a swarm does, a function of the completed options and
/// its number alone. Every fourth searches breadth-first, beginning with the first; the others
/// depth-first, to depths that differ, one in three without such a limit. The first member leaves
/// the order of successors as it is. What diversifies a swarm is from Holzmann, Joshi, Groce: Swarm
/// Verification Techniques, IEEE Transactions on Software Engineering 37(6), 2011, section 3.
[[nodiscard]] SwarmPlan swarm_plan(const SearchOptions& options, unsigned member);

}  // namespace everyway
