#pragma once

#include <fmt/format.h>

#include <chrono>

#include "checker/search/shared_search.hpp"

namespace everyway::detail {

/// The time that a run has taken since this was made, and what goes by it.
class RunClock {
 public:
  /// From any thread.
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
  }

  /// Called some times a second, by one thread: stops a run that is `interrupted` or has taken
  /// `max_seconds` (0: no limit), and calls `report()` about once a second.
  template <class Report>
  void tick(EarlyStop& stop, bool interrupted, double max_seconds, const Report& report) {
    if (interrupted) stop.request(Stop::interrupted, "interrupted");
    if (max_seconds > 0 && seconds() >= max_seconds) {
      stop.request(Stop::max_seconds,
                   fmt::format("the limit of {} seconds was reached", max_seconds));
    }
    constexpr double between_reports = 1.0;
    if (seconds() - reported_at_ < between_reports) return;
    reported_at_ = seconds();
    report();
  }

 private:
  using Clock = std::chrono::steady_clock;

  const Clock::time_point started_ = Clock::now();
  double reported_at_ = 0;
};

}  // namespace everyway::detail
