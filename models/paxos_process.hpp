// What one process of single-decree Paxos does, after
// Leslie Lamport, "Paxos Made Simple" (2001), sections 2.2 to 2.5.
#pragma once

#include <fmt/format.h>

#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/cluster/context.hpp"
#include "checker/cluster/faults.hpp"
#include "models/mutants/paxos.hpp"

namespace everyway::paxos {

/// The most of each that a state has room for.
inline constexpr std::size_t most_proposers = 3;
inline constexpr std::size_t most_ballots = 6;

struct Options : cluster::Faults {
  int proposers = 2;
  int acceptors = 3;
  int max_ballot = 2;
  int max_in_flight = 0;

  Options() {
    crashes = 1;
    restarts = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (proposers, acceptors, max_ballot, max_in_flight))

/// A proposal number. 0 is below all ballots.
using Ballot = std::uint8_t;
/// A value is the number of the proposer whose it is. 0 is no value.
using Value = std::uint8_t;

enum class MessageType : std::uint8_t { prepare, promise, accept, accepted };
BOOST_DESCRIBE_ENUM(MessageType, prepare, promise, accept, accepted)

struct Message {
  MessageType type{};
  Ballot ballot = 0;
  Value value = 0;   ///< of an accept: what is proposed; of a promise: what was accepted in `voted`
  Ballot voted = 0;  ///< of a promise: the highest ballot in which its sender has accepted
};
BOOST_DESCRIBE_STRUCT(Message, (), (type, ballot, value, voted))

enum class Timer : std::uint8_t { next_ballot };
BOOST_DESCRIBE_ENUM(Timer, next_ballot)

/// The votes of one acceptor. An acceptor need remember only the highest; the others are kept for
/// the properties, since a value stays chosen when its votes are superseded. No rule reads those.
struct Votes {
  std::array<Value, most_ballots> in_ballot{};  ///< of ballot 1 first

  [[nodiscard]] Value in(unsigned ballot) const noexcept { return in_ballot[ballot - 1]; }
  void cast(Ballot ballot, Value value) noexcept { in_ballot[ballot - std::size_t{1}] = value; }
  /// The highest ballot with a vote; 0 if there is none.
  [[nodiscard]] Ballot highest() const noexcept {
    std::size_t ballot = most_ballots;
    while (ballot > 0 && in_ballot[ballot - 1] == 0) --ballot;
    return static_cast<Ballot>(ballot);
  }
  [[nodiscard]] std::string text() const {
    std::string votes;
    for (unsigned ballot = 1; ballot <= most_ballots; ++ballot) {
      if (in(ballot) == 0) continue;
      votes += fmt::format("{}{} in ballot {}", votes.empty() ? "" : ", ", in(ballot), ballot);
    }
    return votes.empty() ? "none" : votes;
  }
};
BOOST_DESCRIBE_STRUCT(Votes, (), (in_ballot))

struct Durable {
  Ballot tried = 0;     ///< a proposer's: the highest ballot that it has used
  Value learned = 0;    ///< a proposer's: the value that it knows to be chosen
  Ballot promised = 0;  ///< an acceptor's: it takes part in no lower ballot
  Votes votes;          ///< an acceptor's
};
BOOST_DESCRIBE_STRUCT(Durable, (), (tried, learned, promised, votes))

enum class Phase : std::uint8_t { idle, preparing, accepting };
BOOST_DESCRIBE_ENUM(Phase, idle, preparing, accepting)

/// A proposer's, of the ballot that it is working on.
template <std::size_t Capacity>
struct Volatile {
  Phase phase{};
  NodeSet<Capacity> answers;  ///< who has answered in this phase
  Ballot reported = 0;        ///< the ballot of the report that `value` was taken from
  Value value = 0;            ///< reported so far, or what is proposed
};
BOOST_DESCRIBE_STRUCT(Volatile<4>, (), (phase, answers, reported, value))
BOOST_DESCRIBE_STRUCT(Volatile<5>, (), (phase, answers, reported, value))
BOOST_DESCRIBE_STRUCT(Volatile<8>, (), (phase, answers, reported, value))

/// n1 to n<proposers> are proposers, the others are acceptors. A proposer proposes its own number,
/// in ballots that are its own: n1 and n2 of two proposers have ballots 1, 3, 5 and 2, 4, 6.
///
/// Proposers learn: a proposer whose proposal a majority has accepted knows that its value is
/// chosen. Requests that come too late are not answered; section 2.4 calls it an optimisation to do
/// so.
template <std::size_t Capacity>
struct Process {
  static constexpr std::size_t capacity = Capacity;
  using Durable = paxos::Durable;
  using Volatile = paxos::Volatile<Capacity>;
  using Message = paxos::Message;
  using Timer = paxos::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  std::size_t proposers = 1;
  std::size_t acceptors = 1;
  Ballot max_ballot = 1;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }
  [[nodiscard]] bool is_proposer(NodeId node) const noexcept { return node.index() < proposers; }

  /// What is on disk is all there is to know: a proposer waits until it may begin a ballot.
  void start(Context&) const {}

  /// The next ballot of a proposer.
  [[nodiscard]] std::size_t next_ballot(NodeId self, const Durable& durable) const noexcept {
    return durable.tried == 0 ? self.number() : durable.tried + proposers;
  }
  [[nodiscard]] bool may_time_out(const View& view, Timer) const {
    return is_proposer(view.self()) && view.durable().learned == 0 &&
           next_ballot(view.self(), view.durable()) <= max_ballot;
  }

