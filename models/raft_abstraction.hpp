// What is alike about the states of a Raft cluster: the feedback of schedule fuzzing.
#pragma once

#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "checker/model/fields.hpp"
#include "checker/schedule/abstraction.hpp"
#include "models/raft_server.hpp"

namespace everyway::raft {

/// What stands out about one server among the others.
struct ServerShape {
  std::uint8_t role = 0;       ///< 0: down; otherwise 1 + its role
  std::uint8_t newer = 0;      ///< servers whose currentTerm is higher than its own
  std::uint8_t votes = 0;      ///< that a candidate has
  std::uint8_t log = 0;        ///< entries
  std::uint8_t copies = 0;     ///< other servers with the same log
  std::uint8_t conflicts = 0;  ///< other servers whose log is neither the beginning of its own nor
                               ///< begins with it
  std::uint8_t committed = 0;  ///< commitIndex
  std::uint8_t flags = 0;      ///< 1: voted in its term; 2: disk lags; 4: last entry of its term
};
BOOST_DESCRIBE_STRUCT(ServerShape, (),
                      (role, newer, votes, log, copies, conflicts, committed, flags))

/// The servers in an order that does not depend on their names, and what is in flight.
template <std::size_t Capacity>
struct Abstraction {
  std::array<ServerShape, Capacity> servers{};
  std::array<std::uint8_t, 4> in_flight{};  ///< messages of each type; 3 stands for more, too
  std::uint8_t stale = 0;                   ///< of a term below that of their receivers; the same
  std::uint8_t cut = 0;                     ///< whether the network is split
  std::array<std::uint8_t, 2> unused{};

  BOOST_DESCRIBE_CLASS(Abstraction, (), (servers, in_flight, stale, cut, unused), (), ())
};

template <class State>
[[nodiscard]] auto abstraction_of(const State& state, std::size_t size) {
  constexpr std::size_t capacity = std::remove_cvref_t<decltype(state.processes)>::size();
  Abstraction<capacity> abstraction;
  const auto durable = [&](std::size_t i) -> const auto& {
    return state.processes[i].up ? state.processes[i].durable : state.processes[i].disk;
  };
  for (std::size_t i = 0; i < size; ++i) {
    const auto& server = state.processes[i];
    const auto& own = durable(i);
    ServerShape& shape = abstraction.servers[i];
    shape.role =
        server.up ? static_cast<std::uint8_t>(1 + static_cast<int>(server.memory.role)) : 0;
    shape.votes = static_cast<std::uint8_t>(server.memory.votes.size());
    shape.log = static_cast<std::uint8_t>(own.log.size());
    shape.committed = server.memory.commit_index;
    shape.flags = static_cast<std::uint8_t>(
        (own.voted_for.is_none() ? 0 : 1) + (server.up && !same_bytes(own, server.disk) ? 2 : 0) +
        (!own.log.empty() && own.log.back().term == own.current_term ? 4 : 0));
    for (std::size_t j = 0; j < size; ++j) {
      if (j == i) continue;
      const auto& other = durable(j);
      if (other.current_term > own.current_term) ++shape.newer;
      const std::size_t both = std::min(own.log.size(), other.log.size());
      const bool prefix =
          std::memcmp(own.log.begin(), other.log.begin(), both * sizeof(Entry)) == 0;
      if (!prefix) ++shape.conflicts;
      if (prefix && own.log.size() == other.log.size()) ++shape.copies;
    }
  }
  sort_parts(abstraction.servers, size);
  const auto count = [](std::uint8_t& counter) {
    counter = static_cast<std::uint8_t>(counter < 3 ? counter + 1 : 3);
  };
  for (const auto& envelope : state.network.messages) {
    count(abstraction.in_flight[static_cast<std::size_t>(envelope.message.type)]);
    if (envelope.message.term < durable(envelope.to.index()).current_term) count(abstraction.stale);
  }
  abstraction.cut = state.partition.empty() ? 0 : 1;
  return abstraction;
}

}  // namespace everyway::raft
