#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/fuzzing/discovery.hpp"
#include "checker/fuzzing/fuzz_options.hpp"
#include "checker/model/verdict.hpp"
#include "checker/search/result.hpp"

namespace everyway {

/// One mistake that a campaign found, in one of its shapes.
struct FuzzFinding {
  std::string name;      ///< of its files, without their folder: "election-safety-1b2c3d4e"
  std::string property;  ///< empty for a crash of the target
  std::string why;
  std::string shape;         ///< what tells it from other findings
  std::uint64_t length = 0;  ///< actions of the trace that is kept
  std::uint64_t times = 0;   ///< how often it was met, as far as that was reported
  Earned earned = Earned::chance;
  unsigned worker = 0;           ///< whose discovery it is
  std::uint64_t execution = 0;   ///< schedules that this worker had tested in its session
  double processor_seconds = 0;  ///< that this worker had used in its session
  double seconds = 0;            ///< of the campaign, all sessions together

  /// Whether the target itself failed: an assertion, a sanitizer, a signal.
  [[nodiscard]] bool is_crash() const noexcept { return property.empty(); }
};

/// Where a campaign stood at one time.
struct GrowthPoint {
  double seconds = 0;
  std::uint64_t executions = 0;
  std::uint64_t abstract_states = 0;
  std::uint64_t findings = 0;
};

/// What a campaign came to, all its sessions together: what is kept to go on from.
struct FuzzTotals {
  std::uint64_t sessions = 0;
  std::uint64_t executions = 0;
  std::uint64_t steps = 0;
  std::uint64_t violating = 0;  ///< executions that violated a property
  std::uint64_t bounded = 0;    ///< executions cut short, since the model had no room
  std::uint64_t restarts = 0;   ///< of workers that died
  double seconds = 0;
  double processor_seconds = 0;  ///< of the workers
  std::uint64_t abstract_states = 0;
  std::vector<GrowthPoint> growth;
  std::vector<FuzzFinding> findings;
};

/// All that there is to say about a campaign.
struct FuzzReport {
  std::string model;
  ParameterValues parameters;
  std::string mutant;
  Verdict verdict = Verdict::unknown;
  Stop stop = Stop::max_seconds;
  std::string stop_detail;
  FuzzOptions options;       ///< as they were completed
  FuzzTotals before;         ///< the sessions before this one
  FuzzTotals totals;         ///< this one included
  bool states_full = false;  ///< whether abstract states beyond those counted were lost sight of
  std::uint64_t corpus_files = 0;
  std::vector<std::string> warnings;
};

/// Where a campaign stands; taken about once a second and once at the end.
struct FuzzProgress {
  double seconds = 0;  ///< of this session
  std::uint64_t executions = 0;
  std::uint64_t abstract_states = 0;
  std::uint64_t corpus_files = 0;
  std::uint64_t findings = 0;
  unsigned workers = 0;  ///< that are running
  std::string doing;     ///< if it is something else than fuzzing: "merging the corpus"
};

/// Called from the thread that runs the campaign.
using FuzzObserver = std::function<void(const FuzzProgress&)>;

}  // namespace everyway
