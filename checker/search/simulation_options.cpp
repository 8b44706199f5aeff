#include "checker/search/simulation_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "checker/model/parameter.hpp"
#include "checker/search/options.hpp"

namespace everyway {

SimulationOptions completed(SimulationOptions options) {
  options.workers = completed_workers(options.workers);
  if (options.depth == 0) throw UsageError("a walk of 0 steps: give a depth of at least 1");
  if (options.first_walk == 0) throw UsageError("there is no walk 0: walks are numbered from 1");
  return options;
}

std::uint64_t walks_of_round(const SimulationOptions& options, std::uint64_t walks,
                             std::uint64_t steps) noexcept {
  constexpr std::uint64_t steps_of_round = std::uint64_t{1} << 18U;
  // Rounds double, so that a violation in one of the first walks does not wait for many others.
  std::uint64_t round = std::max<std::uint64_t>(walks, 1);
  const std::uint64_t mean = walks == 0 ? 1 : steps / walks + 1;
  round = std::min(round, std::max<std::uint64_t>(steps_of_round / mean, 1));
  if (options.max_walks != 0) round = std::min(round, options.max_walks - walks);
  if (options.max_steps != 0) {
    round =
        std::min(round, std::max<std::uint64_t>((options.max_steps - steps) / options.depth, 1));
  }
  return round;
}

}  // namespace everyway
