// Replicated registers: each has its level of consistency and lacks the next one up, on every
// history that can be reached; and what the CAP theorem says of two of them.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>
#include <string>

#include "checker/search/search.hpp"
#include "models/causal_register.hpp"
#include "models/gossip_register.hpp"
#include "models/primary_copy_register.hpp"
#include "models/quorum_register.hpp"
#include "tests/models/play.hpp"
#include "tests/properties/recorded_history.hpp"

namespace everyway {
namespace {

using causal_register::CausalRegister;
using gossip_register::GossipRegister;
using histories::Consistency;
using primary_copy_register::PrimaryCopyRegister;
using quorum_register::QuorumRegister;
using registers::Timer;
using testing::judged;

template <class M>
typename M::Options calm(int replicas, int operations) {
  typename M::Options options;
  options.drops = options.duplicates = options.crashes = options.restarts = options.partitions = 0;
  options.replicas = replicas;
  options.operations = operations;
  return options;
}

/// The histories of all reachable states, each once.
template <class M>
std::vector<typename M::State::History> histories_of(const M& model) {
  std::set<std::string> seen;
  std::vector<typename M::State::History> all;
  for (const auto& state : testing::every_step(model, [](const auto&...) {})) {
    const auto* bytes = reinterpret_cast<const char*>(&state.history);
    if (seen.insert(std::string(bytes, sizeof(state.history))).second) {
      all.push_back(state.history);
    }
  }
  return all;
}

/// How many of the histories have each level, and whether the judge of recorded histories agrees
/// on each.
struct Census {
  std::size_t all = 0;
  std::size_t linearizable = 0;
  std::size_t sequential = 0;
  std::size_t causal = 0;
};
template <class M>
Census census_of(const M& model) {
  Census census;
  for (const auto& small : histories_of(model)) {
    const histories::History history = testing::recorded(small);
    const bool linearizable = small_history::is_linearizable(small);
    const bool sequential = small_history::is_sequential(small);
    const bool causal = small_history::is_causal(small);
    EXPECT_EQ(linearizable, judged(history, Consistency::linearizable)) << small.text();
    EXPECT_EQ(sequential, judged(history, Consistency::sequential)) << small.text();
    EXPECT_EQ(causal, judged(history, Consistency::causal_memory)) << small.text();
    ++census.all;
    census.linearizable += linearizable ? 1 : 0;
    census.sequential += sequential ? 1 : 0;
    census.causal += causal ? 1 : 0;
  }
  return census;
}

TEST(Registers, WithAPrimaryCopyAreLinearizableInEveryHistory) {
  PrimaryCopyRegister::Options options = calm<PrimaryCopyRegister>(2, 3);
  options.crashes = options.restarts = 1;
  const Census census = census_of(PrimaryCopyRegister(options, ""));
  EXPECT_GT(census.all, 100U);
  EXPECT_EQ(census.linearizable, census.all);
}

TEST(Registers, OnMajoritiesAreLinearizableInEveryHistory) {
  const Census census = census_of(QuorumRegister(calm<QuorumRegister>(3, 2), ""));
  EXPECT_GT(census.all, 30U);
  EXPECT_EQ(census.linearizable, census.all);
}

TEST(Registers, WithCausalBroadcastAreCausalAndNoMore) {
  const Census census = census_of(CausalRegister(calm<CausalRegister>(2, 4), ""));
  EXPECT_GT(census.all, 1000U);
  EXPECT_EQ(census.causal, census.all);
  EXPECT_LT(census.sequential, census.all);
  EXPECT_LT(census.linearizable, census.sequential);
}

TEST(Registers, ByGossipAreNotEvenCausal) {
  const Census census = census_of(GossipRegister(calm<GossipRegister>(2, 4), ""));
  EXPECT_GT(census.all, 1000U);
  EXPECT_LT(census.causal, census.all);
  EXPECT_LT(census.sequential, census.causal);
  EXPECT_LT(census.linearizable, census.sequential);
}

// With one register, timestamps order all writes for everybody, and nobody goes back.
TEST(Registers, ByGossipOfASingleKeyAreSequential) {
  GossipRegister::Options options = calm<GossipRegister>(2, 4);
  options.keys = 1;
  const Census census = census_of(GossipRegister(options, ""));
  EXPECT_EQ(census.sequential, census.all);
  EXPECT_LT(census.linearizable, census.all);
}

// What invocations say of real time is what an observer with a clock has seen.
template <class M>
void real_time_is_kept(const M& model) {
  const auto check = [&model] {
    typename M::State state = testing::initial_states(model).front();
    histories::History seen;
    std::map<std::size_t, std::size_t> waiting;  // by client
    histories::Position now = 0;
    for (int step = 0; step < 40; ++step) {
      std::vector<typename M::State> successors;
      model.next(state, [&](const auto&, auto&& effect) {
        successors.push_back(state);
        effect(successors.back());
      });
      if (successors.empty()) break;
      const auto chosen =
          *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, successors.size()));
      for (std::size_t client = 0; client < M::State::History::clients; ++client) {
        const NodeId node = NodeId::at(client);
        const auto& before = state.history;
        const auto& after = successors[chosen].history;
        const std::size_t count = after.invoked(node);
        if (count > before.invoked(node)) {
          const auto& each = after.operations[node][count - 1];
          histories::Operation operation;
          operation.process = static_cast<std::uint32_t>(client);
          operation.key = each.key;
          operation.outcome = histories::Outcome::info;
          if (each.kind == small_history::Kind::write) {
            operation.function = histories::Function::write;
            operation.argument = each.value;
          }
          operation.invoked = now++;
          waiting[client] = seen.operations.size();
          seen.operations.push_back(operation);
        }
        if (waiting.count(client) != 0 && !after.is_waiting(node)) {
          histories::Operation& operation = seen.operations[waiting[client]];
          operation.outcome = histories::Outcome::ok;
          operation.responded = now++;
          const auto& each = after.operations[node][count - 1];
          if (each.kind == small_history::Kind::read) operation.result = each.value;
          waiting.erase(client);
        }
      }
      state = successors[chosen];
    }
    RC_LOG() << state.history.text() << '\n';
    RC_ASSERT(small_history::is_linearizable(state.history) ==
              judged(seen, Consistency::linearizable));
  };
  EXPECT_TRUE(rc::check(check));
}

