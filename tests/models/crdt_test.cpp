// The models of replicated data types: as many states as a model in which replicas are nothing but
// sets of updates, what causal delivery is for, and what deltas save.
#include <gtest/gtest.h>

#include <array>

#include "checker/search/search.hpp"
#include "models/crdt_operation.hpp"
#include "models/crdt_state.hpp"
#include "tests/models/crdt_twin.hpp"
#include "tests/models/shortest_trace.hpp"

namespace everyway {
namespace {

using crdt::Type;
using testing::CrdtTwin;
using testing::shortest_trace_of;
using Delivery = CrdtTwin::Delivery;
using OfStates = crdt_state::Replication;
using OfOperations = crdt_operation::Replication;

constexpr std::array all_types{Type::g_counter,     Type::pn_counter, Type::g_set,
                               Type::two_phase_set, Type::or_set,     Type::lww_register,
                               Type::mv_register,   Type::lww_map,    Type::rga};

struct Size {
  int replicas;
  int updates;
  int keys;
};

template <class Options>
Options options_of(const Size& size) {
  Options options;
  options.replicas = size.replicas;
  options.updates = size.updates;
  options.keys = size.keys;
  return options;
}

CrdtTwin::Counts twin_of(Type type, Delivery delivery, const Size& size) {
  return CrdtTwin(type, delivery, static_cast<std::size_t>(size.replicas),
                  static_cast<std::size_t>(size.updates), size.keys)
      .counts();
}

void choose(crdt_state::Options& options, Type type) {
  options.g_counter = type == Type::g_counter;
  options.pn_counter = type == Type::pn_counter;
  options.g_set = type == Type::g_set;
  options.two_phase_set = type == Type::two_phase_set;
  options.or_set = type == Type::or_set;
  options.lww_register = type == Type::lww_register;
  options.mv_register = type == Type::mv_register;
  options.lww_map = type == Type::lww_map;
  options.rga = type == Type::rga;
}
void choose(crdt_operation::Options& options, Type type) {
  options.counter = type == Type::pn_counter;
  options.or_set = type == Type::or_set;
  options.rga = type == Type::rga;
}

template <class M>
void expect_the_counts_of_the_twin(const M& model, const CrdtTwin::Counts& twin) {
  const auto result = search(model, SearchOptions{});
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.stop, Stop::exhausted);
  EXPECT_EQ(result.distinct, twin.distinct);
  EXPECT_EQ(result.generated, twin.generated);
}

TEST(CrdtState, HasOneStateForEachSetOfUpdatesWhateverTheType) {
  for (const Size& size : {Size{2, 3, 2}, Size{3, 2, 2}}) {
    for (const Type type : all_types) {
      SCOPED_TRACE(enum_name(type));
      auto options = options_of<crdt_state::Options>(size);
      choose(options, type);
      expect_the_counts_of_the_twin(OfStates(options, ""),
                                    twin_of(type, Delivery::whole_states, size));
      options.delta = true;
      expect_the_counts_of_the_twin(OfStates(options, ""), twin_of(type, Delivery::deltas, size));
    }
  }
}

TEST(CrdtOperation, HasOneStateForEachSetOfUpdatesWhateverTheType) {
  for (const Size& size : {Size{2, 3, 2}, Size{3, 3, 1}, Size{2, 4, 1}}) {
    for (const Type type : {Type::pn_counter, Type::or_set, Type::rga}) {
      SCOPED_TRACE(enum_name(type));
      auto options = options_of<crdt_operation::Options>(size);
      choose(options, type);
      expect_the_counts_of_the_twin(OfOperations(options, ""),
                                    twin_of(type, Delivery::operations, size));
    }
  }
}

// The defaults: three replicas, three updates, every type in turn.
TEST(CrdtState, ExploresWhatTheTwinCountsForAllTypesTogether) {
  CrdtTwin::Counts all;
  CrdtTwin::Counts all_of_deltas;
  for (const Type type : all_types) {
    all += twin_of(type, Delivery::whole_states, {3, 3, 1});
    all_of_deltas += twin_of(type, Delivery::deltas, {3, 3, 1});
  }
  crdt_state::Options options;
  expect_the_counts_of_the_twin(OfStates(options, ""), all);
  options.delta = true;
  expect_the_counts_of_the_twin(OfStates(options, ""), all_of_deltas);
}

// Two updates of which the second has seen the first, delivered the wrong way round.
TEST(CrdtOperation, NeedsCausalDeliveryUnlessOperationsCommuteAnyway) {
  const auto divergence = [](Type type) {
    auto options = options_of<crdt_operation::Options>({2, 3, 1});
    choose(options, type);
    return shortest_trace_of(OfOperations(options, "no-causal-delivery"), "Strong Convergence");
  };
  EXPECT_EQ(divergence(Type::or_set), 4);
  EXPECT_EQ(divergence(Type::rga), 4);
  EXPECT_EQ(divergence(Type::pn_counter), -1);
}

// A state that comes twice is the network's right, and the two replicas of a counter that adds up
// what it receives never agree again.
TEST(CrdtState, ThatIsNotALatticeDivergesOverANetworkThatDuplicates) {
  auto options = options_of<crdt_state::Options>({2, 2, 1});
  choose(options, Type::g_counter);
  EXPECT_EQ(shortest_trace_of(OfStates(options, ""), "Strong Convergence"), -1);
  EXPECT_EQ(shortest_trace_of(OfStates(options, "merge-by-sum"), "Strong Convergence"), 3);
  EXPECT_EQ(shortest_trace_of(OfStates(options, "merge-by-overwrite"), "Strong Convergence"), 4);
  choose(options, Type::pn_counter);
  EXPECT_EQ(shortest_trace_of(OfStates(options, "merge-by-sum"), "Strong Convergence"), 3);
  choose(options, Type::two_phase_set);
  EXPECT_EQ(shortest_trace_of(OfStates(options, "tombstone-dropped"), "Specification"), 3);
}

}  // namespace
}  // namespace everyway
