#pragma once

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

#include "checker/fuzzing/abstract_states.hpp"
#include "checker/fuzzing/campaign_place.hpp"
#include "checker/fuzzing/finding_store.hpp"
#include "checker/fuzzing/fuzz_report.hpp"
#include "checker/fuzzing/fuzz_workers.hpp"

namespace everyway {

/// A trace that cannot be told: it is no run of the model, or does not violate its property.
class TellError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The model that a campaign tests, without its types.
struct FuzzSubject {
  std::string model;
  ParameterValues parameters;  ///< all of them
  std::string mutant;
  /// Makes a violating run as short as it can, and tells it. Throws `TellError`.
  std::function<ToldTrace(const TraceFile&)> tell;
};

/// One session of a campaign: tends its workers, keeps what they find, and ends when it must. What
/// earlier sessions in the same place came to is the beginning of this one.
class Campaign {
 public:
  /// Makes or opens the place. Throws `UsageError`.
  Campaign(FuzzSubject subject, const FuzzOptions& options, FuzzObserver observer);

  [[nodiscard]] const CampaignPlace& place() const noexcept { return place_; }
  /// As they were completed.
  [[nodiscard]] const FuzzOptions& options() const noexcept { return options_; }
  [[nodiscard]] AbstractStates& abstract_states() noexcept { return abstract_states_; }

  /// Lets `workers` work until a limit is reached, the user interrupts, or there is a finding, if
  /// the session is not to go on after one. Throws `UsageError`.
  [[nodiscard]] FuzzReport run(FuzzWorkers& workers);
  /// The report of a session that tests nothing.
  [[nodiscard]] FuzzReport end_at_once(std::string why);

 private:
  using Clock = std::chrono::steady_clock;

  bool must_end(unsigned running);
  bool end(Stop stop, std::string detail);
  void collect(FuzzWorkers& workers);
  void collect_discoveries();
  void note(const FuzzWorkers& workers);
  void note_growth();
  void save();
  void show(unsigned running, const std::string& doing);
  [[nodiscard]] bool out_of_time() const;
  [[nodiscard]] double seconds() const;
  [[nodiscard]] FuzzReport report();

  FuzzSubject subject_;
  FuzzOptions options_;
  FuzzObserver observer_;
  CampaignPlace place_;
  AbstractStates abstract_states_;
  FuzzTotals before_;
  FuzzTotals totals_;
  FindingStore store_;
  Clock::time_point started_ = Clock::now();
  double shown_at_ = -1;
  double saved_at_ = 0;
  double next_growth_ = 1;   ///< seconds of the campaign at which to note how far it is
  bool discovered_ = false;  ///< something, in this session
  std::string misfit_;       ///< why a discovery could not be told
  Stop stop_ = Stop::max_seconds;
  std::string stop_detail_;
};

}  // namespace everyway
