// Raft: leader election, log replication, commitment and restart, after
// Diego Ongaro and John Ousterhout, "In Search of an Understandable Consensus Algorithm (Extended
// Version)" (2014), Figure 2. What one server does stands in raft_server.hpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/raft_abstraction.hpp"
#include "models/raft_server.hpp"
#include "properties/raft.hpp"

namespace everyway::raft {

struct Options : cluster::Faults {
  int servers = 3;
  int max_term = 2;
  int max_log = 2;
  int max_batch = 1;
  int requests = 2;
  int max_in_flight = 0;  ///< 0: as many as there are servers

  Options() {
    crashes = 1;
    restarts = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults),
                      (servers, max_term, max_log, max_batch, requests, max_in_flight))

[[nodiscard]] inline int in_flight_bound(const Options& options) noexcept {
  return options.max_in_flight == 0 ? options.servers : options.max_in_flight;
}

/// The servers of a state as the properties read them.
template <class State>
struct Servers {
  const State& state;

  /// As many as there is room for: those that the cluster does not have are zero.
  [[nodiscard]] static constexpr std::size_t size() noexcept {
    return decltype(State::processes)::size();
  }
  [[nodiscard]] bool is_leader(NodeId node) const {
    return state[node].memory.role == Role::leader;
  }
  [[nodiscard]] unsigned current_term(NodeId node) const { return durable(node).current_term; }
  [[nodiscard]] const auto& log(NodeId node) const { return durable(node).log; }
  [[nodiscard]] std::size_t commit_index(NodeId node) const {
    return state[node].memory.commit_index;
  }
  [[nodiscard]] unsigned disk_term(NodeId node) const { return state[node].disk.current_term; }
  [[nodiscard]] NodeId disk_vote(NodeId node) const { return state[node].disk.voted_for; }

