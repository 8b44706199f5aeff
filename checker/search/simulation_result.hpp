#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/search/result.hpp"
#include "checker/search/simulation_options.hpp"

namespace everyway {

/// What the walks of a simulation came to; each has one end.
struct WalkCounts {
  std::uint64_t walks = 0;
  std::uint64_t steps = 0;  ///< actions that walks took, those turned back from not among them
  /// Steps that led outside the model's bound: checked, and turned back from.
  std::uint64_t turned_back = 0;
  std::uint64_t named = 0;      ///< enabled actions of all states that walks went on from
  std::uint64_t generated = 0;  ///< states computed: initial, stepped to, turned back from, and,
                                ///< where every successor is checked, those
  std::uint64_t longest = 0;    ///< steps of the longest walk

  std::uint64_t ended_at_depth = 0;
  std::uint64_t ended_as_expected = 0;  ///< no action enabled, which the model allows there
  std::uint64_t deadlocked = 0;         ///< no action enabled, which the model does not
  std::uint64_t cornered = 0;           ///< every enabled action leads outside the model's bound
  std::uint64_t violating = 0;          ///< a property was violated on the way
  std::uint64_t cut_short = 0;          ///< time, memory of the model, or the user ended it

  void add(const WalkCounts& other) noexcept;
};

template <Model M>
struct SimulationResult {
  Verdict verdict = Verdict::unknown;
  Stop stop = Stop::max_walks;
  std::string stop_detail;  ///< one sentence for people
  std::uint64_t seed = 0;
  WalkCounts counts;
  double seconds = 0;  ///< wall clock
  unsigned workers = 1;
  std::vector<PropertyOutcome<M>> properties;
  std::vector<ActionCount> actions;
};

/// Where a simulation stands; taken about once a second and once at the end.
struct SimulationProgress {
  std::uint64_t walks = 0;
  std::uint64_t steps = 0;
  double seconds = 0;
};

/// Called from a thread of its own while the simulation runs.
using SimulationObserver = std::function<void(const SimulationProgress&)>;

}  // namespace everyway
