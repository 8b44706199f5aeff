#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "checker/fuzzing/campaign_place.hpp"
#include "checker/fuzzing/child_process.hpp"
#include "checker/fuzzing/fuzz_options.hpp"
#include "checker/fuzzing/fuzz_workers.hpp"
#include "checker/fuzzing/shared_run.hpp"
#include "checker/fuzzing/worker_figures.hpp"

namespace everyway {

/// Workers that are processes of a libFuzzer target, which share a corpus. One that dies is started
/// again, and what it died of is a finding; only one that cannot get going ends the session.
class LibFuzzerWorkers final : public FuzzWorkers {
 public:
  /// `target` is the program, `configuration` its arguments for the model, such as --servers=5.
  LibFuzzerWorkers(const CampaignPlace& place, const FuzzOptions& options, std::string target,
                   std::vector<std::string> configuration);

  void start() override;
  unsigned tend() override;
  void stop() override;
  [[nodiscard]] FuzzCounts counts() const override;
  [[nodiscard]] std::vector<TargetCrash> take_crashes() override;
  void minimise_corpus() override;

 private:
  using Clock = std::chrono::steady_clock;

  struct Worker {
    unsigned number = 0;  ///< from 1
    std::unique_ptr<SharedFigures> figures;
    std::unique_ptr<SharedRun> under_way;
    std::unique_ptr<ChildProcess> process;
    unsigned quick_deaths = 0;  ///< one after the other, without a schedule tested
    std::uint64_t executions_at_start = 0;
    std::uint64_t executions_seen = 0;
    Clock::time_point seen_at;   ///< when `executions_seen` was new
    std::string why_it_aborted;  ///< if it was made to
  };

  void launch(Worker& worker);
  void watch(Worker& worker) const;
  void died(Worker& worker, int status);
  [[nodiscard]] std::vector<std::string> arguments_of(const Worker& worker) const;
  [[nodiscard]] std::uint64_t share(const Worker& worker) const;
  bool take_artifacts(const Worker& worker);
  void keep_only_merged() const;

  const CampaignPlace& place_;
  const FuzzOptions& options_;
  std::string target_;
  std::vector<std::string> configuration_;
  std::vector<Worker> workers_;
  std::vector<TargetCrash> crashes_;
  std::uint64_t restarts_ = 0;
};

}  // namespace everyway
