#include "cli/check_options.hpp"

#include <limits>

#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

void check_combinations(const SearchOptions& options) {
  if (options.strategy == Strategy::dfs && options.max_depth != 0) {
    throw UsageError(
        "--search dfs does not go with --max-depth: it would miss states; "
        "give --search bfs");
  }
  if (options.strategy == Strategy::dfs && options.workers > 1) {
    throw UsageError("--search dfs has one worker; leave --workers out, or give --search bfs");
  }
}

}  // namespace

CheckOptions::CheckOptions(CLI::App& app, const CatalogueEntry* entry) : run_(app, entry, "check") {
  run_.add_what_to_check(app);
  add_how_to_search(app);
  run_.add_output(app);
}

void CheckOptions::add_how_to_search(CLI::App& app) {
  const std::string group = "How to search";
  run_.add_workers(
      app, group,
      "Threads; all cores if not given. Verdicts, counts and lengths do not depend on it");
  add_text_option(
      app, group, "--search", "ORDER", search_,
      "bfs (the default): shortest counterexamples. dfs: one worker, any counterexample");
  add_text_option(app, group, "--storage", "KIND", storage_,
                  "fingerprints (the default): 64 bits a state, and the odds of a collision are "
                  "reported. exact: whole states, no such odds, more time");
  add_text_option(app, group, "--max-states", "N", max_states_, "Stop at so many distinct states");
  add_text_option(app, group, "--max-depth", "N", max_depth_,
                  "Go no further than N actions from an initial state (bfs only)");
  run_.add_max_seconds(app, group, "Stop after so many seconds");
  add_text_option(app, group, "--max-memory", "SIZE", max_memory_,
                  "Stop at so much memory for states, such as 512M or 4G; four fifths of what is "
                  "free if not given");
}

void CheckOptions::put_limits(SearchOptions& options) const {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t deepest = std::numeric_limits<std::uint32_t>::max();
  if (!max_states_.empty()) options.max_states = parse_count("--max-states", max_states_, 1, most);
  if (!max_depth_.empty()) {
    options.max_depth =
        static_cast<std::uint32_t>(parse_count("--max-depth", max_depth_, 1, deepest));
  }
  if (!max_memory_.empty()) options.max_memory_bytes = parse_bytes("--max-memory", max_memory_);
}

CheckArguments CheckOptions::arguments() const {
  CheckArguments arguments = run_.arguments<CheckRequest>();
  SearchOptions& options = arguments.request.options;
  options.strategy = parse_name("--search", search_, Strategy::bfs);
  options.storage = parse_name("--storage", storage_, Storage::fingerprints);
  put_limits(options);
  check_combinations(options);
  return arguments;
}

}  // namespace everyway
