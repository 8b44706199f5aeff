// What one process of two-phase commit does: a coordinator or a participant, with a write-ahead
// log, after Philip Bernstein, Vassos Hadzilacos and Nathan Goodman, "Concurrency Control and
// Recovery in Database Systems" (1987), sections 7.3 to 7.5, and Jim Gray and Leslie Lamport,
// "Consensus on Transaction Commit" (2006), section 3.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/cluster/context.hpp"
#include "checker/cluster/faults.hpp"
#include "models/mutants/two_phase_commit.hpp"
#include "properties/atomic_commit.hpp"

namespace everyway::two_phase_commit {

using atomic_commit::Decision;

struct Options : cluster::Faults {
  int participants = 2;
  int inquiries = 1;
  int max_in_flight = 0;

  Options() {
    crashes = 1;
    restarts = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (participants, inquiries, max_in_flight))

enum class MessageType : std::uint8_t { prepare, yes, no, commit, abort, ack, inquiry };
BOOST_DESCRIBE_ENUM(MessageType, prepare, yes, no, commit, abort, ack, inquiry)

struct Message {
  MessageType type{};
};
BOOST_DESCRIBE_STRUCT(Message, (), (type))

/// What a process waits for when a timer fires.
enum class Timer : std::uint8_t {
  prepare,   ///< a participant: for PREPARE
  votes,     ///< the coordinator: for the votes
  decision,  ///< a participant in doubt: for the decision
};
BOOST_DESCRIBE_ENUM(Timer, prepare, votes, decision)

/// The records in the log of a process. Records are only ever added.
struct Log {
  bool began = false;      ///< the coordinator's start-2PC record; a participant's first record
  bool voted_yes = false;  ///< a participant's Yes vote: from now on it is in doubt
  Decision decision{};
  bool ended = false;  ///< the coordinator's end record: all have acknowledged the decision
};
BOOST_DESCRIBE_STRUCT(Log, (), (began, voted_yes, decision, ended))

template <std::size_t Capacity>
struct Memory {
  NodeSet<Capacity> votes;     ///< the coordinator's: who voted Yes
  NodeSet<Capacity> acks;      ///< the coordinator's: who acknowledged the decision
  std::uint8_t inquiries = 0;  ///< a participant's: how often it asked since it started
};
BOOST_DESCRIBE_STRUCT(Memory<3>, (), (votes, acks, inquiries))
BOOST_DESCRIBE_STRUCT(Memory<5>, (), (votes, acks, inquiries))

/// n1 is the coordinator, the others are the participants.
///
/// A participant votes No by aborting before PREPARE reaches it (the `prepare` timer, which may
/// fire at any time until then), so that both votes are explored for each participant.
template <std::size_t Capacity>
struct Process {
  static constexpr std::size_t capacity = Capacity;
  using Durable = Log;
  using Volatile = Memory<Capacity>;
  using Message = two_phase_commit::Message;
  using Timer = two_phase_commit::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  static constexpr NodeId coordinator = NodeId::at(0);

  int inquiries = 1;  ///< how often a participant may ask between two restarts
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  /// Recovery: what the log says determines what to do (Bernstein et al., section 7.4).
  void start(Context& context) const {
    if (context.self() == coordinator) return start_coordinator(context);
    const Log& log = context.durable();
    if (!log.began) return begin(context);
    if (log.decision != Decision::none) return;
    if (!log.voted_yes || has(Mutation::recovery_forgets_vote))
      return record(context, Decision::abort);
    ask(context);
  }

  [[nodiscard]] bool may_request(const View& view) const {
    return view.self() == coordinator && !view.durable().began;
  }
  /// The client asks to commit.
  void request(Context& context, cluster::ClientRequest) const {
    begin(context);
    context.send_to_others({MessageType::prepare});
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    switch (message.type) {
      case MessageType::prepare:
        return receive_prepare(context);
      case MessageType::yes:
        return receive_yes(context, from);
      case MessageType::no:
        return receive_no(context);
      case MessageType::commit:
        return receive_decision(context, Decision::commit);
      case MessageType::abort:
        return receive_decision(context, Decision::abort);
      case MessageType::ack:
        return receive_ack(context, from);
      case MessageType::inquiry:
        return receive_inquiry(context, from);
    }
  }

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    const Log& log = view.durable();
    if (log.decision != Decision::none) return false;
    if (timer == Timer::votes) return view.self() == coordinator && log.began;
    if (view.self() == coordinator) return false;
    if (timer == Timer::prepare) return !log.voted_yes;
    return log.voted_yes && may_ask(view.memory());
  }
  void timeout(Context& context, Timer timer) const {
    if (timer == Timer::votes) return decide(context, Decision::abort);
    if (timer == Timer::prepare || has(Mutation::abort_while_in_doubt)) {
      return record(context, Decision::abort);
    }
    ask(context);
  }

