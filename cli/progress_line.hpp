#pragma once

#include <string>

#include "checker/fuzzing/fuzz_report.hpp"
#include "checker/minimise/options.hpp"
#include "checker/search/progress.hpp"
#include "checker/search/simulation_result.hpp"

namespace everyway {

/// One line of progress on standard error, rewritten in place; nothing if that is not a terminal.
class ProgressLine {
 public:
  ProgressLine() noexcept;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// Wipes the line out.
  ~ProgressLine();

  /// What to pass to a search; empty if nothing is to be shown. To be used while this object lives.
  [[nodiscard]] ProgressObserver observer();
  /// The same for a simulation.
  [[nodiscard]] SimulationObserver simulation_observer();
  /// The same for a campaign.
  [[nodiscard]] FuzzObserver fuzz_observer();
  /// The same for a minimisation.
  [[nodiscard]] MinimiseObserver minimise_observer();

 private:
  void show(const std::string& text);

  bool on_terminal_;
  bool shown_ = false;
};

/// "1,234,567 states, 812,000/s, queue 12,345, depth 17, 34 MB, 12 s"; the rate is that since
/// `last`.
[[nodiscard]] std::string progress_text(const Progress& progress, const Progress& last);

/// "1,234 walks, 12,345,678 steps, 5,120,000 steps/s, 12 s".
[[nodiscard]] std::string progress_text(const SimulationProgress& progress,
                                        const SimulationProgress& last);

/// "1,234,567 schedules, 21,000/s, 4,321 abstract states, corpus 654, 2 findings, 2 workers, 12 s".
[[nodiscard]] std::string progress_text(const FuzzProgress& progress, const FuzzProgress& last);
/// "removing: 35 actions, 1,234 runs tried, 2 s"; of a search, how many states it has.
[[nodiscard]] std::string progress_text(const MinimiseProgress& progress);

}  // namespace everyway
