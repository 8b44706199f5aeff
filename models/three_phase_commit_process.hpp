// What one process of three-phase commit does, with the termination protocol that makes it
// non-blocking, after Philip Bernstein, Vassos Hadzilacos and Nathan Goodman, "Concurrency Control
// and Recovery in Database Systems" (1987), section 7.5 - below [BHG] - which follows Dale Skeen,
// "Nonblocking Commit Protocols" (1981).
//
// Where the model stands beside the book:
// - The election is by order: who suspects the coordinator turns to the process with the next
//   higher number, and tells it that it is elected.
// - A timeout that waits for several processes suspects all of them together, the last event that
//   a real one would wait for. Which timeouts may fire stands in three_phase_commit.hpp.
// - A process that has recovered takes no part in the termination protocol any more. It decides
//   alone where its log allows that, and otherwise asks the others; who has not decided yet answers
//   when it does. Total failure, where everybody must recover, is not
//   modelled: then those in doubt stay so.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/cluster/context.hpp"
#include "checker/cluster/faults.hpp"
#include "models/mutants/three_phase_commit.hpp"
#include "properties/atomic_commit.hpp"

namespace everyway::three_phase_commit {

using atomic_commit::Decision;

enum class MessageType : std::uint8_t {
  vote_req,
  yes,
  no,
  pre_commit,
  ack,
  commit,
  abort,
  elected,    ///< to the next coordinator, from one who suspects the last
  state_req,  ///< from a new coordinator
  uncertain,  ///< answers to it
  committable,
  committed,
  aborted,
  inquiry,  ///< from one who has recovered: what was decided?
};
BOOST_DESCRIBE_ENUM(MessageType, vote_req, yes, no, pre_commit, ack, commit, abort, elected,
                    state_req, uncertain, committable, committed, aborted, inquiry)

struct Message {
  MessageType type{};
};
BOOST_DESCRIBE_STRUCT(Message, (), (type))

/// What a process waits for when a timer fires.
enum class Timer : std::uint8_t {
  vote_req,     ///< a participant that has not voted: for VOTE-REQ
  coordinator,  ///< a participant in doubt: for whatever comes next from its coordinator
  answers,      ///< a coordinator: for those that it awaits
};
BOOST_DESCRIBE_ENUM(Timer, vote_req, coordinator, answers)

/// The records in the log of a process. Records are only ever added.
struct Log {
  bool began = false;          ///< the coordinator's start record; a participant's first record
  bool voted_yes = false;      ///< a participant's Yes vote: from now on it may be in doubt
  bool pre_committed = false;  ///< PRE-COMMIT received or, by a coordinator, about to be sent
  Decision decision{};
};
BOOST_DESCRIBE_STRUCT(Log, (), (began, voted_yes, pre_committed, decision))

/// What a coordinator, the first or a later one, is about.
enum class Phase : std::uint8_t { idle, voting, collecting, pre_committing };
BOOST_DESCRIBE_ENUM(Phase, idle, voting, collecting, pre_committing)

template <std::size_t Capacity>
struct Memory {
  NodeId coordinator;  ///< whom the process follows; never back to a lower number
  bool recovered = false;
  Phase phase{};
  NodeSet<Capacity> awaited;    ///< a coordinator's: whose answers are missing
  NodeSet<Capacity> uncertain;  ///< a new coordinator's: who said so
  bool committable = false;     ///< a new coordinator's: somebody said so
  NodeSet<Capacity> askers;     ///< who is to be told of the decision
};
BOOST_DESCRIBE_STRUCT(Memory<3>, (),
                      (coordinator, recovered, phase, awaited, uncertain, committable, askers))
BOOST_DESCRIBE_STRUCT(Memory<5>, (),
                      (coordinator, recovered, phase, awaited, uncertain, committable, askers))

/// n1 is the first coordinator and has no vote; the others are the participants. A participant
/// votes No by aborting before VOTE-REQ reaches it, so that both votes are explored.
template <std::size_t Capacity>
struct Process {
  static constexpr std::size_t capacity = Capacity;
  using Durable = Log;
  using Volatile = Memory<Capacity>;
  using Message = three_phase_commit::Message;
  using Timer = three_phase_commit::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  static constexpr NodeId first_coordinator = NodeId::at(0);

  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  /// The first start, or recovery: a process that recovers decides alone if its log allows it, and
  /// otherwise asks ([BHG] section 7.5).
  void start(Context& context) const {
    Log& log = context.durable();
    context.memory().coordinator = first_coordinator;
    const bool coordinates = context.self() == first_coordinator;
    if (!log.began) {
      if (!coordinates) begin(context);
      return;
    }
    context.memory().recovered = !has(Mutation::recovered_takes_part);
    if (coordinates && has(Mutation::recovery_forgets_decision)) log.decision = Decision::none;
    if (log.decision != Decision::none) return;
    if (has(Mutation::precommit_means_commit) && log.pre_committed) {
      return decide(context, Decision::commit);
    }
    // Before PRE-COMMIT is on record nobody can have committed, nor before a Yes vote is.
    const bool forgetful =
        has(Mutation::recovering_coordinator_aborts) || has(Mutation::recovery_forgets_decision);
    if (coordinates ? !log.pre_committed || forgetful : !log.voted_yes) {
      return decide(context, Decision::abort);
    }
    context.send_to_others({MessageType::inquiry});
  }

