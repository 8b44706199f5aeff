#include "checker/search/options.hpp"

#include <algorithm>
#include <thread>

#include "checker/model/parameter.hpp"
#include "checker/search/memory.hpp"

namespace everyway {

namespace {

constexpr unsigned usual_bits_per_state = 3;

void refuse_what_cannot_be_met(const SearchOptions& options) {
  // The smallest table of fingerprints takes half of this.
  const std::size_t least_memory = std::size_t{options.storage == Storage::fingerprints ? 16U : 1U}
                                   << 20U;
  if (options.max_memory_bytes != 0 && options.max_memory_bytes < least_memory) {
    throw UsageError(fmt::format("{} bytes of memory: too little to begin; give at least {}",
                                 options.max_memory_bytes, least_memory));
  }
}

void refuse_what_does_not_go_with_depth_first(const SearchOptions& options) {
  if (options.strategy != Strategy::dfs) return;
  if (options.reduction != Reduction::none) {
    throw UsageError(
        "reduction goes with breadth-first search (bfs) only: what it leaves out is found again on "
        "a path of the same length, which depth-first search may not have taken yet");
  }
  if (options.workers > 1) {
    throw UsageError(
        "depth-first search has one worker: leave the number of workers out, or search "
        "breadth-first (bfs)");
  }
  if (options.max_depth != 0 && options.storage != Storage::bitstate) {
    throw UsageError(
        "a depth limit goes with breadth-first search (bfs) only: depth-first search would "
        "skip states that it first met at the end of a long path");
  }
}

void refuse_what_goes_with_other_storage(const SearchOptions& options) {
  const bool fixed = has_fixed_table(options.storage);
  if (!fixed && (options.seed != 0 || options.table_bytes != 0)) {
    throw UsageError("a seed and a size of the table go with compact or bitstate storage only");
  }
  if (fixed && options.max_memory_bytes != 0 && options.table_bytes > options.max_memory_bytes) {
    throw UsageError(fmt::format("a table of {} bytes does not fit in {} bytes of memory",
                                 options.table_bytes, options.max_memory_bytes));
  }
  if (options.storage != Storage::bitstate) {
    if (options.bits_per_state != 0) {
      throw UsageError("a number of bits for each state goes with bitstate storage only");
    }
    if (options.swarm != 0) throw UsageError("a swarm goes with bitstate storage only");
    return;
  }
  if (options.bits_per_state > most_bits_per_state) {
    throw UsageError(fmt::format("{} bits for each state: give 1 to {}", options.bits_per_state,
                                 most_bits_per_state));
  }
  if (options.workers > 1 && options.swarm == 0) {
    throw UsageError(
        "bitstate storage has one worker: leave the number of workers out, or give a swarm, "
        "which uses them all");
  }
}

void refuse_what_does_not_go_with_reduction(const SearchOptions& options) {
  if (options.reduction == Reduction::none) return;
  if (options.symmetry) {
    throw UsageError(
        "reduction does not go with symmetry: actions to leave out are told by names, which "
        "symmetry changes");
  }
  if (has_fixed_table(options.storage)) {
    throw UsageError("reduction goes with fingerprints or exact storage only");
  }
}

void refuse_what_does_not_go_with_symmetry(const SearchOptions& options) {
  if (options.symmetry && has_fixed_table(options.storage)) {
    throw UsageError(
        "symmetry does not go with compact or bitstate storage: a run to what was found could not "
        "be told from its renamings; take fingerprints or exact storage");
  }
}

void refuse_what_does_not_go_with_a_swarm(const SearchOptions& options) {
  constexpr unsigned most_members = 100'000;
  if (options.swarm > most_members) {
    throw UsageError(
        fmt::format("a swarm of {}: at most {} are possible", options.swarm, most_members));
  }
  if (options.swarm != 0 && options.strategy != Strategy::bfs) {
    throw UsageError("a swarm has members of both orders: leave the order of the search out");
  }
}

/// Two levels of a breadth-first search take about as much as a table of 5 bytes a state (measured:
/// 4 to 30 bytes a state); a stack takes little.
[[nodiscard]] std::size_t usual_table(const SearchOptions& options) {
  const std::size_t quarter = options.max_memory_bytes / 4;
  return options.strategy == Strategy::dfs ? 3 * quarter : 2 * quarter;
}

[[nodiscard]] unsigned usual_workers(const SearchOptions& options) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  if (options.swarm != 0) return std::min(cores, options.swarm);
  return options.strategy == Strategy::dfs || options.storage == Storage::bitstate ? 1U : cores;
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
  refuse_what_does_not_go_with_depth_first(options);
  refuse_what_goes_with_other_storage(options);
  refuse_what_does_not_go_with_a_swarm(options);
  refuse_what_does_not_go_with_symmetry(options);
  refuse_what_does_not_go_with_reduction(options);
  if (options.workers == 0) options.workers = usual_workers(options);
  options.workers = completed_workers(options.workers);
  if (options.max_memory_bytes == 0) options.max_memory_bytes = available_memory() / 5 * 4;
  if (has_fixed_table(options.storage) && options.table_bytes == 0 && options.swarm == 0) {
    options.table_bytes = usual_table(options);
  }
  if (options.storage == Storage::bitstate && options.bits_per_state == 0) {
    options.bits_per_state = usual_bits_per_state;
  }
  return options;
}

}  // namespace everyway
