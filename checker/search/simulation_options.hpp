#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace everyway {

/// What a simulation looks at.
enum class Checks : std::uint8_t {
  chosen,   ///< the states and steps of its walks
  enabled,  ///< also every successor of each state on them, walked to or not
};
BOOST_DESCRIBE_ENUM(Checks, chosen, enabled)

/// Which walks to take and when to stop. 0 means "no limit" for every limit but `depth`. Walks are
/// numbered; walk i of a seed is the same in every simulation with the same model and depth.
struct SimulationOptions {
  Checks checks = Checks::chosen;
  /// Steps that one walk may take, at least 1.
  std::uint64_t depth = 100;
  std::uint64_t seed = 0;
  /// The number of the first walk, at least 1.
  std::uint64_t first_walk = 1;
  std::uint64_t max_walks = 0;
  /// Steps of all walks together; the last walk is cut short to keep to it.
  std::uint64_t max_steps = 0;
  double max_seconds = 0;
  /// Threads; 0 takes all cores. What is found and counted is the same for any number, unless time
  /// or the user ends the simulation.
  unsigned workers = 0;
  /// Go on after a violation until every property is decided or a limit is reached.
  bool keep_going = false;
  /// Whether an unexpected state without enabled actions is a violation.
  bool check_deadlock = true;
  /// Only these properties, by name; all of them if empty. "deadlock" names the deadlock check.
  std::vector<std::string> properties;
};

/// The options with the number of workers filled in. Throws `UsageError` on what cannot be met.
[[nodiscard]] SimulationOptions completed(SimulationOptions options);

/// How many walks the next round has: as many as all workers can share without waiting long for
/// the slowest, within what the limits leave. A round is the unit in which walks are taken and
/// findings compared, so its size depends on nothing but what earlier rounds counted.
[[nodiscard]] std::uint64_t walks_of_round(const SimulationOptions& options, std::uint64_t walks,
                                           std::uint64_t steps) noexcept;

}  // namespace everyway
