// What a cluster calls independent commutes, on every network, in every state of small clusters;
// and what must not be called so is not.
#include "checker/cluster/independence.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <deque>
#include <set>
#include <string>

#include "tests/cluster/toys.hpp"
#include "tests/laws/commutation.hpp"

namespace everyway::testing {
namespace {

template <class State>
[[nodiscard]] std::string bytes_of(const State& state) {
  std::string bytes(sizeof(State), '\0');
  std::memcpy(bytes.data(), &state, sizeof(State));
  return bytes;
}

/// Every pair of actions of the first states that are reachable.
template <class M>
void expect_commutation(const M& model) {
  constexpr std::size_t most_states = 4000;
  std::set<std::string> seen;
  std::deque<typename M::State> queue{initial(model)};
  Commutation all;
  while (!queue.empty() && seen.size() < most_states) {
    const typename M::State state = queue.front();
    queue.pop_front();
    if (!seen.insert(bytes_of(state)).second) continue;
    const Commutation here = commutation_in(model, state);
    ASSERT_EQ(here.mistake, "");
    all.pairs += here.pairs;
    all.independent += here.independent;
    for (const auto& [action, successor] : steps_of(model, state)) {
      if (successor) queue.push_back(*successor);
    }
  }
  EXPECT_GT(all.independent, all.pairs / 20);
  EXPECT_LT(all.independent, all.pairs);
}

template <class Network>
class IndependenceOn : public ::testing::Test {
 protected:
  template <class P>
  [[nodiscard]] static auto cluster(const P& process, const Faults& faults, std::size_t size,
                                    int requests = 0) {
    return Cluster<P, Network>(process, faults, size, requests, 0);
  }
  /// The first two enabled actions of the kinds; a kind given twice needs two actions of it.
  template <class M>
  [[nodiscard]] static bool independent(const M& model, const typename M::State& state,
                                        ActionKind first, ActionKind second) {
    const auto a = enabled(model, state, first);
    const auto b = enabled(model, state, second);
    return model.independent(state, a.front(), b.back());
  }
};

using Networks =
    ::testing::Types<UnorderedBag<Note, 12>, UnorderedSet<Note, 12>, FifoLinks<Note, 12>>;
TYPED_TEST_SUITE(IndependenceOn, Networks);

constexpr Faults every_fault{2, 2, 2, 2, 1};
constexpr Faults no_faults{};

TYPED_TEST(IndependenceOn, WhatIsCalledIndependentCommutesUnderEveryFault) {
  expect_commutation(this->cluster(Counter{}, every_fault, 3, 2));
  expect_commutation(this->cluster(Counter{}, {1, 1, 1, 1, 0}, 3, 2));
  expect_commutation(this->cluster(Counter{}, {3, 0, 0, 0, 0}, 3, 2));
  expect_commutation(this->cluster(Postbox{3}, every_fault, 3));
  expect_commutation(this->cluster(Postbox{2}, {1, 2, 1, 1, 0}, 2));
}

TYPED_TEST(IndependenceOn, DeliveriesToDifferentProcessesCommute) {
  const auto model = this->cluster(Counter{}, no_faults, 3, 1);
  const auto state = after(model, initial(model), only(model, initial(model), ActionKind::request));
  const auto deliveries = enabled(model, state, ActionKind::deliver);
  ASSERT_EQ(deliveries.size(), 2U);
  EXPECT_TRUE(model.independent(state, deliveries[0], deliveries[1]));
}

TYPED_TEST(IndependenceOn, TheLastOfABudgetIsSpentOnceAndTwoAreNot) {
  for (const int crashes : {1, 2, 3}) {
    Faults faults;
    faults.crashes = crashes;
    const auto model = this->cluster(Postbox{0}, faults, 2);
    EXPECT_EQ(this->independent(model, initial(model), ActionKind::crash, ActionKind::crash),
              crashes >= 2);
  }
}

TYPED_TEST(IndependenceOn, APartitionDependsOnEverything) {
  const auto model = this->cluster(Postbox{1}, every_fault, 3);
  const auto state = initial(model);
  for (const auto& action : enabled(model, state)) {
    for (const auto& cut : enabled(model, state, ActionKind::cut)) {
      EXPECT_FALSE(model.independent(state, action, cut));
      EXPECT_FALSE(model.independent(state, cut, action));
    }
  }
}

// n1 rings its alarm and sends what may be lost: on a set, the same element comes back or not.
TYPED_TEST(IndependenceOn, ToLoseAMessageCommutesWithItsSenderUnlessEqualMessagesAreOne) {
  const auto model = this->cluster(Counter{}, {2, 0, 0, 0, 0}, 3, 1);
  auto state = after(model, initial(model), only(model, initial(model), ActionKind::request));
  state = after(model, state, only(model, state, ActionKind::time_out));
  EXPECT_EQ(this->independent(model, state, ActionKind::drop, ActionKind::time_out),
            !TypeParam::delivers_again);
}

// Postbox puts two notes on one link: on FIFO links, only the first is deliverable.
TEST(IndependenceOfLosses, IsThatOfLinksOrOfMessages) {
  const auto losses = [](const auto& model) {
    const auto state = initial(model);
    const auto drops = enabled(model, state, ActionKind::drop);
    return drops.size() == 2 && model.independent(state, drops[0], drops[1]);
  };
  EXPECT_TRUE(losses(Cluster<Postbox, UnorderedBag<Note, 4>>({2}, {2, 0, 0, 0, 0}, 2, 0, 0)));
  EXPECT_TRUE(losses(Cluster<Postbox, UnorderedSet<Note, 4>>({2}, {2, 0, 0, 0, 0}, 2, 0, 0)));
  EXPECT_FALSE(losses(Cluster<Postbox, FifoLinks<Note, 4>>({2}, {2, 0, 0, 0, 0}, 2, 0, 0)));
  EXPECT_FALSE(losses(Cluster<Postbox, UnorderedBag<Note, 4>>({2}, {1, 0, 0, 0, 0}, 2, 0, 0)));
}

}  // namespace
}  // namespace everyway::testing
