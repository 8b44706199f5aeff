#include "cli/check_options.hpp"

#include <limits>

#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

void check_combinations(const SearchOptions& options) {
  if (options.strategy == Strategy::dfs && options.max_depth != 0 &&
      options.storage != Storage::bitstate) {
    throw UsageError(
        "--search dfs does not go with --max-depth: it would miss states; "
        "give --search bfs");
  }
  if (options.strategy == Strategy::dfs && options.workers > 1) {
    throw UsageError("--search dfs has one worker; leave --workers out, or give --search bfs");
  }
  if (options.strategy == Strategy::dfs && options.reduction != Reduction::none) {
    throw UsageError("--search dfs does not go with --reduction sleep; give --search bfs");
  }
  if (options.symmetry && options.reduction != Reduction::none) {
    throw UsageError("--symmetry does not go with --reduction sleep; give one of them");
  }
  if (has_fixed_table(options.storage) && options.reduction != Reduction::none) {
    throw UsageError(fmt::format(
        "--reduction sleep does not go with --storage {}; give --storage fingerprints or exact",
        enum_name(options.storage)));
  }
  if (options.symmetry && has_fixed_table(options.storage)) {
    throw UsageError(fmt::format(
        "--symmetry does not go with --storage {}; give --storage fingerprints or exact",
        enum_name(options.storage)));
  }
}

}  // namespace

CheckOptions::CheckOptions(CLI::App& app, const CatalogueEntry* entry) : run_(app, entry, "check") {
  run_.add_what_to_check(app);
  run_.add_keep_going(app);
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
  add_switch(app, group, "--symmetry", symmetry_,
             "Explore one state of all those that differ in the names of interchangeable nodes or "
             "values only; for models that have such names");
  add_text_option(app, group, "--storage", "KIND", storage_,
                  "fingerprints (the default): 64 bits a state, and the odds of a collision are "
                  "reported. exact: whole states, no such odds, more time. compact: 5 bytes a "
                  "state in a table of fixed size, odds reported. bitstate: some bits a state; "
                  "finds violations only, one worker");
  add_text_option(app, group, "--reduction", "KIND", reduction_,
                  "none (the default). sleep: of the orders of actions that commute, most are left "
                  "out; bfs only, and not for always_step properties");
  add_text_option(app, group, "--bits-per-state", "K", bits_per_state_,
                  "Bits that bitstate storage sets for a state, 1 to 7; 3 if not given");
  add_text_option(
      app, group, "--table", "SIZE", table_,
      "Of --max-memory, for the table of compact and bitstate storage; half of it, with "
      "--search dfs three quarters, if not given");
  add_text_option(app, group, "--swarm", "N", swarm_,
                  "N bitstate searches that differ in hash functions and order, --workers of them "
                  "at a time; the first violation ends them all");
  add_text_option(app, group, "--seed", "S", seed_,
                  "What the hash functions of compact and bitstate storage, and the members of a "
                  "swarm, are drawn from; 0 if not given");
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

void CheckOptions::put_storage(SearchOptions& options) const {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t most_members = 100'000;
  options.storage = parse_name("--storage", storage_, Storage::fingerprints);
  if (!bits_per_state_.empty()) {
    options.bits_per_state = static_cast<unsigned>(
        parse_count("--bits-per-state", bits_per_state_, 1, most_bits_per_state));
  }
  if (!table_.empty()) options.table_bytes = parse_bytes("--table", table_);
  if (!swarm_.empty()) {
    options.swarm = static_cast<unsigned>(parse_count("--swarm", swarm_, 1, most_members));
  }
  if (!seed_.empty()) options.seed = parse_count("--seed", seed_, 0, most);
}

void CheckOptions::check_storage(const SearchOptions& options) const {
  const bool bitstate = options.storage == Storage::bitstate;
  if (!bitstate && !swarm_.empty()) throw UsageError("--swarm goes with --storage bitstate only");
  if (!bitstate && !bits_per_state_.empty()) {
    throw UsageError("--bits-per-state goes with --storage bitstate only");
  }
  if (!has_fixed_table(options.storage) && !(seed_.empty() && table_.empty())) {
    throw UsageError(fmt::format("{} goes with --storage compact and --storage bitstate only",
                                 seed_.empty() ? "--table" : "--seed"));
  }
  if (options.max_memory_bytes != 0 && options.table_bytes > options.max_memory_bytes) {
    throw UsageError("--table is more than --max-memory, of which it is a part");
  }
  if (bitstate && options.workers > 1 && options.swarm == 0) {
    throw UsageError(
        "--storage bitstate has one worker; leave --workers out, or give --swarm N too, which "
        "uses them all");
  }
  if (options.swarm != 0 && !search_.empty()) {
    throw UsageError("--search does not go with --swarm: its members search in both orders");
  }
}

CheckArguments CheckOptions::arguments() const {
  CheckArguments arguments = run_.arguments<CheckRequest>();
  SearchOptions& options = arguments.request.options;
  options.strategy = parse_name("--search", search_, Strategy::bfs);
  put_storage(options);
  put_limits(options);
  options.symmetry = symmetry_;
  options.reduction = parse_name("--reduction", reduction_, Reduction::none);
  check_storage(options);
  check_combinations(options);
  return arguments;
}

}  // namespace everyway
