// Leader election by RequestVote alone, as pseudocode of Raft often prints it:
//
//   REQUEST_VOTE(candidate, term, lastLogIndex, lastLogTerm)
//     if term < currentTerm then return (currentTerm, false)
//     if votedFor is null or votedFor = candidate then
//       if lastLogTerm > myLastLogTerm then votedFor := candidate; return (currentTerm, true)
//       if lastLogTerm = myLastLogTerm and lastLogIndex >= myLastLogIndex then
//         votedFor := candidate; return (currentTerm, true)
//     return (currentTerm, false)
//
// What this leaves out stands in Figure 2 under "All Servers": a server that sees a newer term
// adopts it, and becomes a follower who has not voted. With that line, the model is Raft's election
// without its log replication; without it (`--mutant literal`) it is the pseudocode as it stands.
//
// Source: Diego Ongaro and John Ousterhout, "In Search of an Understandable Consensus Algorithm
// (Extended Version)" (2014), section 5.2 and Figure 2.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/request_vote.hpp"

namespace everyway::request_vote {

struct Options : cluster::Faults {
  int servers = 3;
  int max_term = 2;
  int max_log = 0;
  int max_in_flight = 3;

  Options() {
    crashes = 1;
    restarts = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (servers, max_term, max_log, max_in_flight))

/// A term, or an index into a log.
using Number = std::uint8_t;

enum class Role : std::uint8_t { follower, candidate, leader };
BOOST_DESCRIBE_ENUM(Role, follower, candidate, leader)

enum class Timer : std::uint8_t { election };
BOOST_DESCRIBE_ENUM(Timer, election)

/// A request, or the answer to one. An answer names the term of its request: a remote procedure
/// call knows what it answers.
struct Message {
  bool is_answer = false;
  Number term = 0;            ///< the candidate's
  Number last_log_index = 0;  ///< requests
  bool granted = false;       ///< answers
  Number voters_term = 0;     ///< answers: currentTerm

  [[nodiscard]] std::string text() const {
    if (is_answer) {
      return fmt::format("vote {}(current term {}, for term {})", granted ? "granted" : "refused",
                         voters_term, term);
    }
    return fmt::format("RequestVote(term {}, last log index {})", term, last_log_index);
  }
};
BOOST_DESCRIBE_STRUCT(Message, (), (is_answer, term, last_log_index, granted, voters_term))

struct Durable {
  Number current_term = 0;
  NodeId voted_for;
  Number last_log_index = 0;  ///< all entries are of one term: the length of a log is what counts
  NodeId first_choice;        ///< history: the first other server that ever got this one's vote
};
BOOST_DESCRIBE_STRUCT(Durable, (), (current_term, voted_for, last_log_index, first_choice))

template <std::size_t Capacity>
struct Volatile {
  Role role{};
  NodeSet<Capacity> votes;  ///< candidates: who granted theirs
};
BOOST_DESCRIBE_STRUCT(Volatile<3>, (), (role, votes))
BOOST_DESCRIBE_STRUCT(Volatile<5>, (), (role, votes))

template <std::size_t Capacity>
struct Server {
  static constexpr std::size_t capacity = Capacity;
  using Durable = request_vote::Durable;
  using Volatile = request_vote::Volatile<Capacity>;
  using Message = request_vote::Message;
  using Timer = request_vote::Timer;
  using Context = cluster::Context<Server>;
  using View = cluster::View<Server>;

  int max_term = 1;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  void start(Context&) const {}

  /// Any server that does not lead may time out, as long as terms are left.
  [[nodiscard]] bool may_time_out(const View& view, Timer) const {
    return view.memory().role != Role::leader && view.durable().current_term < max_term;
  }
  void timeout(Context& context, Timer) const {
    Durable& durable = context.durable();
    ++durable.current_term;
    durable.voted_for = context.self();
    context.persist();
    context.memory().role = Role::candidate;
    context.memory().votes.clear();
    context.memory().votes.insert(context.self());
    Message request;
    request.term = durable.current_term;
    request.last_log_index = durable.last_log_index;
    context.send_to_others(request);
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    const Number newest = std::max(message.term, message.voters_term);
    if (newest > context.durable().current_term && !has(Mutation::literal)) adopt(context, newest);
    if (message.is_answer) return receive_answer(context, from, message);
    receive_request(context, from, message);
  }

