// Rebalancing against a twin that says the same plainly: as many states, as far away. And what one
// range of keys says of several, and what a handover needs to come to its end.
#include "tests/models/rebalancing_twin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "checker/search/search.hpp"
#include "models/rebalancing.hpp"

namespace everyway::rebalancing {
namespace {

using testing::RebalancingBounds;
using testing::RebalancingTwin;
using testing::RebalancingWorld;

Options options_of(const RebalancingBounds& bounds) {
  Options options;
  options.nodes = static_cast<int>(bounds.nodes);
  options.moves = bounds.moves;
  options.writes = bounds.writes;
  options.max_in_flight = static_cast<int>(bounds.max_in_flight);
  options.drops = bounds.drops;
  options.duplicates = bounds.duplicates;
  options.crashes = bounds.crashes;
  options.restarts = bounds.restarts;
  return options;
}

/// Nodes, moves, writes and messages in flight, without faults.
RebalancingBounds bounds_of(std::size_t nodes, int moves, int writes, std::size_t max_in_flight) {
  RebalancingBounds bounds;
  bounds.nodes = nodes;
  bounds.moves = moves;
  bounds.writes = writes;
  bounds.max_in_flight = max_in_flight;
  return bounds;
}

void expect_the_states_of_the_twin(const RebalancingBounds& bounds) {
  RebalancingTwin twin(bounds);
  twin.explore();
  const auto result = search(Rebalancing(options_of(bounds), ""), SearchOptions{});
  EXPECT_EQ(result.stop, Stop::exhausted);
  EXPECT_EQ(result.distinct, twin.reached().size());
  EXPECT_EQ(result.depth, twin.levels());
}

TEST(RebalancingTwin, HasTheStatesOfTheModelWithoutFaults) {
  expect_the_states_of_the_twin(bounds_of(1, 2, 3, 1));
  expect_the_states_of_the_twin(bounds_of(2, 3, 2, 3));
  expect_the_states_of_the_twin(bounds_of(3, 2, 2, 3));
}

TEST(RebalancingTwin, HasTheStatesOfTheModelWithEachFaultAlone) {
  auto bounds = bounds_of(3, 2, 1, 2);
  bounds.drops = 2;
  expect_the_states_of_the_twin(bounds);
  bounds.drops = 0;
  bounds.duplicates = 2;
  expect_the_states_of_the_twin(bounds);
  bounds.duplicates = 0;
  bounds.crashes = 2;
  expect_the_states_of_the_twin(bounds);
  bounds.restarts = 2;
  expect_the_states_of_the_twin(bounds);
}

TEST(RebalancingTwin, HasTheStatesOfTheModelAtItsDefaults) {
  const Options options;
  auto bounds = bounds_of(3, options.moves, options.writes, 3);
  bounds.drops = options.drops;
  bounds.duplicates = options.duplicates;
  bounds.crashes = options.crashes;
  bounds.restarts = options.restarts;
  expect_the_states_of_the_twin(bounds);
}

/// The world with the names of n2 and n3 exchanged.
RebalancingWorld exchanged(RebalancingWorld world) {
  const auto other = [](std::size_t node) { return node == 0 ? node : 3 - node; };
  std::swap(world.nodes[1], world.nodes[2]);
  for (auto& node : world.nodes) {
    for (auto& record : node.records) record.to = other(record.to);
  }
  for (auto& message : world.messages) {
    message.from = other(message.from);
    message.to = other(message.to);
  }
  std::sort(world.messages.begin(), world.messages.end());
  return world;
}

TEST(RebalancingTwin, HasTheOrbitsOfTheModel) {
  auto bounds = bounds_of(3, 3, 1, 2);
  bounds.drops = 1;
  bounds.crashes = 1;
  bounds.restarts = 1;
  RebalancingTwin twin(bounds);
  twin.explore();
  std::set<RebalancingWorld> orbits;
  for (const auto& world : twin.reached()) {
    EXPECT_EQ(twin.reached().count(exchanged(world)), 1U);
    orbits.insert(std::min(world, exchanged(world)));
  }
  SearchOptions search_options;
  search_options.symmetry = true;
  const auto result = search(Rebalancing(options_of(bounds), ""), search_options);
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_EQ(result.distinct, orbits.size());
  EXPECT_LT(orbits.size(), twin.reached().size());
}

/// What a world is to one of its ranges.
RebalancingWorld of_range(const RebalancingWorld& world, std::size_t range) {
  RebalancingWorld part = world;
  for (auto& node : part.nodes) node.records = {node.records[range]};
  part.writes = {world.writes[range]};
  part.messages.clear();
  for (auto message : world.messages) {
    if (message.range != range) continue;
    message.range = 0;
    part.send(message);
  }
  // Faults that hit the other range are none here.
  part.drops = 0;
  part.duplicates = 0;
  return part;
}

// Two ranges, handed over at the same time by nodes that crash: to each of them it looks like a run
// that it could have had alone, and none of those is missing. So what holds in all states of one
// range holds of each of several.
TEST(Rebalancing, OfOneRangeSaysWhatHappensToEachOfTwo) {
  auto bounds = bounds_of(2, 1, 1, 2);
  bounds.drops = 1;
  bounds.crashes = 1;
  bounds.restarts = 1;
  std::set<RebalancingWorld> alone;
  RebalancingTwin one(bounds);
  one.explore();
  for (const auto& world : one.reached()) alone.insert(of_range(world, 0));

  bounds.ranges = 2;
  RebalancingTwin two(bounds);
  two.explore();
  EXPECT_GT(two.reached().size(), 10 * one.reached().size());
  for (std::size_t range = 0; range < 2; ++range) {
    std::set<RebalancingWorld> together;
    for (const auto& world : two.reached()) together.insert(of_range(world, range));
    EXPECT_TRUE(together == alone);
  }
}

/// Whether a node owns the range and no node is about to hand it over.
bool is_settled(const RebalancingWorld& world) {
  int owners = 0;
  for (const auto& node : world.nodes) {
    const auto role = node.records[0].role;
    if (!node.up || role == RebalancingWorld::sending) return false;
    if (role == RebalancingWorld::owner) ++owners;
  }
  return owners == 1;
}

// A copy is never merged with another, so a number of writes would say as much as their names.
TEST(Rebalancing, KeepsAllKeysWhereItKeepsAsMany) {
  auto bounds = bounds_of(2, 2, 3, 2);
  bounds.crashes = 1;
  bounds.restarts = 1;
  bounds.duplicates = 1;
  RebalancingTwin twin(bounds);
  twin.explore();
  for (const auto& world : twin.reached()) {
    const unsigned all = world.acknowledged(0);
    for (const auto& node : world.nodes) {
      const unsigned keys = node.records[0].keys;
      ASSERT_EQ((keys & ~all), 0U) << "what is written is acknowledged in the same step";
      ASSERT_EQ(std::popcount(keys) == std::popcount(all), keys == all);
    }
  }
}

// As long as everybody is up or may come back, every handover can still be brought to its end:
// nobody waits for what will never come.
TEST(Rebalancing, CanBeSettledFromWhereverAllNodesMayComeBack) {
  auto bounds = bounds_of(3, 2, 1, 2);
  bounds.drops = 1;
  bounds.crashes = 1;
  bounds.restarts = 1;
  RebalancingTwin twin(bounds);
  twin.explore();
  std::map<RebalancingWorld, std::vector<const RebalancingWorld*>> before;
  std::set<RebalancingWorld> can;
  std::vector<RebalancingWorld> todo;
  for (const auto& world : twin.reached()) {
    if (is_settled(world) && can.insert(world).second) todo.push_back(world);
    twin.for_each_successor(world, [&](const RebalancingWorld& after) {
      if (twin.reached().count(after) != 0) before[after].push_back(&world);
    });
  }
  EXPECT_LT(can.size(), twin.reached().size());
  while (!todo.empty()) {
    const RebalancingWorld world = todo.back();
    todo.pop_back();
    for (const auto* earlier : before[world]) {
      if (can.insert(*earlier).second) todo.push_back(*earlier);
    }
  }
  EXPECT_EQ(can.size(), twin.reached().size());
}

}  // namespace
}  // namespace everyway::rebalancing
