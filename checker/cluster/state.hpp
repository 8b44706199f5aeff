#pragma once

#include <algorithm>
#include <bit>
#include <boost/describe/class.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

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

  /// The message of deliver, drop or duplicate, on its way.
  [[nodiscard, gnu::always_inline]] inline Envelope envelope() const noexcept {
    if constexpr (moves_by_words) {
      Envelope envelope;
      auto* to = reinterpret_cast<std::byte*>(&envelope);
      for_each_word<sizeof(Envelope)>([&](auto at, auto count) __attribute__((always_inline)) {
        constexpr std::size_t offset = at + envelope_at;
        everyway::detail::store_bytes<count>(to + at, everyway::detail::word_at<offset>(*this));
      });
      return envelope;
    } else {
      return {peer, node, message};
    }
  }
  /// The action of this kind on a message in flight.
  [[nodiscard, gnu::always_inline]] static inline ClusterAction on(
      ActionKind kind, const Envelope& envelope) noexcept {
    ClusterAction action;
    if constexpr (moves_by_words) {
      auto* to = reinterpret_cast<std::byte*>(&action);
      for_each_word<sizeof(ClusterAction)>([&](auto at, auto count) __attribute__((always_inline)) {
        std::uint64_t word = 0;
        if constexpr (at == 0) {
          word = static_cast<std::uint64_t>(kind) | everyway::detail::word_at<0>(envelope)
                                                        << (envelope_at * 8);
        } else {
          word = everyway::detail::word_at<at - envelope_at>(envelope);
        }
        everyway::detail::store_bytes<count>(to + at, word);
      });
    } else {
      action.kind = kind;
      action.peer = envelope.from;
      action.node = envelope.to;
      action.message = envelope.message;
    }
    return action;
  }

 private:
  // The last three fields are laid out as an envelope is, but at another place in a word. Both ways
  // they are moved by whole words: one that is made of parts just written would have to wait for
  // the processor's store buffer when it is read.
  static constexpr std::size_t envelope_at =
      sizeof(ActionKind) + sizeof(TimerOf<P>) + sizeof(ClientRequest) +
      2 * sizeof(NodeSet<P::capacity>) + sizeof(std::uint8_t);
  static constexpr bool moves_by_words =
      std::endian::native == std::endian::little && envelope_at < sizeof(std::uint64_t);

  /// Calls visit(at, count) for the words of a value of `Size` bytes, both as constants.
  template <std::size_t Size, class Visit>
  [[gnu::always_inline]] static inline void for_each_word(const Visit& visit) {
    constexpr std::size_t word = sizeof(std::uint64_t);
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
      (visit(std::integral_constant<std::size_t, I * word>{},
             std::integral_constant<std::size_t, std::min(word, Size - I * word)>{}),
       ...);
    }
    (std::make_index_sequence<(Size + word - 1) / word>{});
  }

  BOOST_DESCRIBE_CLASS(ClusterAction, (),
                       (kind, timer, client_request, group, crash_after, sent, peer, node, message),
                       (), ())
};

}  // namespace everyway::cluster
