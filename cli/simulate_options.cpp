#include "cli/simulate_options.hpp"

#include <limits>
#include <random>

#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

/// How long a simulation goes on that nobody limited.
constexpr double default_seconds = 10;

}  // namespace

SimulateOptions::SimulateOptions(CLI::App& app, const CatalogueEntry* entry)
    : run_(app, entry, "simulate") {
  run_.add_what_to_check(app);
  run_.add_keep_going(app);
  add_how_to_walk(app);
  run_.add_output(app);
}

void SimulateOptions::add_how_to_walk(CLI::App& app) {
  const std::string group = "How to walk";
  run_.add_workers(app, group,
                   "Threads; all cores if not given. What so many walks or steps find and count "
                   "does not depend on it");
  add_text_option(app, group, "--check", "WHAT", check_,
                  "chosen (the default): the states and steps of the walks. enabled: also every "
                  "successor of each state on them, which finds more in a step and takes more time "
                  "for it");
  add_text_option(app, group, "--depth", "N", depth_,
                  "Steps of one walk at most; 100 if not given");
  add_text_option(app, group, "--seed", "S", seed_,
                  "Walks of this seed: the same in every simulation with the same options. Drawn "
                  "at random if not given, and reported");
  add_text_option(app, group, "--walk", "I", walk_,
                  "Take only walk I of the seed, as a report names it");
  add_text_option(app, group, "--walks", "N", walks_, "Stop after so many walks");
  add_text_option(app, group, "--max-steps", "N", max_steps_,
                  "Stop after so many steps of all walks together");
  run_.add_max_seconds(app, group,
                       "Stop after so many seconds; 10 if neither this nor --walk, --walks or "
                       "--max-steps is given");
}

void SimulateOptions::put_limits(SimulationOptions& options) const {
  if (!depth_.empty()) options.depth = parse_count("--depth", depth_, 1, most);
  if (!walks_.empty()) options.max_walks = parse_count("--walks", walks_, 1, most);
  if (!max_steps_.empty()) options.max_steps = parse_count("--max-steps", max_steps_, 1, most);
  const bool unlimited =
      options.max_walks == 0 && options.max_steps == 0 && options.max_seconds == 0;
  if (unlimited && walk_.empty()) options.max_seconds = default_seconds;
}

void SimulateOptions::put_walk(SimulationOptions& options) const {
  if (walk_.empty()) return;
  if (seed_.empty()) {
    throw UsageError("--walk names a walk of a seed: give --seed too, as the report has it");
  }
  if (!walks_.empty()) throw UsageError("--walk takes one walk: it does not go with --walks");
  options.first_walk = parse_count("--walk", walk_, 1, most - 1);
  options.max_walks = 1;
}

SimulateArguments SimulateOptions::arguments() const {
  SimulateArguments arguments = run_.arguments<SimulateRequest>();
  SimulationOptions& options = arguments.request.options;
  options.checks = parse_name("--check", check_, Checks::chosen);
  put_limits(options);
  put_walk(options);
  // Random seeds are short, since people copy them.
  options.seed = seed_.empty() ? std::random_device{}() : parse_count("--seed", seed_, 0, most);
  return arguments;
}

}  // namespace everyway