TEST(Registers, RecordRealTimeAsAnObserverSeesIt) {
  real_time_is_kept(GossipRegister(calm<GossipRegister>(3, 6), ""));
  real_time_is_kept(QuorumRegister(calm<QuorumRegister>(3, 4), "no-write-back"));
  real_time_is_kept(PrimaryCopyRegister(calm<PrimaryCopyRegister>(3, 5), "read-backup"));
}

/// Ways to invoke operations one after the other at the replicas, if all of them are local.
std::size_t ways(std::size_t replicas, std::size_t keys, std::size_t operations) {
  std::size_t all = 1;
  for (std::size_t i = 0; i < operations; ++i) all *= replicas * keys * 2;
  return all;
}

// While nothing is told, the state is what was asked, in which order as far as real time shows it:
// every order does, since each operation returns before the next begins.
TEST(Registers, ByGossipHaveAsManyHistoriesAsThereAreWaysToAskBeforeAnythingIsTold) {
  const GossipRegister model(calm<GossipRegister>(2, 3), "");
  const auto states = testing::explore(
      model, testing::initial_states(model),
      [](const auto& action) { return registers::is_call(action.timer); }, [](const auto&...) {});
  EXPECT_EQ(states.size(), ways(2, 2, 0) + ways(2, 2, 1) + ways(2, 2, 2) + ways(2, 2, 3));
}

template <class M>
SearchResult<M> checked(const M& model) {
  SearchOptions options;
  options.keep_going = true;
  return search(model, options);
}

template <class M>
std::size_t length_of(const SearchResult<M>& result, const std::string& property) {
  for (const auto& outcome : result.properties) {
    if (outcome.name == property && outcome.trace) return outcome.trace->actions.size();
  }
  return 0;
}

// CAP, the one side: split, write, and read on the other side.
TEST(Cap, TheGossipRegisterAnswersOnBothSidesAndIsNotLinearizable) {
  GossipRegister::Options options = calm<GossipRegister>(2, 2);
  options.partitions = 1;
  const auto result = checked(GossipRegister(options, ""));
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(length_of(result, "Both sides answer while the network is split"), 3U);
}

// The other side: split, write, one copy stored and acknowledged, and a read that nobody hears.
TEST(Cap, TheQuorumRegisterIsLinearizableAndLeavesAClientWithoutAnAnswer) {
  QuorumRegister::Options options = calm<QuorumRegister>(3, 2);
  options.partitions = 1;
  const auto result = checked(QuorumRegister(options, ""));
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(length_of(result, "A client waits in vain while the network is split"), 5U);
}

// Not for want of time: whatever happens until the network heals, that client has no answer.
TEST(Cap, NoClientOnTheMinoritysSideIsEverAnsweredUntilTheNetworkHeals) {
  QuorumRegister::Options options = calm<QuorumRegister>(3, 2);
  options.partitions = 1;
  const QuorumRegister model(options, "");
  std::size_t split = 0;
  testing::every_step(model, [&](const auto& before, const auto&, const auto& after) {
    if (before.replicas.partition.empty() || after.replicas.partition.empty()) return;
    ++split;
    for (std::size_t client = 0; client < 3; ++client) {
      const NodeId node = NodeId::at(client);
      std::size_t side = 0;
      for (std::size_t other = 0; other < 3; ++other) {
        side += after.replicas.cut_off(node, NodeId::at(other)) ? 0U : 1U;
      }
      if (side > 1 || !before.asked.contains(node)) continue;
      ASSERT_EQ(before.history.is_waiting(node), after.history.is_waiting(node));
    }
  });
  EXPECT_GT(split, 1000U);
}

TEST(Registers, OnMajoritiesSurviveTheCrashOfAMinority) {
  QuorumRegister::Options options = calm<QuorumRegister>(3, 2);
  options.crashes = options.restarts = 1;
  EXPECT_EQ(search(QuorumRegister(options, ""), SearchOptions{}).verdict, Verdict::holds);
}

TEST(Registers, WithCausalBroadcastSurviveCopiesAndLosses) {
  CausalRegister::Options options = calm<CausalRegister>(2, 4);
  options.duplicates = options.drops = 1;
  EXPECT_EQ(search(CausalRegister(options, ""), SearchOptions{}).verdict, Verdict::holds);
}

}  // namespace
}  // namespace everyway