  [[nodiscard]] bool may_request(const View& view) const {
    const Log& log = view.durable();
    return view.self() == first_coordinator && !log.began && log.decision == Decision::none;
  }
  /// The client asks to commit.
  void request(Context& context, cluster::ClientRequest) const {
    begin(context);
    context.memory().phase = Phase::voting;
    await_participants(context);
    context.send_to_others({MessageType::vote_req});
  }

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    const Log& log = view.durable();
    const Volatile& memory = view.memory();
    if (log.decision != Decision::none) return false;
    if (timer == Timer::answers) return memory.phase != Phase::idle;
    if (view.self() == first_coordinator) return false;
    if (timer == Timer::vote_req) return !log.voted_yes;
    return log.voted_yes && !memory.recovered && memory.phase == Phase::idle &&
           memory.coordinator.number() < view.size() && !has(Mutation::wait_for_coordinator);
  }
  void timeout(Context& context, Timer timer) const {
    if (timer == Timer::vote_req) return decide_alone(context, Decision::abort);
    if (timer == Timer::coordinator) return turn_to_next(context);
    go_on_without(context);
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    Volatile& memory = context.memory();
    switch (message.type) {
      case MessageType::vote_req:
        return receive_vote_req(context, from);
      case MessageType::yes:
        return receive_awaited(context, from, Phase::voting);
      case MessageType::no:
        if (memory.phase == Phase::voting) decide(context, Decision::abort);
        return;
      case MessageType::pre_commit:
        return receive_pre_commit(context, from);
      case MessageType::ack:
        return receive_awaited(context, from, Phase::pre_committing);
      case MessageType::commit:
        return learn(context, Decision::commit);
      case MessageType::abort:
        return learn(context, Decision::abort);
      case MessageType::elected:
        return receive_elected(context);
      case MessageType::state_req:
        return receive_state_req(context, from);
      case MessageType::uncertain:
      case MessageType::committable:
      case MessageType::committed:
      case MessageType::aborted:
        return receive_state(context, from, message.type);
      case MessageType::inquiry:
        return receive_inquiry(context, from);
    }
  }

  [[nodiscard]] std::string describe(const Message& message) const {
    std::string name = text_of(message.type);
    for (char& letter : name) {
      letter = letter == '_' ? '-' : static_cast<char>(letter - 'a' + 'A');
    }
    return name;
  }

 private:
  static void begin(Context& context) {
    context.durable().began = true;
    context.persist();
  }
  [[nodiscard]] static bool undecided(const Context& context) {
    return context.durable().decision == Decision::none;
  }
  static Message message_of(Decision decision) {
    return {decision == Decision::commit ? MessageType::commit : MessageType::abort};
  }
  static void await_participants(Context& context) {
    context.for_each_other([&](NodeId other) {
      if (other != first_coordinator) context.memory().awaited.insert(other);
    });
  }
  static void send_to_awaited(Context& context, Message message) {
    context.for_each_other([&](NodeId other) {
      if (context.memory().awaited.contains(other)) context.send(other, message);
    });
  }

  // Decisions.

  /// On record first; then who waits for it is told.
  static void decide_alone(Context& context, Decision decision) {
    if (!undecided(context)) return;
    context.durable().decision = decision;
    context.persist();
    const NodeSet<Capacity> askers = context.memory().askers;
    stop_coordinating(context);
    context.memory().askers.clear();
    context.for_each_other([&](NodeId other) {
      if (askers.contains(other)) context.send(other, message_of(decision));
    });
  }
  /// As a coordinator: everybody is told.
  static void decide(Context& context, Decision decision) {
    context.memory().askers.clear();
    decide_alone(context, decision);
    context.send_to_others(message_of(decision));
  }
  /// A new coordinator that hears of the decision before it has come to one itself passes it on:
  /// others wait for it.
  static void learn(Context& context, Decision decision) {
    const bool coordinates = context.memory().phase != Phase::idle;
    if (undecided(context))
      coordinates ? decide(context, decision) : decide_alone(context, decision);
  }
  static void stop_coordinating(Context& context) {
    Volatile& memory = context.memory();
    memory.phase = Phase::idle;
    memory.awaited.clear();
    memory.uncertain.clear();
    memory.committable = false;
  }

  // A coordinator, the first or a later one.

