#pragma once

#include <boost/describe/class.hpp>
#include <cstddef>
#include <cstring>
#include <string>

#include "checker/cluster/faults.hpp"
#include "checker/cluster/network.hpp"
#include "checker/cluster/process.hpp"
#include "checker/model/renaming.hpp"
#include "checker/model/text.hpp"

namespace everyway::cluster {

/// One process in a state. While it is down, only `disk` is not zero.
template <class P>
struct ProcessState {
  typename P::Durable durable{};  ///< the copy in memory, which handlers read and write
  typename P::Volatile memory{};
  typename P::Durable disk{};  ///< as last persisted: what a restart finds
  bool up = false;

  BOOST_DESCRIBE_CLASS(ProcessState, (), (durable, memory, disk, up), (), ())
};

/// How the network is split in two, named by the side of n1; empty if it is not.
template <std::size_t Capacity>
struct Partition {
  NodeSet<Capacity> group;

  [[nodiscard]] bool empty() const noexcept { return group.empty(); }
  [[nodiscard]] bool separates(NodeId a, NodeId b) const noexcept {
    return !empty() && group.contains(a) != group.contains(b);
  }
  /// The other side becomes the side of n1 if n1 comes to be there.
  void rename(const Renaming& renaming) noexcept {
    group = renaming(group);
    if (empty() || group.contains(NodeId::at(0))) return;
    const std::uint64_t all = NodeSet<Capacity>::first(renaming.node_count()).bits();
    group = NodeSet<Capacity>::of_bits(all & ~group.bits());
  }
  [[nodiscard]] std::string text() const { return text_of(group); }

  BOOST_DESCRIBE_CLASS(Partition, (), (group), (), ())
};

/// The whole cluster. Processes beyond the size of the cluster are zero, and never up.
template <class P, Network N>
struct ClusterState {
  PerNode<ProcessState<P>, P::capacity> processes;
  Budgets left{};
  Partition<P::capacity> partition;  ///< the partition in force, if there is one
  N network{};  // last, since most of its room is unused: a hash may stop at trailing zeros

  [[nodiscard]] const ProcessState<P>& operator[](NodeId node) const noexcept {
    return processes[node];
  }
  [[nodiscard]] ProcessState<P>& operator[](NodeId node) noexcept { return processes[node]; }
  /// Whether a partition keeps what `from` sends from `to`.
  [[nodiscard]] bool cut_off(NodeId from, NodeId to) const noexcept {
    return partition.separates(from, to);
  }

  BOOST_DESCRIBE_CLASS(ClusterState, (), (processes, left, partition, network), (), ())
};

/// What can happen to a cluster.
enum class ActionKind : std::uint8_t {
  deliver,    ///< a message in flight arrives at a process that is up
  time_out,   ///< a timer of a process fires
  request,    ///< a client asks a process
  drop,       ///< the network loses a message in flight
  duplicate,  ///< the network doubles a message in flight
  crash,      ///< a process crashes between two of its steps
  restart,    ///< a crashed process starts again
  cut,        ///< the network splits in two
  heal,       ///< the partition ends
};
BOOST_DESCRIBE_ENUM(ActionKind, deliver, time_out, request, drop, duplicate, crash, restart, cut,
                    heal)

/// One action of a cluster. Fields that its kind does not use are zero.
template <class P>
struct ClusterAction {
  using Envelope = cluster::Envelope<typename P::Message>;

  ActionKind kind{};
  TimerOf<P> timer{};
  ClientRequest client_request;
  NodeSet<P::capacity> group;  ///< for cut: the side of n1
  /// 0: the process survives the step. Otherwise it crashes in the midst: only the first
  /// `crash_after` - 1 effects of the step happen and, of the sends that follow, those to `sent`.
  std::uint8_t crash_after = 0;
  NodeSet<P::capacity> sent;
  NodeId peer;  ///< who sent the message of deliver, drop or duplicate
  NodeId node;  ///< who acts; for drop and duplicate, to whom the message was sent
  typename P::Message message{};

  /// The message of deliver, drop or duplicate, on its way. The last three fields are laid out as
  /// an envelope is: both ways it is one copy, and no byte is read before it has been written back.
  [[nodiscard]] Envelope envelope() const noexcept {
    Envelope envelope;
    std::memcpy(&envelope, reinterpret_cast<const std::byte*>(this) + envelope_at,
                sizeof(Envelope));
    return envelope;
  }
  void set_envelope(const Envelope& envelope) noexcept {
    std::memcpy(reinterpret_cast<std::byte*>(this) + envelope_at, &envelope, sizeof(Envelope));
  }

 private:
  static constexpr std::size_t envelope_at =
      sizeof(ActionKind) + sizeof(TimerOf<P>) + sizeof(ClientRequest) +
      2 * sizeof(NodeSet<P::capacity>) + sizeof(std::uint8_t);

  BOOST_DESCRIBE_CLASS(ClusterAction, (),
                       (kind, timer, client_request, group, crash_after, sent, peer, node, message),
                       (), ())
};

}  // namespace everyway::cluster
