#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/fuzzing/fuzz_report.hpp"
#include "checker/model/property.hpp"
#include "checker/search/options.hpp"
#include "checker/search/result.hpp"
#include "checker/search/simulation_result.hpp"
#include "checker/trace/trace_file.hpp"

namespace everyway {

/// One parameter of a model, without the type of its options.
struct ParameterInfo {
  std::string name;  ///< as on the command line, without dashes in front
  std::string meaning;
  bool is_switch = false;
  std::int64_t lowest = 0;
  std::int64_t highest = 1;
  std::int64_t initial = 0;  ///< the value if none is given
};

/// One property of a model, without the types of its states.
struct PropertyInfo {
  std::string name;
  PropertyKind kind = PropertyKind::always;
  std::string meaning;
};

/// What to check, as the command line gives it.
struct CheckRequest {
  ParameterValues parameters;  ///< in any order; those left out have their initial values
  std::string mutant;          ///< empty for the unchanged protocol
  SearchOptions options;
};

/// What to simulate, as the command line gives it.
struct SimulateRequest {
  ParameterValues parameters;  ///< in any order; those left out have their initial values
  std::string mutant;          ///< empty for the unchanged protocol
  SimulationOptions options;
};

/// What to fuzz, as the command line gives it.
struct FuzzRequest {
  ParameterValues parameters;  ///< in any order; those left out have their initial values
  std::string mutant;          ///< empty for the unchanged protocol
  FuzzOptions options;
};

/// What became of one property.
struct PropertyReport {
  PropertyInfo property;
  Verdict verdict = Verdict::unknown;
  std::string why;                 ///< for a violation
  std::optional<TraceFile> trace;  ///< the counterexample, or the witness of a reachable property
  std::string story;               ///< `trace` in words; empty without one
  std::uint64_t walk = 0;          ///< of a simulation: the walk that decided it; 0 if none did
};

/// What there is to say about every run of a model that was to decide its properties.
struct RunReport {
  std::string model;
  ParameterValues parameters;  ///< all of them
  std::string mutant;
  Verdict verdict = Verdict::unknown;
  Stop stop = Stop::exhausted;
  std::string stop_detail;
  double seconds = 0;
  unsigned workers = 1;
  std::vector<PropertyReport> properties;
  std::vector<ActionCount> actions;
};

/// From this chance on that a fingerprint collision hid a state, a report warns of it.
inline constexpr double collisions_to_warn_of = 0.01;

/// All that there is to say about a check; `SearchResult` without the types of the model.
struct CheckReport : RunReport {
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint64_t skipped = 0;
  std::uint32_t depth = 0;
  std::size_t visited_bytes = 0;
  std::size_t peak_memory_bytes = 0;
  double fingerprint_bits = 0;
  double collision_probability = 0;
  std::optional<BitstateCoverage> coverage;
  std::vector<SwarmMember> swarm;
  Strategy strategy = Strategy::bfs;
  Storage storage = Storage::fingerprints;
  Reduction reduction = Reduction::none;
  bool symmetry = false;              ///< whether states are orbits
  std::vector<std::string> warnings;  ///< one line each
};

/// All that there is to say about a simulation; `SimulationResult` without the types of the model.
struct SimulateReport : RunReport {
  Checks checks = Checks::chosen;
  std::uint64_t depth = 0;
  std::uint64_t seed = 0;
  WalkCounts counts;
};

/// A property that a replayed run shows to be violated or, if it is `reachable`, witnessed.
struct ReplayFinding {
  PropertyInfo property;
  std::size_t step = 0;  ///< the action after which it shows; 0 for the initial state
  std::string why;       ///< empty for a witness
};

/// What the replay of a trace showed.
struct ReplayReport {
  TraceFile trace;
  std::string story;
  std::vector<ReplayFinding> findings;  ///< the recorded property first

  /// Whether some property is violated: not by a witness.
  [[nodiscard]] bool violated() const noexcept {
    for (const ReplayFinding& finding : findings) {
      if (finding.property.kind != PropertyKind::reachable) return true;
    }
    return false;
  }
  /// Whether the run shows what its file says of the recorded property.
  [[nodiscard]] bool reproduced() const noexcept {
    return !findings.empty() && findings.front().property.name == trace.property;
  }
};

}  // namespace everyway
