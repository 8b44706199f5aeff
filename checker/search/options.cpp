#include "checker/search/options.hpp"

#include <algorithm>
#include <thread>

#include "checker/model/parameter.hpp"

namespace everyway {

unsigned workers_for(const SearchOptions& options) {
  constexpr std::size_t least_memory = std::size_t{1} << 20U;
  if (options.max_memory_bytes != 0 && options.max_memory_bytes < least_memory) {
    throw UsageError(fmt::format("{} bytes of memory: too little to begin; give at least {}",
                                 options.max_memory_bytes, least_memory));
  }
  constexpr unsigned most_workers = 256;
  if (options.workers > most_workers) {
    throw UsageError(fmt::format("{} workers: at most {} are possible", options.workers,
                                 most_workers));
  }
  if (options.strategy == Strategy::bfs) {
    if (options.workers != 0) return options.workers;
    return std::max(1U, std::thread::hardware_concurrency());
  }
  if (options.workers > 1) {
    throw UsageError(
        "depth-first search has one worker: leave the number of workers out, or search "
        "breadth-first (bfs)");
  }
  if (options.max_depth != 0) {
    throw UsageError(
        "a depth limit goes with breadth-first search (bfs) only: depth-first search would "
        "skip states that it first met at the end of a long path");
  }
  return 1;
}

}  // namespace everyway
