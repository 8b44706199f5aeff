// What is alike about the states of a Paxos cluster: the feedback of schedule fuzzing.
#pragma once

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "checker/model/fields.hpp"
#include "checker/schedule/abstraction.hpp"
#include "models/paxos_process.hpp"

namespace everyway::paxos {

/// What stands out about one process. Ballots are ranks already: there are few, and each belongs to
/// one proposer, as a value does.
struct ProcessShape {
  bool up = false;
  Phase phase{};               ///< a proposer's
  std::uint8_t answers = 0;    ///< that a proposer has in this phase
  Ballot tried = 0;            ///< a proposer's highest ballot
  Value learned = 0;           ///< what a proposer takes for chosen
  Ballot promised = 0;         ///< an acceptor's
  Ballot voted = 0;            ///< an acceptor's highest ballot with a vote
  std::uint8_t rivals = 0;     ///< whether an acceptor has voted for two values
  std::uint8_t disk_lags = 0;  ///< whether a crash would lose something
};
BOOST_DESCRIBE_STRUCT(ProcessShape, (),
                      (up, phase, answers, tried, learned, promised, voted, rivals, disk_lags))

/// Proposers keep their places: their ballots tell them apart. Acceptors stand in an order that
/// does not depend on their names.
template <std::size_t Capacity>
struct Abstraction {
  std::array<ProcessShape, Capacity> processes{};
  bool is_split = false;  ///< whether there is a partition

  BOOST_DESCRIBE_CLASS(Abstraction, (), (processes, is_split), (), ())
};

namespace detail {

template <class ProcessState>
[[nodiscard]] ProcessShape shape_of(const ProcessState& process) {
  const Durable& own = process.up ? process.durable : process.disk;
  ProcessShape shape;
  shape.up = process.up;
  shape.phase = process.memory.phase;
  shape.answers = static_cast<std::uint8_t>(process.memory.answers.size());
  shape.tried = own.tried;
  shape.learned = own.learned;
  shape.promised = own.promised;
  shape.voted = own.votes.highest();
  Value first = 0;
  for (const Value value : own.votes.in_ballot) {
    if (first == 0) first = value;
    if (value != 0 && value != first) shape.rivals = 1;
  }
  if (process.up && !same_bytes(process.durable, process.disk)) shape.disk_lags = 1;
  return shape;
}

}  // namespace detail

/// Of a state of `proposers` proposers and, behind them, `acceptors` acceptors.
template <class State>
[[nodiscard]] auto abstraction_of(const State& state, std::size_t proposers,
                                  std::size_t acceptors) {
  constexpr std::size_t capacity = std::remove_cvref_t<decltype(state.processes)>::size();
  Abstraction<capacity> abstraction;
  std::array<ProcessShape, capacity> shapes{};
  const std::size_t count = std::min(proposers + acceptors, capacity);
  // Acceptors come first while they are sorted.
  for (std::size_t i = 0; i < count; ++i) {
    shapes[i < proposers ? acceptors + i : i - proposers] = detail::shape_of(state.processes[i]);
  }
  sort_parts(shapes, acceptors);
  abstraction.processes = shapes;
  abstraction.is_split = !state.partition.empty();
  return abstraction;
}

}  // namespace everyway::paxos