  [[nodiscard]] std::string describe(const Message& message) const {
    std::string name = text_of(message.type);
    for (char& letter : name) letter = static_cast<char>(letter - 'a' + 'A');
    return name;
  }

  /// Whether a participant in doubt has inquiries left.
  [[nodiscard]] bool may_ask(const Volatile& memory) const {
    return memory.inquiries < inquiries && !has(Mutation::never_ask);
  }

 private:
  static void begin(Context& context) {
    context.durable().began = true;
    context.persist();
  }
  static void record(Context& context, Decision decision) {
    context.durable().decision = decision;
    context.persist();
  }
  static Message message_of(Decision decision) {
    return {decision == Decision::commit ? MessageType::commit : MessageType::abort};
  }
  [[nodiscard]] static bool undecided(const Context& context) {
    return context.durable().began && context.durable().decision == Decision::none;
  }

  // The coordinator.

  void start_coordinator(Context& context) const {
    const Log& log = context.durable();
    if (!log.began || log.ended) return;
    if (has(Mutation::recovery_forgets_decision)) return decide(context, Decision::abort);
    if (log.decision != Decision::none) return context.send_to_others(message_of(log.decision));
    decide(context, has(Mutation::recovery_presumes_commit) ? Decision::commit : Decision::abort);
  }

  void receive_yes(Context& context, NodeId from) const {
    if (!undecided(context)) return;
    context.memory().votes.insert(from);
    const std::size_t participants = context.size() - 1;
    if (context.memory().votes.size() == participants || has(Mutation::commit_without_all_votes)) {
      decide(context, Decision::commit);
    }
  }
  void receive_no(Context& context) const {
    if (undecided(context)) decide(context, Decision::abort);
  }

  /// The decision is the record, not the message: nobody may hear of it before it is on disk.
  void decide(Context& context, Decision decision) const {
    if (has(Mutation::decide_before_record)) context.send_to_others(message_of(decision));
    record(context, decision);
    if (!has(Mutation::decide_before_record)) context.send_to_others(message_of(decision));
  }

  void receive_ack(Context& context, NodeId from) const {
    if (context.durable().ended) return;
    context.memory().acks.insert(from);
    const std::size_t participants = context.size() - 1;
    if (context.memory().acks.size() == participants || has(Mutation::forget_before_all_acks)) {
      context.durable().ended = true;
      context.persist();
    }
  }

  /// Presumed abort: once all have acknowledged, the coordinator may forget the transaction, and
  /// answers for those that it knows nothing of that they were aborted. (Here the record stays, for
  /// the properties to see, but is no longer used.)
  void receive_inquiry(Context& context, NodeId from) const {
    const Log& log = context.durable();
    if (has(Mutation::answer_from_memory)) {
      const bool all_yes = context.memory().votes.size() == context.size() - 1;
      return context.send(from, message_of(all_yes ? Decision::commit : Decision::abort));
    }
    if (log.ended) return context.send(from, message_of(Decision::abort));
    if (log.decision != Decision::none) context.send(from, message_of(log.decision));
  }

  // A participant.

  void receive_prepare(Context& context) const {
    Log& log = context.durable();
    if (log.decision == Decision::abort) return context.send(coordinator, {MessageType::no});
    if (log.decision == Decision::commit) return;
    if (has(Mutation::vote_before_record)) context.send(coordinator, {MessageType::yes});
    if (!log.voted_yes) {
      log.voted_yes = true;
      context.persist();
    }
    if (!has(Mutation::vote_before_record)) context.send(coordinator, {MessageType::yes});
  }

  void receive_decision(Context& context, Decision decision) const {
    if (context.durable().decision == Decision::none) record(context, decision);
    context.send(coordinator, {MessageType::ack});
  }

  void ask(Context& context) const {
    if (!may_ask(context.memory())) return;
    ++context.memory().inquiries;
    context.send(coordinator, {MessageType::inquiry});
  }
};

}  // namespace everyway::two_phase_commit