 private:
  /// Figure 2, All Servers: the line that the pseudocode lacks.
  static void adopt(Context& context, Number term) {
    context.durable().current_term = term;
    context.durable().voted_for = NodeId::none();
    context.memory() = {};
  }

  void receive_request(Context& context, NodeId candidate, const Message& request) const {
    Durable& durable = context.durable();
    Message answer;
    answer.is_answer = true;
    answer.term = request.term;
    answer.voters_term = durable.current_term;
    answer.granted = grants(durable, candidate, request);
    if (has(Mutation::vote_not_persisted)) context.send(candidate, answer);
    if (answer.granted) {
      durable.voted_for = candidate;
      if (durable.first_choice.is_none()) durable.first_choice = candidate;
    }
    context.persist();
    if (!has(Mutation::vote_not_persisted)) context.send(candidate, answer);
  }
  /// REQUEST_VOTE, line by line.
  [[nodiscard]] bool grants(const Durable& durable, NodeId candidate,
                            const Message& request) const {
    if (request.term < durable.current_term) return false;
    const bool free = durable.voted_for.is_none() || durable.voted_for == candidate;
    if (!free && !has(Mutation::ignore_vote)) return false;
    return request.last_log_index >= durable.last_log_index;
  }

  void receive_answer(Context& context, NodeId voter, const Message& answer) const {
    auto& memory = context.memory();
    if (memory.role != Role::candidate || answer.term != context.durable().current_term) return;
    if (!answer.granted) return;
    memory.votes.insert(voter);
    const std::size_t half = context.size() / 2;
    if (memory.votes.size() > half ||
        (has(Mutation::minority_quorum) && memory.votes.size() == half)) {
      memory.role = Role::leader;
      memory.votes.clear();
    }
  }
};

/// The messages in flight at most: a request or its answer for each pair of servers in two terms,
/// and what is doubled.
template <std::size_t Capacity>
inline constexpr std::size_t room = 2 * Capacity*(Capacity - 1) + 4;

/// Two leaders of one term at one time.
template <class State>
[[nodiscard]] Refutation two_leaders(const State& state, std::size_t size) {
  for (std::size_t left = 0; left < size; ++left) {
    for (std::size_t right = left + 1; right < size; ++right) {
      const auto& one = state.processes[left];
      const auto& other = state.processes[right];
      if (one.memory.role != Role::leader || other.memory.role != Role::leader) continue;
      if (one.durable.current_term != other.durable.current_term) continue;
      return fmt::format("{} and {} are both leaders of term {}", text_of(NodeId::at(left)),
                         text_of(NodeId::at(right)), one.durable.current_term);
    }
  }
  return std::nullopt;
}

/// A vote on disk that changes while its term does not.
template <class State>
[[nodiscard]] Refutation changed_vote(const State& before, const State& after, std::size_t size) {
  for (std::size_t index = 0; index < size; ++index) {
    const Durable& old = before.processes[index].disk;
    const Durable& now = after.processes[index].disk;
    if (old.voted_for.is_none() || old.current_term != now.current_term) continue;
    if (old.voted_for == now.voted_for) continue;
    return fmt::format("in term {}, the vote of {} changes from {} to {}", old.current_term,
                       text_of(NodeId::at(index)), text_of(old.voted_for), text_of(now.voted_for));
  }
  return std::nullopt;
}

/// Whether some server that had voted for another one now has voted for a third.
template <class State>
[[nodiscard]] bool has_voted_again(const State& state, std::size_t size) {
  for (std::size_t index = 0; index < size; ++index) {
    const Durable& disk = state.processes[index].disk;
    if (disk.first_choice.is_none() || disk.voted_for.is_none()) continue;
    if (disk.voted_for != disk.first_choice && disk.voted_for != NodeId::at(index)) return true;
  }
  return false;
}

template <std::size_t Capacity>
class RequestVote
    : public cluster::Cluster<Server<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>> {
  using Base = cluster::Cluster<Server<Capacity>, cluster::UnorderedBag<Message, room<Capacity>>>;

 public:
  using typename Base::Action;
  using typename Base::State;
  using property = PropertyOf<State, Action>;

  RequestVote(const Options& options, std::string_view mutant)
      : Base({options.max_term, mutation_named<Mutation>(mutant)}, options,
             static_cast<std::size_t>(options.servers), 0, options.max_in_flight),
        options_(options) {}

  /// Logs of any length up to the bound, in every combination.
  template <class Emit>
  void init(Emit&& emit) const {
    Base::init([&](const State& empty) { emit_logs(empty, 0, emit); });
  }

  /// A run ends when nobody may start an election any more.
  [[nodiscard]] bool may_end(const State& state) const {
    return std::all_of(state.processes.begin(), state.processes.end(), [this](const auto& server) {
      return !server.up || server.memory.role == Role::leader ||
             server.durable.current_term >= options_.max_term;
    });
  }

  /// No server differs from another but by its name.
  [[nodiscard]] Interchangeable interchangeable() const {
    return {NodeSet<64>::first(this->size()), this->size()};
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all{
        property::always("Election Safety",
                         "at most one leader can be elected in a given term (section 5.2)",
                         [size = this->size()](const State& s) { return two_leaders(s, size); }),
        property::always_step(
            "One Vote a Term", "a persisted vote does not change within its term (section 5.2)",
            [size = this->size()](const State& before, const Action&, const State& after) {
              return changed_vote(before, after, size);
            }),
        property::reachable("A leader is elected", "some server comes to lead",
                            [](const State& s) {
                              return std::any_of(s.processes.begin(), s.processes.end(),
                                                 [](const auto& server) {
                                                   return server.memory.role == Role::leader;
                                                 });
                            }),
    };
    if (options_.max_term < 2 || this->size() < 3) return all;
    all.push_back(property::reachable(
        "Who has voted votes again",
        "a server that voted for another comes to vote for a third one, in a later term",
        [size = this->size()](const State& s) { return has_voted_again(s, size); }));
    return all;
  }

 private:
  template <class Emit>
  void emit_logs(State state, std::size_t index, Emit& emit) const {
    if (index == this->size()) return emit(state);
    for (int length = 0; length <= options_.max_log; ++length) {
      auto& server = state.processes[index];
      server.durable.last_log_index = static_cast<Number>(length);
      server.disk.last_log_index = static_cast<Number>(length);
      emit_logs(state, index + 1, emit);
    }
  }

  Options options_;
};

/// `everyway check request_vote`.
struct Family {
  using Options = request_vote::Options;
  static constexpr std::string_view name = "request_vote";
  static constexpr std::string_view summary =
      "leader election by RequestVote alone, and what its usual pseudocode leaves out";
  static constexpr std::string_view source =
      "Ongaro & Ousterhout, In Search of an Understandable Consensus Algorithm (Extended Version) "
      "(2014), section 5.2 and Figure 2";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::servers, 1, 5, "servers"),
        ranged(&Options::max_term, 1, 100, "no server starts an election beyond this term"),
        ranged(&Options::max_log, 0, 9,
               "logs have up to so many entries, in every combination of lengths"),
        ranged(&Options::max_in_flight, 0, 16,
               "bound on messages in flight; 0 sets none but the room of the state"),
    });
  }
  static Mutants mutants() { return request_vote::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    if (options.servers <= 3) return visit(RequestVote<3>(options, mutant));
    return visit(RequestVote<5>(options, mutant));
  }
};

}  // namespace everyway::request_vote
