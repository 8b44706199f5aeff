#include "checker/search/options.hpp"

#include <algorithm>
#include <thread>

#include "checker/model/parameter.hpp"
#include "checker/search/memory.hpp"

namespace everyway {

namespace {

void refuse_what_cannot_be_met(const SearchOptions& options) {
  constexpr std::size_t least_memory = std::size_t{16} << 20U;
  if (options.max_memory_bytes != 0 && options.max_memory_bytes < least_memory) {
    throw UsageError(fmt::format("{} bytes of memory: too little to begin; give at least {}",
                                 options.max_memory_bytes, least_memory));
  }
  if (options.strategy != Strategy::dfs) return;
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
}

}  // namespace

unsigned completed_workers(unsigned workers) {
  constexpr unsigned most_workers = 256;
  if (workers > most_workers) {
    throw UsageError(fmt::format("{} workers: at most {} are possible", workers, most_workers));
  }
  return workers == 0 ? std::max(1U, std::thread::hardware_concurrency()) : workers;
}

SearchOptions completed(SearchOptions options) {
  refuse_what_cannot_be_met(options);
  const bool is_serial = options.workers == 0 && options.strategy == Strategy::dfs;
  options.workers = is_serial ? 1U : completed_workers(options.workers);
  if (options.max_memory_bytes == 0) options.max_memory_bytes = available_memory() / 5 * 4;
  return options;
}

}  // namespace everyway
