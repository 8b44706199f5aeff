#include "cli/check_options.hpp"

#include <cctype>
#include <limits>
#include <optional>

#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

template <DescribedEnum E>
E parse_name(std::string_view option, const std::string& text, E otherwise) {
  if (text.empty()) return otherwise;
  if (const std::optional<E> value = enum_from_name<E>(text)) return *value;
  throw UsageError(
      fmt::format("{} {}: one of: {}", option, in_quotes(text), detail::enum_names<E>()));
}

/// A file's name that looks like an option is one whose own value was forgotten.
void check_file_name(std::string_view option, const std::string& path) {
  if (path.size() > 1 && path[0] == '-') {
    throw UsageError(fmt::format("{} {}: give the name of a file; one with a dash in front as ./{}",
                                 option, in_quotes(path), path));
  }
}

}  // namespace

CheckOptions::CheckOptions(CLI::App& app, const CatalogueEntry* entry) : entry_(entry) {
  app.add_option("MODEL", model_, "The model to check; everyway list shows them all");
  if (entry != nullptr) add_parameters(app, *entry);
  add_what_to_check(app);
  add_how_to_search(app);
  add_output(app);
}

void CheckOptions::add_what_to_check(CLI::App& app) {
  const std::string group = "What to check";
  add_text_option(app, group, "--mutant", "NAME", mutant_,
                  "Check the protocol with one deliberate mistake in it");
  add_text_option(app, group, "--property", "NAME", property_,
                  "Check this property only, as in election-safety; deadlock is one");
  add_switch(app, group, "--no-deadlock", no_deadlock_, "Let the protocol end in any state");
  add_switch(app, group, "--keep-going", keep_going_,
             "Go on after a violation until every property is decided");
}

void CheckOptions::add_how_to_search(CLI::App& app) {
  const std::string group = "How to search";
  add_text_option(
      app, group, "--workers", "N", workers_,
      "Threads; all cores if not given. Verdicts, counts and lengths do not depend on it");
  add_text_option(
      app, group, "--search", "ORDER", search_,
      "bfs (the default): shortest counterexamples. dfs: one worker, any counterexample");
  add_text_option(app, group, "--storage", "KIND", storage_,
                  "fingerprints (the default): 64 bits a state, and the odds of a collision are "
                  "reported. exact: whole states, no such odds, more memory. compact: 5 bytes a "
                  "state in a table of fixed size, odds reported. bitstate: some bits a state; "
                  "finds violations only, one worker");
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
  add_text_option(app, group, "--max-seconds", "S", max_seconds_, "Stop after so many seconds");
  add_text_option(app, group, "--max-memory", "SIZE", max_memory_,
                  "Stop at so much memory for states, such as 512M or 4G; four fifths of what is "
                  "free if not given");
}

void CheckOptions::add_output(CLI::App& app) {
  const std::string group = "Output";
  add_text_option(
      app, group, "--json", "FILE", json_,
      "Write the report as JSON; - writes it to standard output, and nothing else there");
  add_text_option(app, group, "--trace", "FILE", trace_,
                  "Write the counterexample to FILE, if there is one, for everyway replay FILE");
}

void CheckOptions::add_parameters(CLI::App& app, const CatalogueEntry& entry) {
  known_ = entry.parameters();
  const std::string group = fmt::format("Parameters of {}", entry.name());
  for (const ParameterInfo& parameter : known_) {
    given_[parameter.name] = add_parameter(app, group, parameter);
  }
}

ParameterValues CheckOptions::parameters() const {
  ParameterValues values;
  for (const ParameterInfo& parameter : known_) {
    const CLI::Option& option = *given_.at(parameter.name);
    if (option.count() == 0) continue;
    if (option.count() > 1) throw UsageError(fmt::format("--{} is given twice", parameter.name));
    values.push_back(parse_parameter(parameter, option.results().back()));
  }
  return values;
}

void CheckOptions::put_limits(SearchOptions& options) const {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t deepest = std::numeric_limits<std::uint32_t>::max();
  if (!max_states_.empty()) options.max_states = parse_count("--max-states", max_states_, 1, most);
  if (!max_depth_.empty()) {
    options.max_depth =
        static_cast<std::uint32_t>(parse_count("--max-depth", max_depth_, 1, deepest));
  }
  if (!max_seconds_.empty()) options.max_seconds = parse_seconds("--max-seconds", max_seconds_);
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

SearchOptions CheckOptions::search_options(const ParameterValues& parameters) const {
  constexpr std::uint64_t most_workers = 256;
  SearchOptions options;
  options.strategy = parse_name("--search", search_, Strategy::bfs);
  if (!workers_.empty()) {
    options.workers = static_cast<unsigned>(parse_count("--workers", workers_, 1, most_workers));
  }
  put_limits(options);
  put_storage(options);
  options.keep_going = keep_going_;
  options.check_deadlock = !no_deadlock_;
  if (!property_.empty()) {
    options.property = find_property(entry_->properties(parameters), property_);
  }
  check_combinations(options);
  return options;
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

void CheckOptions::check_combinations(const SearchOptions& options) const {
  check_storage(options);
  if (options.strategy == Strategy::dfs && options.max_depth != 0 &&
      options.storage != Storage::bitstate) {
    throw UsageError(
        "--search dfs does not go with --max-depth: it would miss states; "
        "give --search bfs");
  }
  if (options.strategy == Strategy::dfs && options.workers > 1) {
    throw UsageError("--search dfs has one worker; leave --workers out, or give --search bfs");
  }
  if (no_deadlock_ && options.property == deadlock_property) {
    throw UsageError("--no-deadlock does not go with --property deadlock");
  }
  if (trace_ == "-") throw UsageError("--trace '-': give the name of a file");
  check_file_name("--trace", trace_);
  check_file_name("--json", json_);
  if (!trace_.empty() && trace_ == json_) {
    throw UsageError(fmt::format("--trace and --json both name {}", in_quotes(trace_)));
  }
}

CheckArguments CheckOptions::arguments() const {
  CheckArguments arguments;
  arguments.entry = entry_;
  arguments.json = json_;
  arguments.trace = trace_;
  arguments.request.parameters = parameters();
  if (!mutant_.empty()) arguments.request.mutant = find_mutant(entry_->mutants(), mutant_);
  arguments.request.options = search_options(arguments.request.parameters);
  return arguments;
}

}  // namespace everyway
