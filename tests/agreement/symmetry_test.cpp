// Symmetry reduction against what it must equal: orbit counts of TLC and of a formula, the orbits
// that a dumb twin finds by trying every renaming, and the verdicts of the search without it.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "checker/cluster/fifo_links.hpp"
#include "models/paxos_tla.hpp"
#include "models/raft.hpp"
#include "models/registry.hpp"
#include "models/two_phase_commit.hpp"
#include "models/two_phase_tla.hpp"
#include "tests/cluster/toys.hpp"
#include "tests/laws/arguments.hpp"

namespace everyway::testing {
namespace {

template <Model M>
[[nodiscard]] SearchResult<M> reduced(const M& model, unsigned workers = 1,
                                      Storage storage = Storage::fingerprints) {
  SearchOptions options;
  options.symmetry = true;
  options.workers = workers;
  options.storage = storage;
  options.check_deadlock = false;
  return search(model, options);
}

[[nodiscard]] std::uint64_t choose(std::uint64_t n, std::uint64_t k) {
  std::uint64_t ways = 1;
  for (std::uint64_t i = 1; i <= k; ++i) ways = ways * (n - k + i) / i;
  return ways;
}

/// C(n+1,1) + C(n+3,3) + C(n+5,5): see the tests' counts of TwoPhase.tla.
[[nodiscard]] std::uint64_t orbits_of_two_phase(std::uint64_t managers) {
  return choose(managers + 1, 1) + choose(managers + 3, 3) + choose(managers + 5, 5);
}

template <class Family, class Visit>
auto with(const typename Family::Options& options, const Visit& visit) {
  return Family::with_model(options, "", visit);
}

// Measured with TLC, SYMMETRY over RM: distinct and generated.
TEST(Symmetry, OfTwoPhaseHasTheCountsOfTlc) {
  struct Row {
    int managers;
    std::uint64_t distinct;
    std::uint64_t generated;
  };
  for (const Row row : {Row{3, 80, 318}, Row{5, 314, 2'048}, Row{7, 920, 8'410}}) {
    two_phase_tla::Options options;
    options.managers = row.managers;
    with<two_phase_tla::Family>(options, [&](const auto& model) {
      const auto result = reduced(model);
      EXPECT_EQ(result.distinct, row.distinct);
      EXPECT_EQ(result.generated, row.generated);
      EXPECT_EQ(result.verdict, Verdict::holds);
    });
  }
}

TEST(Symmetry, OfTwoPhaseFollowsTheFormula) {
  for (const int managers : {2, 9, 10, 13, 14, 20}) {
    two_phase_tla::Options options;
    options.managers = managers;
    with<two_phase_tla::Family>(options, [&](const auto& model) {
      EXPECT_EQ(reduced(model).distinct, orbits_of_two_phase(static_cast<std::uint64_t>(managers)));
    });
  }
}

// Measured with TLC, SYMMETRY over acceptors and values.
TEST(Symmetry, OfPaxosInAcceptorsAndValuesHasTheCountOfTlc) {
  const paxos_tla::Paxos model({}, "");
  for (const unsigned workers : {1U, 2U}) {
    EXPECT_EQ(reduced(model, workers).distinct, 443U);
    EXPECT_EQ(reduced(model, workers, Storage::exact).distinct, 443U);
  }
}

/// All permutations of the interchangeable nodes with all of the values.
[[nodiscard]] std::vector<Renaming> all_renamings(const Interchangeable& names) {
  std::vector<NodeId> nodes;
  names.nodes.for_each([&](NodeId node) { nodes.push_back(node); });
  std::vector<Renaming> all;
  std::vector<std::size_t> order(nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  do {
    std::vector<std::size_t> values(names.values);
    std::iota(values.begin(), values.end(), std::size_t{0});
    do {
      Renaming renaming(names.node_count);
      for (std::size_t i = 0; i < nodes.size(); ++i) renaming.rename(nodes[i], nodes[order[i]]);
      for (std::size_t i = 0; i < values.size(); ++i) {
        renaming.rename(ValueId::at(i), ValueId::at(values[i]));
      }
      all.push_back(renaming);
    } while (std::next_permutation(values.begin(), values.end()));
  } while (std::next_permutation(order.begin(), order.end()));
  return all;
}

struct BytesLess {
  template <class State>
  bool operator()(const State& left, const State& right) const {
    return bytes_less(left, right);
  }
};

/// The dumb twin: explores every state, and counts those that are least among all their renamings.
template <Model M>
[[nodiscard]] std::uint64_t orbits_by_brute_force(const M& model) {
  const std::vector<Renaming> renamings = all_renamings(model.interchangeable());
  std::set<StateOf<M>, BytesLess> seen;
  std::set<StateOf<M>, BytesLess> orbits;
  std::vector<StateOf<M>> todo;
  const auto meet = [&](const StateOf<M>& state) {
    if (!is_within(model, state) || !seen.insert(state).second) return;
    todo.push_back(state);
    StateOf<M> least = state;
    for (const Renaming& renaming : renamings) {
      StateOf<M> renamed = state;
      rename(renamed, renaming);
      if (bytes_less(renamed, least)) least = renamed;
    }
    orbits.insert(least);
  };
  model.init(meet);
  while (!todo.empty()) {
    const StateOf<M> state = todo.back();
    todo.pop_back();
    model.next(state, [&](const ActionOf<M>&, auto&& effect) {
      StateOf<M> successor = state;
      effect(successor);
      meet(successor);
    });
  }
  return orbits.size();
}

template <Model M>
void expect_as_many_orbits_as_by_brute_force(const M& model) {
  const std::uint64_t orbits = orbits_by_brute_force(model);
  EXPECT_EQ(reduced(model).distinct, orbits);
  EXPECT_EQ(reduced(model, 2).distinct, orbits);
  EXPECT_EQ(reduced(model, 1, Storage::exact).distinct, orbits);
}

TEST(Symmetry, FindsTheOrbitsOfRaftThatTryingEveryRenamingFinds) {
  raft::Options options;
  options.requests = 1;
  options.max_log = 1;
  options.crashes = 1;
  options.restarts = 0;
  options.max_in_flight = 2;
  with<raft::Family>(options,
                     [](const auto& model) { expect_as_many_orbits_as_by_brute_force(model); });
}

TEST(Symmetry, FindsTheOrbitsOfRaftUnderPartitions) {
  raft::Options options;
  options.requests = 0;
  options.max_term = 1;
  options.crashes = 0;
  options.restarts = 0;
  options.partitions = 2;
  with<raft::Family>(options,
                     [](const auto& model) { expect_as_many_orbits_as_by_brute_force(model); });
}

TEST(Symmetry, FindsTheOrbitsOfTwoPhaseCommitWhoseCoordinatorKeepsItsName) {
  with<two_phase_commit::Family>(
      {}, [](const auto& model) { expect_as_many_orbits_as_by_brute_force(model); });
}

TEST(Symmetry, FindsTheOrbitsOfPaxosInNodesAndValues) {
  paxos_tla::Options options;
  options.values = 3;
  expect_as_many_orbits_as_by_brute_force(paxos_tla::Paxos(options, ""));
}

/// News of a node.
struct Rumour {
  NodeId about;
};
BOOST_DESCRIBE_STRUCT(Rumour, (), (about))

/// Tells the others of itself when it starts. Who hears of somebody for the first time writes it
/// down, and tells the one who told it of itself.
struct Gossip {
  static constexpr std::size_t capacity = 3;
  struct Durable {
    NodeSet<3> heard;
    NodeId latest;
    BOOST_DESCRIBE_CLASS(Durable, (), (heard, latest), (), ())
  };
  using Volatile = Nothing;
  using Message = Rumour;

  void start(Context<Gossip>& context) const { context.send_to_others({context.self()}); }
  void receive(Context<Gossip>& context, NodeId from, const Rumour& rumour) const {
    if (context.durable().heard.contains(rumour.about)) return;
    context.durable().heard.insert(rumour.about);
    context.durable().latest = from;
    context.persist();
    context.send(from, {context.self()});
  }
};

template <class Network>
struct Gossips : Cluster<Gossip, Network> {
  using Cluster<Gossip, Network>::Cluster;
  [[nodiscard]] Interchangeable interchangeable() const { return {NodeSet<64>::first(3), 3}; }
};

template <class Network>
void expect_orbits_on(const Faults& faults) {
  expect_as_many_orbits_as_by_brute_force(Gossips<Network>({}, faults, 3, 0, 6));
}

TEST(Symmetry, FindsTheOrbitsOnEveryNetwork) {
  Faults crash;
  crash.crashes = 1;
  crash.restarts = 1;
  Faults others;
  others.drops = 1;
  others.partitions = 1;
  for (const Faults& faults : {crash, others}) {
    expect_orbits_on<UnorderedBag<Rumour, 12>>(faults);
    expect_orbits_on<UnorderedSet<Rumour, 12>>(faults);
    expect_orbits_on<FifoLinks<Rumour, 12>>(faults);
  }
}

/// Postboxes: n1 sends whenever it boots, n2 receives. To say that they are interchangeable is
/// wrong.
struct UnequalPostboxes : Cluster<Postbox, UnorderedBag<Note, 6>> {
  using Cluster::Cluster;
  [[nodiscard]] Interchangeable interchangeable() const { return {NodeSet<64>::first(3), 3}; }
};

TEST(Symmetry, OfAModelWhoseNodesDifferIsRefused) {
  Faults faults;
  faults.crashes = 1;
  faults.restarts = 1;
  const UnequalPostboxes model({1}, faults, 3, 0, 0);
  EXPECT_THROW(static_cast<void>(reduced(model)), UsageError);
}

TEST(Symmetry, OfAModelThatDeclaresNoneIsRefused) {
  const Cluster<Postbox, UnorderedBag<Note, 6>> model({1}, {}, 3, 0, 0);
  EXPECT_THROW(static_cast<void>(reduced(model)), UsageError);
}

[[nodiscard]] CheckReport checked(const CatalogueEntry& model, const MutantInfo* mutant,
                                  bool symmetry) {
  CheckRequest request;
  request.options.symmetry = symmetry;
  if (mutant != nullptr) {
    request.parameters = values_from(model, mutant->parameters);
    request.mutant = std::string(mutant->name);
    request.options.properties = {std::string(mutant->breaks)};
  }
  return model.check(request, {});
}

// A mutant that treats one node or value in a way of its own is refused, not explored in part. That
// each is found without symmetry, in as many actions, is what mutants_test.cpp says.
TEST(Symmetry, FindsEveryMutantInAsManyActionsOrIsRefused) {
  const Catalogue models = ready_models();
  std::set<std::string> refused;
  for (const std::string name : {"raft", "raft_tla", "two_phase_commit", "two_phase_tla",
                                 "tcommit_tla", "paxos_tla", "rebalancing"}) {
    const CatalogueEntry& model = find_model(models, name);
    for (const MutantInfo& mutant : model.mutants()) {
      SCOPED_TRACE(name + " --mutant " + std::string(mutant.name));
      try {
        const CheckReport report = checked(model, &mutant, true);
        ASSERT_EQ(report.verdict, Verdict::violated);
        ASSERT_TRUE(report.properties.at(0).trace);
        EXPECT_EQ(report.properties[0].trace->actions.size(), mutant.length);
        EXPECT_TRUE(model.replay(*report.properties[0].trace).reproduced());
      } catch (const UsageError&) {
        refused.insert(name + " " + std::string(mutant.name));
      }
    }
  }
  EXPECT_EQ(refused, (std::set<std::string>{"paxos_tla vote-for-another-value"}));
}

TEST(Symmetry, ChangesNoVerdictAndNoLength) {
  const Catalogue models = ready_models();
  for (const std::string name : {"two_phase_commit", "two_phase_tla", "tcommit_tla", "paxos_tla"}) {
    const CheckReport with = checked(find_model(models, name), nullptr, true);
    const CheckReport without = checked(find_model(models, name), nullptr, false);
    ASSERT_EQ(with.properties.size(), without.properties.size());
    EXPECT_EQ(with.depth, without.depth) << name;
    for (std::size_t i = 0; i < with.properties.size(); ++i) {
      SCOPED_TRACE(name + ": " + with.properties[i].property.name);
      EXPECT_EQ(with.properties[i].verdict, without.properties[i].verdict);
      ASSERT_EQ(with.properties[i].trace.has_value(), without.properties[i].trace.has_value());
      if (!with.properties[i].trace) continue;
      EXPECT_EQ(with.properties[i].trace->actions.size(),
                without.properties[i].trace->actions.size());
    }
  }
}

}  // namespace
}  // namespace everyway::testing
