// What a node does when a range of keys is handed over from one node of a ring to a neighbour. The
// owner stops to serve, records that and to whom the range goes, and sends it until it hears that
// it is on record there; only then does it delete its own copy. Each handover has an epoch, so that
// a late copy of one that is over means nothing.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/cluster/context.hpp"
#include "checker/model/node_id.hpp"
#include "models/mutants/rebalancing.hpp"

namespace everyway::rebalancing {

/// A set of keys k1 to k8: those of the range that were ever written. Each write is of a key of its
/// own, so that a set of keys says which writes it contains.
struct KeySet {
  std::uint8_t bits = 0;

  static constexpr std::size_t capacity = 8;

  /// `number` is from 1 to `capacity`.
  void insert(unsigned number) noexcept { bits = static_cast<std::uint8_t>(bits | bit(number)); }
  [[nodiscard]] bool contains(unsigned number) const noexcept { return (bits & bit(number)) != 0; }
  [[nodiscard]] bool includes(KeySet other) const noexcept { return (other.bits & ~bits) == 0; }
  [[nodiscard]] KeySet united_with(KeySet other) const noexcept {
    return {static_cast<std::uint8_t>(bits | other.bits)};
  }
  [[nodiscard]] std::string text() const {
    std::string text;
    for (unsigned number = 1; number <= capacity; ++number) {
      if (contains(number)) text += fmt::format("{}k{}", text.empty() ? "" : ", ", number);
    }
    return "{" + text + "}";
  }

 private:
  static unsigned bit(unsigned number) noexcept { return 1U << (number - 1U); }

  BOOST_DESCRIBE_CLASS(KeySet, (), (bits), (), ())
};

/// What a node is to the range: it has a copy unless it is `none`.
enum class Role : std::uint8_t { none, owner, sending };
BOOST_DESCRIBE_ENUM(Role, none, owner, sending)

/// `hand_to_next`: the owner begins to hand over, as a node that leaves the ring does, whose keys
/// go to the next one clockwise; `hand_to_previous`: as when a node joins, which takes its keys
/// from the next one clockwise; `again`: no answer came, so that the range is sent once more.
enum class Timer : std::uint8_t { hand_to_next, hand_to_previous, again };
BOOST_DESCRIBE_ENUM(Timer, hand_to_next, hand_to_previous, again)

enum class MessageType : std::uint8_t { handover, received };
BOOST_DESCRIBE_ENUM(MessageType, handover, received)

struct Message {
  MessageType type{};
  std::uint8_t epoch = 0;  ///< how many handovers there were, with this one
  KeySet keys;             ///< of a handover: the range

  [[nodiscard]] std::string text() const {
    if (type == MessageType::received) return fmt::format("RECEIVED (epoch {})", epoch);
    return fmt::format("HANDOVER (epoch {}, keys {})", epoch, keys.text());
  }
};
BOOST_DESCRIBE_STRUCT(Message, (), (type, epoch, keys))

struct Durable {
  Role role{};
  std::uint8_t epoch = 0;  ///< the highest in which this node had the range
  NodeId to;               ///< while sending: who is to have the range
  KeySet keys;             ///< its copy of the range
  KeySet acknowledged;     ///< history: what it told clients was written
};
BOOST_DESCRIBE_STRUCT(Durable, (), (role, epoch, to, keys, acknowledged))

/// One node of the ring.
struct Node {
  static constexpr std::size_t capacity = 3;
  using Durable = rebalancing::Durable;
  using Volatile = cluster::Nothing;
  using Message = rebalancing::Message;
  using Timer = rebalancing::Timer;
  using Context = cluster::Context<Node>;
  using View = cluster::View<Node>;

  int moves = 1;  ///< handovers in one run
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  /// Whether a node with this on record serves the range.
  [[nodiscard]] bool serves(const Durable& durable) const noexcept {
    return durable.role == Role::owner ||
           (durable.role == Role::sending && has(Mutation::serve_until_received));
  }

  /// All that matters is on disk.
  void start(Context&) const {}

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    const Durable& durable = view.durable();
    if (timer == Timer::again) return durable.role == Role::sending;
    // Of two nodes, the next and the previous one are the same.
    const std::size_t neighbours = timer == Timer::hand_to_next ? 1 : 2;
    return durable.role == Role::owner && durable.epoch < moves && view.size() > neighbours;
  }
  void timeout(Context& context, Timer timer) const {
    if (timer == Timer::again) return hear_nothing(context);
    hand_over(context, timer == Timer::hand_to_next ? 1 : context.size() - 1);
  }

  [[nodiscard]] bool may_request(const View& view) const { return serves(view.durable()); }
  /// A client writes the key of its number.
  void request(Context& context, const cluster::ClientRequest& request) const {
    Durable& durable = context.durable();
    durable.acknowledged.insert(request.value);
    if (has(Mutation::acknowledge_before_record)) context.persist();
    durable.keys.insert(request.value);
    context.persist();
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    if (message.type == MessageType::handover) return receive_range(context, from, message);
    Durable& durable = context.durable();
    const bool is_asked = durable.epoch == message.epoch || has(Mutation::any_answer);
    if (durable.role != Role::sending || !is_asked) return;
    forget(durable);
    context.persist();
  }

 private:
  void hand_over(Context& context, std::size_t distance) const {
    Durable& durable = context.durable();
    durable.role = Role::sending;
    ++durable.epoch;
    durable.to = NodeId::at((context.self().index() + distance) % context.size());
    if (has(Mutation::send_before_record)) {
      send(context);
      return context.persist();
    }
    if (has(Mutation::forget_once_sent)) {
      send(context);
      forget(durable);
      return context.persist();
    }
    context.persist();
    send(context);
  }

  void hear_nothing(Context& context) const {
    Durable& durable = context.durable();
    if (has(Mutation::take_back)) {
      durable.role = Role::owner;
      durable.to = NodeId::none();
      return context.persist();
    }
    if (has(Mutation::redirect)) turn_to_another(context);
    send(context);
  }
  static void turn_to_another(Context& context) {
    NodeId& to = context.durable().to;
    for (std::size_t index = 0; index < context.size(); ++index) {
      const NodeId other = NodeId::at(index);
      if (other == context.self() || other == to) continue;
      to = other;
      return context.persist();
    }
  }

  void receive_range(Context& context, NodeId from, const Message& message) const {
    Durable& durable = context.durable();
    const Message answer{MessageType::received, message.epoch, {}};
    if (has(Mutation::receive_before_record)) context.send(from, answer);
    if (is_new(durable, message)) {
      durable.role = Role::owner;
      durable.epoch = message.epoch;
      durable.to = NodeId::none();
      durable.keys = message.keys;
      context.persist();
    }
    // What was received before is confirmed again: the answer may have been lost.
    if (!has(Mutation::receive_before_record)) context.send(from, answer);
  }
  [[nodiscard]] bool is_new(const Durable& durable, const Message& message) const noexcept {
    if (has(Mutation::no_epochs)) return true;
    if (has(Mutation::receive_again)) return message.epoch >= durable.epoch;
    return message.epoch > durable.epoch;
  }

  static void forget(Durable& durable) noexcept {
    durable.role = Role::none;
    durable.to = NodeId::none();
    durable.keys = {};
  }
  static void send(Context& context) {
    const Durable& durable = context.durable();
    context.send(durable.to, {MessageType::handover, durable.epoch, durable.keys});
  }
};

}  // namespace everyway::rebalancing
