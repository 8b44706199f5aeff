#include "cli/fuzz_options.hpp"

#include <limits>
#include <random>

#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

/// How long a session goes on that nobody limited.
constexpr double default_seconds = 60;

void check_folder(std::string_view option, const std::string& path) {
  if (!path.empty() && path[0] == '-') {
    throw UsageError(fmt::format("{} {}: give the name of a folder", option, in_quotes(path)));
  }
}

}  // namespace

FuzzOptionsParser::FuzzOptionsParser(CLI::App& app, const CatalogueEntry* entry)
    : run_(app, entry, "fuzz"), entry_(entry) {
  run_.add_what_to_check(app);
  add_how_to_fuzz(app);
  add_when_to_end(app);
  add_folders(app);
  run_.add_json(app);
}

void FuzzOptionsParser::add_how_to_fuzz(CLI::App& app) {
  const std::string group = "How to fuzz";
  add_text_option(app, group, "--strategy", "WHICH", strategy_,
                  "libfuzzer (the default): change schedules that came to something new; needs a "
                  "fuzz target, which clang makes. Without feedback: random, each enabled action "
                  "as likely as any other; swarm, each schedule draws which faults it has and how "
                  "often it takes what; pct, random priorities; pos, partial-order sampling");
  add_text_option(app, group, "--feedback", "WHAT", feedback_,
                  "What makes libfuzzer keep a schedule: both (the default), protocol (new "
                  "abstract states), or code (new edges of the code)");
  add_text_option(app, group, "--depth", "N", depth_,
                  "Actions of one schedule at most; 100 if not given");
  add_text_option(app, group, "--seed", "S", seed_,
                  "With one job, the same seed and an equal corpus find the same. Drawn at random "
                  "if not given, and reported");
  add_text_option(app, group, "--jobs", "N", jobs_,
                  "Workers, each on a core of its own; all cores if not given");
  add_text_option(app, group, "--target", "FILE", target_,
                  "The fuzz target, if it is not where the build puts it");
}

void FuzzOptionsParser::add_when_to_end(CLI::App& app) {
  const std::string group = "When to end";
  add_text_option(app, group, "--time", "T", time_,
                  "End after so long, as in 90s, 30m or 8h; after a minute if neither this nor "
                  "--executions is given. Ctrl-C ends it at any time, and nothing is lost");
  add_text_option(app, group, "--executions", "N", executions_,
                  "End after so many schedules of all jobs together");
  add_switch(app, group, "--first", first_, "End at the first finding");
  add_text_option(app, group, "--schedule-time", "T", schedule_time_,
                  "How long one schedule may take, 60s if not given: a fuzz target that is busy "
                  "with one for longer has failed, which is a finding, and is started again");
}

void FuzzOptionsParser::add_folders(CLI::App& app) {
  const std::string group = "Folders";
  add_text_option(app, group, "--corpus", "DIR", corpus_,
                  "Schedules worth keeping, to begin with and to add to; "
                  "everyway-fuzz/MODEL/corpus if not given. An empty one gets its first schedules "
                  "from the explorer");
  add_text_option(app, group, "--findings", "DIR", findings_,
                  "For each finding a trace, and its story with the command that replays it; and "
                  "what it takes to go on: the same command again continues the campaign. "
                  "everyway-fuzz/MODEL/findings if not given");
  add_switch(app, group, "--only-seeds", only_seeds_,
             "Fill an empty corpus with its first schedules, and end");
}

void FuzzOptionsParser::put_limits(FuzzOptions& options) const {
  constexpr std::uint64_t most_jobs = 256;
  if (!depth_.empty()) options.depth = parse_count("--depth", depth_, 1, 10'000);
  if (!jobs_.empty()) {
    options.workers = static_cast<unsigned>(parse_count("--jobs", jobs_, 1, most_jobs));
  }
  if (!executions_.empty()) {
    options.max_executions = parse_count("--executions", executions_, 1, most);
  }
  if (!time_.empty()) options.max_seconds = parse_duration("--time", time_);
  if (!schedule_time_.empty()) {
    options.schedule_seconds = parse_duration("--schedule-time", schedule_time_);
    if (options.schedule_seconds < 1) {
      throw UsageError(
          fmt::format("--schedule-time {}: give one second or more", in_quotes(schedule_time_)));
    }
  }
  if (time_.empty() && executions_.empty()) options.max_seconds = default_seconds;
  options.keep_going = !first_;
}

void FuzzOptionsParser::put_folders(FuzzOptions& options) const {
  check_folder("--corpus", corpus_);
  check_folder("--findings", findings_);
  const std::string usual = fmt::format("everyway-fuzz/{}/", entry_->name());
  options.corpus = corpus_.empty() ? usual + "corpus" : corpus_;
  options.findings = findings_.empty() ? usual + "findings" : findings_;
  options.only_seeds = only_seeds_;
  options.target = target_;
}

FuzzArguments FuzzOptionsParser::arguments() const {
  FuzzArguments arguments = run_.arguments<FuzzRequest>();
  FuzzOptions& options = arguments.request.options;
  options.strategy = parse_name("--strategy", strategy_, FuzzStrategy::libfuzzer);
  options.feedback = parse_name("--feedback", feedback_, Feedback::both);
  const bool with_target = options.strategy == FuzzStrategy::libfuzzer;
  if (!with_target && !feedback_.empty()) {
    throw UsageError(fmt::format("--feedback is for --strategy libfuzzer; {} has none",
                                 enum_name(options.strategy)));
  }
  if (!with_target && !target_.empty()) {
    throw UsageError(fmt::format("--target is for --strategy libfuzzer; {} needs none",
                                 enum_name(options.strategy)));
  }
  if (!with_target && !schedule_time_.empty()) {
    throw UsageError(fmt::format("--schedule-time is for --strategy libfuzzer, not {}",
                                 enum_name(options.strategy)));
  }
  put_limits(options);
  put_folders(options);
  // Random seeds are short, since people copy them.
  options.seed = seed_.empty() ? std::random_device{}() : parse_count("--seed", seed_, 0, most);
  return arguments;
}

}  // namespace everyway
