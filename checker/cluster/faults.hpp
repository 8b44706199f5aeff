#pragma once

#include <boost/describe/class.hpp>
#include <concepts>
#include <cstdint>
#include <utility>

#include "checker/model/parameter.hpp"

namespace everyway::cluster {

/// How many faults of each kind one run may have. What a run has left is part of the state. The
/// options of a model derive from it, and so offer `--drops`, `--crashes` and the others.
struct Faults {
  int drops = 0;
  int duplicates = 0;
  int crashes = 0;
  int restarts = 0;
  int partitions = 0;
};
BOOST_DESCRIBE_STRUCT(Faults, (), (drops, duplicates, crashes, restarts, partitions))

/// The parameters that set the budgets of `Options`, a described struct that derives from `Faults`.
template <Described Options>
requires std::derived_from<Options, Faults>
[[nodiscard]] Parameters<Options> fault_parameters() {
  constexpr int most = 100;
  return {
      ranged<Options>(&Options::drops, 0, most, "messages in flight that the network may lose"),
      ranged<Options>(&Options::duplicates, 0, most,
                      "messages in flight that the network may double"),
      ranged<Options>(&Options::crashes, 0, most,
                      "times that a process may crash, idle or between any two effects of a step: "
                      "what it did not persist is lost"),
      ranged<Options>(&Options::restarts, 0, most,
                      "times that a crashed process may start again with what it persisted"),
      ranged<Options>(&Options::partitions, 0, most,
                      "times that the network may split in two: messages across are lost until it "
                      "heals"),
  };
}

/// `own`, and behind them those of `Faults`.
template <Described Options>
requires std::derived_from<Options, Faults>
[[nodiscard]] Parameters<Options> with_fault_parameters(Parameters<Options> own) {
  for (auto& fault : fault_parameters<Options>()) own.push_back(std::move(fault));
  return own;
}

/// `own`, and behind them those of `Faults` but crashes and restarts, for processes that keep
/// nothing on disk.
template <Described Options>
requires std::derived_from<Options, Faults>
[[nodiscard]] Parameters<Options> with_network_fault_parameters(Parameters<Options> own) {
  for (auto& fault : fault_parameters<Options>()) {
    if (fault.name == "crashes" || fault.name == "restarts") continue;
    own.push_back(std::move(fault));
  }
  return own;
}

/// What one run has left, and how many client requests.
struct Budgets {
  std::uint8_t drops = 0;
  std::uint8_t duplicates = 0;
  std::uint8_t crashes = 0;
  std::uint8_t restarts = 0;
  std::uint8_t partitions = 0;
  std::uint8_t requests = 0;
};
BOOST_DESCRIBE_STRUCT(Budgets, (), (drops, duplicates, crashes, restarts, partitions, requests))

}  // namespace everyway::cluster