  /// An answer that it waits for in this phase: the phase ends with the last of them.
  void receive_awaited(Context& context, NodeId from, Phase phase) const {
    Volatile& memory = context.memory();
    if (memory.phase != phase || !memory.awaited.contains(from)) return;
    memory.awaited.erase(from);
    if (memory.awaited.empty()) end_phase(context);
  }
  void end_phase(Context& context) const {
    switch (context.memory().phase) {
      case Phase::idle:
        return;
      case Phase::voting:
        if (has(Mutation::commit_without_precommit)) return decide(context, Decision::commit);
        await_participants(context);
        return pre_commit(context);
      case Phase::collecting:
        return apply_termination_rules(context);
      case Phase::pre_committing:
        return decide(context, Decision::commit);
    }
  }
  /// Those that it waits for have failed: no vote is a No vote, and who does not acknowledge
  /// PRE-COMMIT need not.
  void go_on_without(Context& context) const {
    if (context.memory().phase == Phase::voting && !has(Mutation::silence_means_yes)) {
      return decide(context, Decision::abort);
    }
    context.memory().awaited.clear();
    end_phase(context);
  }
  /// To those that it awaits. On record first: after this, it may not abort alone.
  void pre_commit(Context& context) const {
    context.memory().phase = Phase::pre_committing;
    context.durable().pre_committed = true;
    context.persist();
    send_to_awaited(context, {MessageType::pre_commit});
  }

  // The termination protocol ([BHG] section 7.5).

  void turn_to_next(Context& context) const {
    NodeId& coordinator = context.memory().coordinator;
    coordinator = NodeId::at(coordinator.index() + 1);
    if (coordinator == context.self()) return collect_states(context);
    context.send(coordinator, {MessageType::elected});
  }
  void receive_elected(Context& context) const {
    if (context.memory().recovered || context.self() == first_coordinator) return;
    if (!undecided(context)) {
      return context.send_to_others(message_of(context.durable().decision));
    }
    // One that has not voted is not in doubt: nobody can have committed.
    if (!context.durable().voted_yes) return decide(context, Decision::abort);
    if (context.memory().coordinator.number() >= context.self().number()) return;
    context.memory().coordinator = context.self();
    collect_states(context);
  }
  void collect_states(Context& context) const {
    context.memory().phase = Phase::collecting;
    context.memory().committable = context.durable().pre_committed;
    await_participants(context);
    if (context.memory().awaited.empty()) return apply_termination_rules(context);
    send_to_awaited(context, {MessageType::state_req});
  }

  void receive_state_req(Context& context, NodeId from) const {
    Volatile& memory = context.memory();
    if (memory.recovered || from.number() < memory.coordinator.number()) return;
    memory.coordinator = from;
    if (undecided(context)) stop_coordinating(context);
    if (undecided(context) && !context.durable().voted_yes) decide_alone(context, Decision::abort);
    context.send(from, {state_of(context.durable())});
  }
  [[nodiscard]] static MessageType state_of(const Log& log) {
    if (log.decision == Decision::commit) return MessageType::committed;
    if (log.decision == Decision::abort) return MessageType::aborted;
    return log.pre_committed ? MessageType::committable : MessageType::uncertain;
  }

  void receive_state(Context& context, NodeId from, MessageType state) const {
    Volatile& memory = context.memory();
    if (memory.phase != Phase::collecting || !memory.awaited.contains(from)) return;
    // TR1 and TR2: one who knows is enough.
    if (state == MessageType::aborted) return decide(context, Decision::abort);
    if (state == MessageType::committed) return decide(context, Decision::commit);
    if (state == MessageType::uncertain) memory.uncertain.insert(from);
    if (state == MessageType::committable) memory.committable = true;
    receive_awaited(context, from, Phase::collecting);
  }
  void apply_termination_rules(Context& context) const {
    Volatile& memory = context.memory();
    // TR3: all who are left are uncertain, so nobody can have committed.
    if (!memory.committable || has(Mutation::abort_while_committable)) {
      return decide(context, Decision::abort);
    }
    // TR4: those who are uncertain must not be, before anybody commits.
    memory.awaited = memory.uncertain;
    if (memory.awaited.empty() || has(Mutation::no_precommit_in_termination)) {
      return decide(context, Decision::commit);
    }
    pre_commit(context);
  }

  // A participant.

  void receive_vote_req(Context& context, NodeId from) const {
    Log& log = context.durable();
    if (log.decision == Decision::abort) return context.send(from, {MessageType::no});
    if (!undecided(context)) return;
    log.voted_yes = true;
    context.persist();
    context.send(from, {MessageType::yes});
  }
  void receive_pre_commit(Context& context, NodeId from) const {
    const Volatile& memory = context.memory();
    if (!undecided(context) || memory.recovered) return;
    if (from.number() < memory.coordinator.number()) return;
    context.memory().coordinator = from;
    stop_coordinating(context);
    context.durable().pre_committed = true;
    context.persist();
    context.send(from, {MessageType::ack});
  }
  void receive_inquiry(Context& context, NodeId from) const {
    if (undecided(context)) {
      context.memory().askers.insert(from);
    } else {
      context.send(from, message_of(context.durable().decision));
    }
  }
};

}  // namespace everyway::three_phase_commit
