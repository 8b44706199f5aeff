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

/// What stands out about one server among the others. It is coarse on purpose: with the messages in
/// flight, say, nearly every state would be new.
struct ServerShape {
  std::uint8_t standing = 0;      ///< 0: down; otherwise 1 + its role
  std::uint8_t ahead = 0;         ///< servers whose currentTerm is higher
  std::uint8_t nearly_leads = 0;  ///< whether a candidate lacks at most one vote
  std::uint8_t log = 0;           ///< entries
  std::uint8_t conflicts = 0;     ///< whether its log and that of another have different entries at
                                  ///< an index
  std::uint8_t committed = 0;     ///< commitIndex
  std::uint8_t disk_lags = 0;     ///< whether a crash would lose something
};
BOOST_DESCRIBE_STRUCT(ServerShape, (),
                      (standing, ahead, nearly_leads, log, conflicts, committed, disk_lags))

/// The servers, in an order that does not depend on their names.
template <std::size_t Capacity>
struct Abstraction {
  std::array<ServerShape, Capacity> servers{};
  std::uint8_t stale = 0;  ///< messages in flight of a term that their receivers left behind; 3
                           ///< stands for more, too
  bool is_split = false;   ///< whether there is a partition

  BOOST_DESCRIBE_CLASS(Abstraction, (), (servers, stale, is_split), (), ())
};

namespace detail {

/// What a server knows; of one that is down, what it will find on its disk.
template <class Process>
[[nodiscard]] const auto& known(const Process& server) {
  return server.up ? server.durable : server.disk;
}

template <class Process>
[[nodiscard]] ServerShape shape_of(const Process& server, std::size_t majority) {
  const auto& own = known(server);
  ServerShape shape;
  if (server.up) {
    shape.standing = static_cast<std::uint8_t>(1 + static_cast<int>(server.memory.role));
    shape.disk_lags = same_bytes(own, server.disk) ? 0 : 1;
  }
  shape.nearly_leads = server.memory.votes.size() + 1 >= majority ? 1 : 0;
  shape.log = static_cast<std::uint8_t>(own.log.size());
  shape.committed = server.memory.commit_index;
  return shape;
}

template <class Log>
[[nodiscard]] bool agree(const Log& left, const Log& right) {
  const std::size_t both = std::min(left.size(), right.size());
  return std::memcmp(left.begin(), right.begin(), both * sizeof(Entry)) == 0;
}

}  // namespace detail

/// Of a state of `size` servers.
template <class State>
[[nodiscard]] auto abstraction_of(const State& state, std::size_t size) {
  constexpr std::size_t capacity = std::remove_cvref_t<decltype(state.processes)>::size();
  Abstraction<capacity> abstraction;
  const std::size_t count = std::min(size, capacity);
  for (std::size_t i = 0; i < count; ++i) {
    ServerShape& shape = abstraction.servers[i];
    const auto& own = detail::known(state.processes[i]);
    shape = detail::shape_of(state.processes[i], size / 2 + 1);
    for (std::size_t j = 0; j < count; ++j) {
      const auto& other = detail::known(state.processes[j]);
      if (other.current_term > own.current_term) ++shape.ahead;
      if (!detail::agree(own.log, other.log)) shape.conflicts = 1;
    }
  }
  sort_parts(abstraction.servers, count);
  for (const auto& envelope : state.network.messages) {
    const auto& receiver = detail::known(state[envelope.to]);
    if (envelope.message.term < receiver.current_term && abstraction.stale < 3) ++abstraction.stale;
  }
  abstraction.is_split = !state.partition.empty();
  return abstraction;
}

}  // namespace everyway::raft