  /// Phase 1 (a): a proposer selects a proposal number and sends a prepare request.
  void timeout(Context& context, Timer) const {
    const auto ballot = static_cast<Ballot>(next_ballot(context.self(), context.durable()));
    context.durable().tried = ballot;
    if (!has(Mutation::reuse_ballot)) context.persist();
    context.memory() = {};
    context.memory().phase = Phase::preparing;
    send_to_acceptors(context, {MessageType::prepare, ballot, 0, 0});
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    switch (message.type) {
      case MessageType::prepare:
        return receive_prepare(context, from, message.ballot);
      case MessageType::promise:
        return receive_promise(context, from, message);
      case MessageType::accept:
        return receive_accept(context, from, message);
      case MessageType::accepted:
        return receive_accepted(context, from, message.ballot);
    }
  }

  [[nodiscard]] std::string describe(const Message& message) const {
    switch (message.type) {
      case MessageType::prepare:
        return fmt::format("prepare({})", message.ballot);
      case MessageType::accept:
        return fmt::format("accept({}, {})", message.ballot, message.value);
      case MessageType::accepted:
        return fmt::format("accepted({})", message.ballot);
      case MessageType::promise:
        break;
    }
    if (message.voted == 0) return fmt::format("promise({})", message.ballot);
    return fmt::format("promise({}; accepted {} in {})", message.ballot, message.value,
                       message.voted);
  }

 private:
  /// Phase 1 (b): an acceptor answers a prepare request above all that it has answered.
  void receive_prepare(Context& context, NodeId from, Ballot ballot) const {
    Durable& durable = context.durable();
    if (ballot <= durable.promised && !has(Mutation::promise_any_ballot)) return;
    durable.promised = ballot;
    const Ballot voted = durable.votes.highest();
    const Value value = voted == 0 ? Value{0} : durable.votes.in(voted);
    if (has(Mutation::forget_promise)) {
      return context.send(from, {MessageType::promise, ballot, value, voted});
    }
    persist_and_answer(context, from, {MessageType::promise, ballot, value, voted});
  }

  /// Phase 2 (a): with the promises of a majority, a proposer proposes the value of the
  /// highest-numbered proposal that they report; its own, if they report none.
  void receive_promise(Context& context, NodeId from, const Message& promise) const {
    Volatile& memory = context.memory();
    if (promise.ballot != context.durable().tried) return;
    const bool late = memory.phase == Phase::accepting && memory.reported < promise.voted &&
                      has(Mutation::value_changes_after_quorum);
    if (memory.phase != Phase::preparing && !late) return;
    take_report(memory, promise);
    memory.answers.insert(from);
    if (!late && !is_quorum(memory.answers.size())) return;
    if (memory.value == 0 || has(Mutation::ignore_promised_value)) {
      memory.value = has(Mutation::propose_ballot_number)
                         ? promise.ballot
                         : static_cast<Value>(context.self().number());
    }
    memory.phase = Phase::accepting;
    memory.answers.clear();
    if (!has(Mutation::value_changes_after_quorum)) memory.reported = 0;
    send_to_acceptors(context, {MessageType::accept, promise.ballot, memory.value, 0});
  }

  void take_report(Volatile& memory, const Message& promise) const {
    if (promise.voted == 0) return;
    const bool better = has(Mutation::lowest_ballot_value) && memory.reported != 0
                            ? promise.voted < memory.reported
                            : promise.voted > memory.reported;
    if (!better) return;
    memory.reported = promise.voted;
    memory.value = promise.value;
  }

  /// Phase 2 (b): an acceptor accepts unless it has answered a prepare request with a higher
  /// number. To accept counts as such an answer to the ballot itself, as in Lamport's TLA+
  /// specification.
  void receive_accept(Context& context, NodeId from, const Message& accept) const {
    Durable& durable = context.durable();
    if (accept.ballot < durable.promised && !has(Mutation::accept_below_promise)) return;
    if (accept.ballot == durable.promised && has(Mutation::accept_only_above_promise)) return;
    if (accept.ballot > durable.promised) durable.promised = accept.ballot;
    durable.votes.cast(accept.ballot, accept.value);
    persist_and_answer(context, from, {MessageType::accepted, accept.ballot, 0, 0});
  }

  /// A majority has accepted: the value is chosen.
  void receive_accepted(Context& context, NodeId from, Ballot ballot) const {
    Volatile& memory = context.memory();
    if (memory.phase != Phase::accepting || ballot != context.durable().tried) return;
    memory.answers.insert(from);
    if (!is_quorum(memory.answers.size()) && !has(Mutation::learn_from_first_vote)) return;
    context.durable().learned = memory.value;
    memory = {};
    context.persist();
  }

  [[nodiscard]] bool is_quorum(std::size_t count) const noexcept {
    return has(Mutation::quorum_of_half) ? 2 * count >= acceptors : 2 * count > acceptors;
  }

  void persist_and_answer(Context& context, NodeId to, const Message& answer) const {
    if (has(Mutation::answer_before_persisting)) context.send(to, answer);
    context.persist();
    if (!has(Mutation::answer_before_persisting)) context.send(to, answer);
  }

  void send_to_acceptors(Context& context, const Message& message) const {
    for (std::size_t index = proposers; index < context.size(); ++index) {
      context.send(NodeId::at(index), message);
    }
  }
};

}  // namespace everyway::paxos
