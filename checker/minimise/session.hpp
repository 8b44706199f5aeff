#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "checker/minimise/options.hpp"
#include "checker/search/progress.hpp"

namespace everyway {

/// What all parts of one minimisation share: its limits, whom to tell, and what was done.
class MinimiseSession {
 public:
  /// `observer` must outlive the session. Throws `UsageError` on options that cannot be met.
  MinimiseSession(const MinimiseOptions& options, const MinimiseObserver& observer);
  MinimiseSession(const MinimiseSession&) = delete;
  MinimiseSession& operator=(const MinimiseSession&) = delete;

  [[nodiscard]] const MinimiseOptions& options() const noexcept { return options_; }
  [[nodiscard]] double seconds() const noexcept;
  [[nodiscard]] std::uint64_t candidates() const noexcept { return progress_.candidates; }

  /// What is done from now on, to a run of `length` actions.
  void enter(MinimisePhase phase, std::size_t length);
  /// One more run is tried. Returns false if the user wants an end.
  bool next_candidate();
  /// Whether the user wants an end.
  [[nodiscard]] static bool interrupted() noexcept { return interrupt_requested(); }

  /// From now on, searches may go on until this share of all seconds is over.
  void allow(double share) noexcept { share_ = share; }
  /// Whether searches have a limit, and what is left of it; at least 0.
  [[nodiscard]] bool limits_seconds() const noexcept { return max_seconds_ > 0; }
  [[nodiscard]] double seconds_left() const noexcept;
  [[nodiscard]] bool out_of_time() const noexcept {
    return limits_seconds() && seconds_left() <= 0;
  }
  /// What to pass to a search, so that its progress is told.
  [[nodiscard]] ProgressObserver search_observer();

 private:
  using Clock = std::chrono::steady_clock;

  void tell();

  MinimiseOptions options_;
  const MinimiseObserver& observer_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point told_ = start_;
  double max_seconds_;
  double share_ = 1;
  MinimiseProgress progress_;
};

}  // namespace everyway
