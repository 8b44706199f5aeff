#include "checker/fuzzing/libfuzzer_workers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <utility>

#include "checker/model/parameter.hpp"
#include "checker/schedule/schedule.hpp"
#include "checker/search/progress.hpp"
#include "checker/trace/output_file.hpp"

namespace everyway {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// The line of a log that says best what the target died of.
std::string summary_of(const std::vector<std::string>& log) {
  for (const char* const sign :
       {"Assertion", "terminate called", "what():", "SUMMARY: ", "runtime error:", "ERROR: "}) {
    for (const std::string& line : log) {
      if (line.find(sign) != std::string::npos) return line;
    }
  }
  return "it ended without a word";
}

std::string last_lines(const std::vector<std::string>& log) {
  constexpr std::size_t most = 60;
  std::string text;
  for (std::size_t i = log.size() - std::min(most, log.size()); i < log.size(); ++i) {
    text += log[i] + "\n";
  }
  return text;
}

/// What a target is told of schedules, whatever it does with them: how long they may be, and take.
std::vector<std::string> limits_of(const FuzzOptions& options) {
  return {fmt::format("-max_len={}", 1 + scheduled_action_bytes * options.depth),
          fmt::format("-timeout={:.0f}", std::ceil(options.schedule_seconds)), "-detect_leaks=0"};
}

void append(std::vector<std::string>& arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
}

/// libFuzzer has no input to keep if a target fails while it changes one: what it leaves is empty,
/// and gives way to the run that was under way.
void fill_if_empty(const std::string& input, const std::vector<std::uint8_t>& run) {
  std::error_code ignored;
  if (run.empty() || fs::file_size(input, ignored) != 0) return;
  OutputFile(input).write(std::string(run.begin(), run.end()));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += " " + word;
  return text;
}

}  // namespace

LibFuzzerWorkers::LibFuzzerWorkers(const CampaignPlace& place, const FuzzOptions& options,
                                   std::string target, std::vector<std::string> configuration)
    : place_(place),
      options_(options),
      target_(std::move(target)),
      configuration_(std::move(configuration)) {
  for (unsigned number = 1; number <= options_.workers; ++number) {
    Worker& worker = workers_.emplace_back();
    worker.number = number;
    fs::remove(place_.figures(number));
    worker.figures = std::make_unique<SharedFigures>(place_.figures(number));
    worker.under_way = std::make_unique<SharedRun>(place_.run_under_way(number), options_.depth);
  }
}

void LibFuzzerWorkers::start() {
  for (Worker& worker : workers_) launch(worker);
}

/// How many schedules the worker is to test in this session; 0 for no limit.
std::uint64_t LibFuzzerWorkers::share(const Worker& worker) const {
  if (options_.max_executions == 0) return 0;
  const std::uint64_t even = options_.max_executions / options_.workers;
  return even + (worker.number <= options_.max_executions % options_.workers ? 1 : 0);
}

std::vector<std::string> LibFuzzerWorkers::arguments_of(const Worker& worker) const {
  const std::uint64_t tested = worker.figures->get().executions.load();
  // libFuzzer takes 0 for "draw one", and each life of a worker is to try something else.
  const std::uint64_t seed = (options_.seed * 1000003 + worker.number + 257 * tested) % 4294967291U;
  std::vector<std::string> arguments{
      target_, place_.corpus(), fmt::format("-seed={}", seed + 1),
      // Long schedules from the start, and not after the short ones: these violate nothing.
      "-len_control=0", "-prefer_small=0", fmt::format("-reload={}", workers_.size() > 1 ? 1 : 0),
      fmt::format("-artifact_prefix={}/{}-", place_.crashes(), worker.number), "-print_pcs=0",
      "-verbosity=0",
      "-entropic=0",  // with as many features as here, its books take most of the time
  };
  append(arguments, limits_of(options_));
  if (const std::uint64_t wanted = share(worker)) {
    arguments.push_back(fmt::format("-runs={}", wanted - std::min(wanted, tested)));
  }
  arguments.emplace_back("-ignore_remaining_args=1");
  append(arguments, configuration_);
  arguments.push_back(fmt::format("--worker={}", worker.number));
  arguments.push_back("--inbox=" + place_.inbox());
  arguments.push_back("--figures=" + place_.figures(worker.number));
  arguments.push_back("--abstract-states=" + place_.abstract_states());
  arguments.push_back("--under-way=" + place_.run_under_way(worker.number));
  return arguments;
}

void LibFuzzerWorkers::launch(Worker& worker) {
  worker.executions_at_start = worker.figures->get().executions.load();
  worker.executions_seen = worker.executions_at_start;
  worker.why_it_aborted.clear();
  worker.under_way->get().end();
  worker.process = std::make_unique<ChildProcess>(arguments_of(worker), place_.log(worker.number));
}

unsigned LibFuzzerWorkers::tend() {
  unsigned running = 0;
  for (Worker& worker : workers_) {
    if (!worker.process) continue;
    const std::optional<int> status = worker.process->exit_status();
    if (status == 0) {
      worker.process.reset();
    } else if (status) {
      died(worker, *status);
    } else {
      watch(worker);
    }
    running += worker.process ? 1 : 0;
  }
  return running;
}

