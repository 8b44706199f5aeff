#pragma once

#include <string>
#include <utility>
#include <vector>

#include "checker/fuzzing/campaign.hpp"
#include "checker/fuzzing/libfuzzer_workers.hpp"
#include "checker/fuzzing/run_workers.hpp"
#include "checker/fuzzing/seeds.hpp"

namespace everyway {

/// How a libFuzzer target is told what to test.
struct TargetConfiguration {
  std::string model;                   ///< its name, which is part of the target's
  std::vector<std::string> arguments;  ///< such as --servers=5
};

/// One session of a campaign that tests `model`: see `Campaign`. An empty corpus is filled with
/// seeds first. Throws `UsageError` if the options cannot be met.
template <Model M>
[[nodiscard]] FuzzReport fuzz(const M& model, const FuzzSubject& subject,
                              const FuzzOptions& options, const TargetConfiguration& target,
                              const FuzzObserver& observer) {
  const bool needs_target = options.strategy == FuzzStrategy::libfuzzer && !options.only_seeds;
  const std::string program = needs_target ? find_fuzz_target(target.model, options.target) : "";
  Campaign campaign(subject, options, observer);
  if ((needs_target || options.only_seeds) && campaign.place().corpus_files() == 0) {
    std::vector<SeedSchedule> seeds = seed_schedules(model, options.depth);
    if (!options.only_seeds) lengthen(model, options.depth, options.seed, seeds);
    write_seeds(campaign.place().corpus(), seeds);
  }
  if (options.only_seeds) {
    return campaign.end_at_once("the corpus has its first schedules, and no others were wanted");
  }
  if (needs_target) {
    LibFuzzerWorkers workers(campaign.place(), campaign.options(), program, target.arguments);
    return campaign.run(workers);
  }
  const TraceFile heading = heading_of_trace(subject.model, subject.parameters, subject.mutant);
  RunWorkers<M> workers(model, campaign.options(), campaign.place(), campaign.abstract_states(),
                        heading);
  return campaign.run(workers);
}

}  // namespace everyway
