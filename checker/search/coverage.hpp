#pragma once

#include <cstdint>
#include <string>

#include "checker/search/options.hpp"

namespace everyway {

/// How well a bitstate table could tell states apart at the end of a search.
struct BitstateCoverage {
  unsigned bits_per_state = 0;
  double fill = 0;  ///< of the table's bits, how many are set: 0 to 1
  /// The chance that a state which was not met before is taken for known: the mean over the lines
  /// of (fill of the line)^bits_per_state, Holzmann's estimate for each line of the table. During
  /// the search it was smaller.
  double omission_probability = 0;
};

/// What one search of a swarm did.
struct SwarmMember {
  std::uint64_t seed = 0;
  Strategy strategy = Strategy::bfs;
  std::uint32_t max_depth = 0;  ///< 0 for none
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  BitstateCoverage coverage;
  std::string ended;  ///< the name of its `Stop`
};

}  // namespace everyway