/// libFuzzer itself watches the tests alone, and a schedule that is mutated is played before.
void LibFuzzerWorkers::watch(Worker& worker) const {
  const std::uint64_t tested = worker.figures->get().executions.load();
  // Before the first schedule, it reads the corpus.
  if (tested != worker.executions_seen || tested == worker.executions_at_start) {
    worker.executions_seen = tested;
    worker.seen_at = Clock::now();
    return;
  }
  // libFuzzer, which can say more, looks at its clock twice in that time: let it come first.
  const std::chrono::duration<double> most(1.5 * options_.schedule_seconds + 1);
  if (!worker.why_it_aborted.empty() || Clock::now() - worker.seen_at < most) return;
  worker.why_it_aborted = "no end of one schedule was in sight, and the target was made to fail";
  worker.process->abort();
}

void LibFuzzerWorkers::died(Worker& worker, int status) {
  constexpr unsigned most_quick_deaths = 5;
  const std::uint64_t tested = worker.figures->get().executions.load();
  const bool explained = take_artifacts(worker);
  worker.quick_deaths = tested == worker.executions_at_start ? worker.quick_deaths + 1 : 0;
  constexpr int wrong_usage = 2;
  if ((status == wrong_usage && !explained && tested == 0) ||
      worker.quick_deaths >= most_quick_deaths) {
    const std::vector<std::string> log = lines_of(place_.log(worker.number));
    throw UsageError(fmt::format("the fuzz target {} does not get going: {} ({} has all of it)",
                                 target_, log.empty() ? "it says nothing" : log.back(),
                                 place_.log(worker.number)));
  }
  const std::uint64_t wanted = share(worker);
  worker.process.reset();
  if (wanted != 0 && tested >= wanted) return;
  ++restarts_;
  launch(worker);
}

/// Whether libFuzzer left a schedule on which the target failed.
bool LibFuzzerWorkers::take_artifacts(const Worker& worker) {
  const std::vector<std::string> log = lines_of(place_.log(worker.number));
  bool any = false;
  std::error_code ignored;
  for (const auto& file : fs::directory_iterator(place_.crashes(), ignored)) {
    const std::string name = file.path().filename().string();
    if (!name.starts_with(std::to_string(worker.number) + "-") || name.ends_with(".taken"))
      continue;
    const std::string taken = file.path().string() + ".taken";
    fs::rename(file.path(), taken, ignored);
    fill_if_empty(taken, worker.under_way->get().bytes());
    const std::string& why = worker.why_it_aborted;
    crashes_.push_back({taken, why.empty() ? summary_of(log) : why, last_lines(log), target_,
                        "-ignore_remaining_args=1" + joined(configuration_), worker.number});
    any = true;
  }
  return any;
}

void LibFuzzerWorkers::stop() {
  for (Worker& worker : workers_) {
    if (!worker.process) continue;
    worker.process->end(2);
    take_artifacts(worker);
    worker.process.reset();
  }
}

FuzzCounts LibFuzzerWorkers::counts() const {
  FuzzCounts counts;
  counts.restarts = restarts_;
  for (const Worker& worker : workers_) counts.add(worker.figures->get());
  return counts;
}

std::vector<TargetCrash> LibFuzzerWorkers::take_crashes() { return std::exchange(crashes_, {}); }

void LibFuzzerWorkers::minimise_corpus() {
  std::error_code ignored;
  fs::remove_all(place_.merged_corpus(), ignored);
  fs::create_directories(place_.merged_corpus());
  std::vector<std::string> arguments{target_, "-merge=1",
                                     fmt::format("-artifact_prefix={}/merge-", place_.crashes()),
                                     place_.merged_corpus(), place_.corpus()};
  append(arguments, limits_of(options_));
  arguments.emplace_back("-ignore_remaining_args=1");
  append(arguments, configuration_);
  arguments.emplace_back("--no-fail");
  ChildProcess merge(arguments, place_.log(0));
  const bool interrupted = interrupt_requested();
  while (!merge.exit_status()) {
    if (interrupt_requested() != interrupted)
      return;  // it is killed, and the corpus stays as it is
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (merge.exit_status() == 0) keep_only_merged();
  fs::remove_all(place_.merged_corpus(), ignored);
}

/// At any time the corpus reaches all that it did: what is new comes first, then the rest goes.
void LibFuzzerWorkers::keep_only_merged() const {
  std::set<std::string> merged;
  for (const auto& file : fs::directory_iterator(place_.merged_corpus())) {
    const fs::path name = file.path().filename();
    std::error_code error;
    fs::copy_file(file.path(), fs::path(place_.corpus()) / name, fs::copy_options::skip_existing,
                  error);
    if (error) return;
    merged.insert(name.string());
  }
  if (merged.empty()) return;
  for (const auto& file : fs::directory_iterator(place_.corpus())) {
    std::error_code ignored;
    if (!file.is_regular_file(ignored)) continue;
    if (!merged.contains(file.path().filename().string())) fs::remove(file.path(), ignored);
  }
}

}  // namespace everyway
