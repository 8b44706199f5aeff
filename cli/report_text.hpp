#pragma once

#include <string>

#include "checker/catalogue/report.hpp"
#include "checker/trace/configuration.hpp"

namespace everyway {

/// Where the trace that goes with a report was to be written; nowhere if empty.
struct TracePlace {
  std::string path;
  /// The property whose trace was written there; empty if there was none to write.
  std::string property;
};

/// The report for people: each counterexample as a story, what became of every property, the
/// figures of the search, warnings, and the verdict as the last line.
[[nodiscard]] std::string report_text(const CheckReport& report, const TracePlace& saved);

/// The same for a simulation. Each counterexample comes with the command that finds it again.
[[nodiscard]] std::string report_text(const SimulateReport& report, const TracePlace& saved);

/// The replayed run as a story, and what it shows.
[[nodiscard]] std::string replay_text(const ReplayReport& report);

/// The chance that a fingerprint collision hid a state, in words.
[[nodiscard]] std::string collision_text(const CheckReport& report);

}  // namespace everyway
