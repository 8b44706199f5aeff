// What is alike about the states of a cluster that runs two-phase commit: the feedback of schedule
// fuzzing.
#pragma once

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "checker/model/fields.hpp"
#include "checker/schedule/abstraction.hpp"
#include "models/two_phase_commit_process.hpp"

namespace everyway::two_phase_commit {

/// What stands out about one process.
struct ProcessShape {
  bool up = false;
  Log log;                     ///< of one that is down, as on its disk
  std::uint8_t votes = 0;      ///< that a coordinator has
  std::uint8_t acks = 0;       ///< that a coordinator has
  std::uint8_t disk_lags = 0;  ///< whether a crash would lose something
};
BOOST_DESCRIBE_STRUCT(ProcessShape, (), (up, log, votes, acks, disk_lags))

/// The participants, in an order that does not depend on their names; behind them, the coordinator.
/// Messages in flight are left out: which types there are, says little more than the logs and votes
/// that they come of, and makes many more states new.
template <std::size_t Capacity>
struct Abstraction {
  std::array<ProcessShape, Capacity> processes{};
  bool is_split = false;  ///< whether there is a partition

  BOOST_DESCRIBE_CLASS(Abstraction, (), (processes, is_split), (), ())
};

/// Of a state of `participants` participants and, before them, a coordinator.
template <class State>
[[nodiscard]] auto abstraction_of(const State& state, std::size_t participants) {
  constexpr std::size_t capacity = std::remove_cvref_t<decltype(state.processes)>::size();
  Abstraction<capacity> abstraction;
  const std::size_t count = std::min(participants + 1, capacity);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& process = state.processes[i];
    ProcessShape& shape = abstraction.processes[i == 0 ? count - 1 : i - 1];
    shape.up = process.up;
    shape.log = process.up ? process.durable : process.disk;
    shape.votes = static_cast<std::uint8_t>(process.memory.votes.size());
    shape.acks = static_cast<std::uint8_t>(process.memory.acks.size());
    shape.disk_lags = process.up && !same_bytes(process.durable, process.disk) ? 1 : 0;
  }
  sort_parts(abstraction.processes, count - 1);
  abstraction.is_split = !state.partition.empty();
  return abstraction;
}

}  // namespace everyway::two_phase_commit
