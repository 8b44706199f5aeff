#include "checker/search/rebuild_options.hpp"

#include <algorithm>

#include "checker/search/fixed_table.hpp"

namespace everyway {

namespace {

/// Enough for all that was found, and no more: pages are cleared when they are first touched, so a
/// large table makes each of many short searches slow.
[[nodiscard]] std::size_t ample_table(const SearchOptions& before, std::uint64_t found) {
  constexpr std::size_t least = std::size_t{1} << 20U;
  const std::uint64_t bytes_a_state = before.storage == Storage::compact ? 8 : 16;
  return std::min<std::size_t>(before.table_bytes, found * bytes_a_state + least);
}

}  // namespace

SearchOptions options_to_find_again(const SearchOptions& before, const Errand& errand) {
  SearchOptions options = before;
  options.max_states = 0;
  options.max_seconds = 0;
  options.max_depth = errand.depth;
  options.properties.clear();
  options.check_deadlock = false;
  options.keep_going = false;
  if (errand.attempt != 0) {
    options.seed = mixed(before.seed + errand.attempt);
  } else if (before.storage == Storage::compact || errand.from_within) {
    // Bitstate storage, from the initial states on, must rather do exactly as it did.
    options.table_bytes = ample_table(before, errand.found);
  }
  return options;
}

}  // namespace everyway