 private:
  [[nodiscard]] const auto& durable(NodeId node) const {
    return state[node].up ? state[node].durable : state[node].disk;
  }
};
template <class State>
Servers(const State&) -> Servers<State>;

/// Room for `Capacity` servers, logs of `LogCapacity` entries, `Batch` entries in a message and
/// `InFlight` messages in flight, beside the broadcast that leaves the bound.
template <std::size_t Capacity, std::size_t LogCapacity, std::size_t Batch, std::size_t InFlight>
class Raft
    : public cluster::Cluster<Server<Capacity, LogCapacity, Batch>,
                              cluster::UnorderedBag<Message<Batch>, InFlight + Capacity - 1>> {
  using Base = cluster::Cluster<Server<Capacity, LogCapacity, Batch>,
                                cluster::UnorderedBag<Message<Batch>, InFlight + Capacity - 1>>;

 public:
  using typename Base::Action;
  using typename Base::State;
  using property = PropertyOf<State, Action>;

  /// Whether the state has room for what the options allow.
  [[nodiscard]] static bool has_room_for(const Options& options) noexcept {
    return options.servers <= static_cast<int>(Capacity) &&
           options.max_log <= static_cast<int>(LogCapacity) &&
           options.max_batch <= static_cast<int>(Batch) &&
           in_flight_bound(options) <= static_cast<int>(InFlight);
  }

  Raft(const Options& options, std::string_view mutant)
      : Base({options.max_term, options.max_log, options.max_batch,
              mutation_named<Mutation>(mutant)},
             options, static_cast<std::size_t>(options.servers), options.requests,
             in_flight_bound(options)),
        options_(options) {
    if (in_flight_bound(options) < options.servers - 1) {
      throw UsageError(fmt::format(
          "--max-in-flight {}: too few for one broadcast among {} servers; give at least {}",
          options.max_in_flight, options.servers, options.servers - 1));
    }
  }

  /// Only the bounds end a run: servers that are up have used up their elections, and none of them
  /// leads. A leader is never done, since it sends heartbeats - unless it is alone.
  [[nodiscard]] bool may_end(const State& state) const {
    return std::all_of(state.processes.begin(), state.processes.end(), [this](const auto& server) {
      if (!server.up) return true;
      if (server.memory.role == Role::leader) return options_.servers == 1;
      return server.durable.current_term >= options_.max_term;
    });
  }

  /// No server differs from another but by its name.
  [[nodiscard]] Interchangeable interchangeable() const {
    return {NodeSet<64>::first(this->size()), this->size()};
  }

  /// For fuzzing: which states are alike.
  [[nodiscard]] auto abstraction(const State& state) const {
    return abstraction_of(state, this->size());
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all = safety();
    for (auto& possibility : possibilities()) all.push_back(std::move(possibility));
    return all;
  }

 private:
  [[nodiscard]] Properties<State, Action> safety() const {
    using namespace raft_properties;
    return {
        property::always("Election Safety",
                         "at most one leader can be elected in a given term (section 5.2)",
                         [](const State& s) { return election_safety(Servers{s}); }),
        property::always_step(
            "Leader Append-Only",
            "a leader never overwrites or deletes entries in its log (section 5.3)",
            [](const State& before, const Action&, const State& after) {
              return leader_append_only(Servers{before}, Servers{after});
            }),
        property::always("Log Matching",
                         "logs with an entry of the same index and term are identical up to it "
                         "(section 5.3)",
                         [](const State& s) { return log_matching(Servers{s}); }),
        property::always("Leader Completeness",
                         "a committed entry is in the logs of the leaders of all higher terms "
                         "(section 5.4)",
                         [](const State& s) { return leader_completeness(Servers{s}); }),
        property::always(
            "State Machine Safety",
            "no two servers commit different entries at the same index (section 5.4.3)",
            [](const State& s) { return state_machine_safety(Servers{s}); }),
        property::always_step("Terms Never Fall",
                              "the persisted currentTerm increases monotonically (Figure 2)",
                              [](const State& before, const Action&, const State& after) {
                                return terms_never_fall(Servers{before}, Servers{after});
                              }),
        property::always_step("One Vote a Term",
                              "a persisted vote does not change within its term (section 5.2)",
                              [](const State& before, const Action&, const State& after) {
                                return one_vote_a_term(Servers{before}, Servers{after});
                              }),
    };
  }

  /// What must be reachable, as far as the bounds allow it.
  [[nodiscard]] Properties<State, Action> possibilities() const {
    using raft_properties::committed_entries_of_terms;
    Properties<State, Action> all;
    all.push_back(property::reachable(
        "A leader is elected", "some server comes to lead", [](const State& state) {
          return std::any_of(state.processes.begin(), state.processes.end(),
                             [](const auto& server) { return server.memory.role == Role::leader; });
        }));
    if (options_.requests < 1 || options_.max_log < 1) return all;
    all.push_back(property::reachable(
        "An entry is committed", "some server comes to know of a committed entry",
        [](const State& s) { return committed_entries_of_terms(Servers{s}, 1); }));
    if (options_.requests < 2 || options_.max_log < 2 || options_.max_term < 2) return all;
    all.push_back(property::reachable(
        "Entries of two terms are committed",
        "some server comes to know of committed entries of two terms",
        [](const State& s) { return committed_entries_of_terms(Servers{s}, 2); }));
    return all;
  }

  Options options_;
};

/// `everyway check raft`.
struct Family {
  using Options = raft::Options;
  static constexpr std::string_view name = "raft";
  static constexpr std::string_view summary =
      "Raft: leader election, log replication, commitment, crash and restart";
  static constexpr std::string_view source =
      "Ongaro & Ousterhout, In Search of an Understandable Consensus Algorithm (Extended Version) "
      "(2014), Figure 2";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::servers, 1, 5, "servers"),
        ranged(&Options::max_term, 1, 100, "no server starts an election beyond this term"),
        ranged(&Options::max_log, 1, 8, "a leader whose log has so many entries takes no requests"),
        ranged(&Options::max_batch, 1, 4, "entries that one AppendEntries carries at most"),
        ranged(&Options::requests, 0, 100, "client requests of one run"),
        ranged(&Options::max_in_flight, 0, 20,
               "bound on messages in flight, at least the number of servers less 1, so that a "
               "broadcast fits in; 0 takes the number of servers"),
    });
  }
  static Mutants mutants() { return raft::mutants(); }

  template <class Visit>
  static auto with_model(const Options& options, std::string_view mutant, Visit&& visit) {
    // The first is what the defaults need and no more: the time of a search goes by the size of
    // its states.
    using Tight = Raft<3, 2, 1, 3>;
    using Small = Raft<3, 4, 2, 8>;
    using Large = Raft<5, 8, 4, 20>;
    if (Tight::has_room_for(options)) return visit(Tight(options, mutant));
    if (Small::has_room_for(options)) return visit(Small(options, mutant));
    return visit(Large(options, mutant));
  }
};

}  // namespace everyway::raft
