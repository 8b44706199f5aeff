// What happens before what, against dumb twins: a definition by shared objects, and all orders
// that exchanges of neighbours lead to.
#include "checker/minimise/happens_before.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <numeric>
#include <set>

#include "checker/minimise/reorder.hpp"
#include "checker/search/walk.hpp"
#include "tests/cluster/toys.hpp"

namespace everyway::testing {
namespace {

/// Each action appends its number to one or two logs, once; the order of what shares a log shows.
class Logs {
 public:
  static constexpr std::size_t most_actions = 9;
  struct State {
    std::array<InlineVector<std::uint8_t, most_actions>, 4> logs{};
    std::array<bool, most_actions> done{};
  };
  enum class Kind : std::uint8_t { append };
  struct Action {
    Kind kind{};
    NodeId node;
    std::uint8_t number = 0;
  };

  void init(auto&& emit) const { emit(State{}); }
  void next(const State& state, auto&& step) const {
    for (std::uint8_t number = 0; number < touched.size(); ++number) {
      if (state.done[number]) continue;
      step(action(number), [this, number](State& after) {
        after.done[number] = true;
        for (std::size_t log = 0; log < 4; ++log) {
          if (touches(number, log)) after.logs[log].push_back(number);
        }
      });
    }
  }
  [[nodiscard]] static Action action(std::uint8_t number) {
    return {Kind::append, NodeId::at(number % 3U), number};
  }
  [[nodiscard]] bool touches(std::size_t number, std::size_t log) const {
    return ((touched[number] >> log) & 1U) != 0;
  }

  std::vector<unsigned> touched;  ///< by action: the logs, as bits
};
BOOST_DESCRIBE_ENUM(Logs::Kind, append)
BOOST_DESCRIBE_STRUCT(Logs::State, (), (logs, done))
BOOST_DESCRIBE_STRUCT(Logs::Action, (), (kind, node, number))

template <Model M>
[[nodiscard]] std::vector<StateOf<M>> states_of(const M& model, const Trace<M>& trace) {
  std::vector<StateOf<M>> states{trace.initial};
  replay(model, trace, [&](std::size_t, const auto&, const auto&, const auto& after) {
    states.push_back(after);
  });
  return states;
}

template <Model M>
[[nodiscard]] HappensBefore order_of(const M& model, const Trace<M>& trace) {
  return happens_before(model, states_of(model, trace), trace.actions);
}

RC_GTEST_PROP(HappensBefore, IsThePathsOfSharedObjects, ()) {
  Logs model;
  model.touched = *rc::gen::container<std::vector<unsigned>>(
      *rc::gen::inRange<std::size_t>(1, Logs::most_actions + 1), rc::gen::inRange(1U, 16U));
  Trace<Logs> trace{{}, {}};
  for (std::uint8_t i = 0; i < model.touched.size(); ++i) trace.actions.push_back(Logs::action(i));
  const HappensBefore order = order_of(model, trace);

  const std::size_t count = model.touched.size();
  std::vector<std::vector<bool>> path(count, std::vector<bool>(count, false));
  for (std::size_t later = 0; later < count; ++later) {
    for (std::size_t earlier = later; earlier-- > 0;) {
      path[earlier][later] = (model.touched[earlier] & model.touched[later]) != 0;
      for (std::size_t between = earlier + 1; between < later; ++between) {
        if (path[earlier][between] && path[between][later]) path[earlier][later] = true;
      }
    }
  }
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = 0; b < count; ++b) RC_ASSERT(order.before(a, b) == path[a][b]);
  }
}

/// A run by actions that are drawn one after the other.
template <Model M>
[[nodiscard]] Trace<M> drawn_run(const M& model, std::size_t length) {
  StateOf<M> state = initial_states(model).front();
  Trace<M> trace{state, {}};
  while (trace.actions.size() < length) {
    std::vector<std::pair<ActionOf<M>, StateOf<M>>> successors;
    model.next(state, [&](const ActionOf<M>& action, auto&& effect) {
      successors.emplace_back(action, state);
      effect(successors.back().second);
    });
    if (successors.empty()) break;
    const auto& [action, after] = successors[*rc::gen::inRange<std::size_t>(0, successors.size())];
    trace.actions.push_back(action);
    state = after;
  }
  return trace;
}

/// All orders of the events that exchanges of neighbours lead to, each of them leading to the same
/// state: tried by replaying whole runs.
template <Model M>
[[nodiscard]] std::set<std::vector<std::size_t>> orders_of(const M& model, const Trace<M>& trace) {
  const StateOf<M> last = states_of(model, trace).back();
  std::vector<std::size_t> identity(trace.actions.size());
  std::iota(identity.begin(), identity.end(), std::size_t{0});
  std::set<std::vector<std::size_t>> orders{identity};
  std::vector<std::vector<std::size_t>> waiting{identity};
  while (!waiting.empty()) {
    const std::vector<std::size_t> order = waiting.back();
    waiting.pop_back();
    for (std::size_t at = 1; at < order.size(); ++at) {
      std::vector<std::size_t> other = order;
      std::swap(other[at - 1], other[at]);
      Trace<M> exchanged{trace.initial, {}};
      for (const std::size_t event : other) exchanged.actions.push_back(trace.actions[event]);
      try {
        if (!same_bytes(states_of(model, exchanged).back(), last)) continue;
      } catch (const ReplayError&) {
        continue;
      }
      if (orders.insert(other).second) waiting.push_back(other);
    }
  }
  return orders;
}

/// Whenever no exchange brings `later` before `earlier`, the relation must say so.
template <Model M>
void expect_nothing_is_missed(const M& model, const Trace<M>& trace) {
  const HappensBefore order = order_of(model, trace);
  const auto orders = orders_of(model, trace);
  for (std::size_t later = 0; later < order.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const bool always = std::all_of(orders.begin(), orders.end(), [&](const auto& each) {
        return std::find(each.begin(), each.end(), earlier) <
               std::find(each.begin(), each.end(), later);
      });
      if (always) RC_ASSERT(order.before(earlier, later));
    }
  }
}

RC_GTEST_PROP(HappensBefore, MissesNothingInAClusterWithFaults, ()) {
  const Faults faults{.drops = 1, .duplicates = 1, .crashes = 1, .restarts = 1, .partitions = 1};
  const Cluster<Counter, UnorderedBag<Note, 12>> model(Counter{}, faults, 3, 2, 0);
  expect_nothing_is_missed(model, drawn_run(model, 7));
}

TEST(HappensBefore, OfAnEmptyRunIsEmpty) {
  EXPECT_EQ(order_of(Logs{}, Trace<Logs>{{}, {}}).size(), 0U);
}

// Reordering.

RC_GTEST_PROP(OrderWithFewSwitches, HasAsFewAsTheBestOfAllOrders, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 8);
  HappensBefore::Edges edges;
  std::vector<unsigned> actors;
  for (std::size_t later = 0; later < count; ++later) {
    actors.push_back(*rc::gen::inRange(1U, 4U));
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (*rc::gen::inRange(0, 4) == 0) edges.emplace_back(earlier, later);
    }
  }
  const HappensBefore order(count, edges);
  const std::vector<std::size_t> found = order_with_few_switches(order, actors);

  const auto switches_of = [&](const std::vector<std::size_t>& events) {
    std::vector<unsigned> acting;
    for (const std::size_t event : events) acting.push_back(actors[event]);
    return context_switches(acting);
  };
  const auto is_allowed = [&](const std::vector<std::size_t>& events) {
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = a + 1; b < count; ++b) {
        if (order.before(events[b], events[a])) return false;
      }
    }
    return events.back() == count - 1;
  };
  std::vector<std::size_t> each(count);
  std::iota(each.begin(), each.end(), std::size_t{0});
  RC_ASSERT(std::is_permutation(found.begin(), found.end(), each.begin(), each.end()));
  RC_ASSERT(is_allowed(found));
  std::size_t fewest = switches_of(each);
  do {
    if (is_allowed(each)) fewest = std::min(fewest, switches_of(each));
  } while (std::next_permutation(each.begin(), each.end()));
  RC_ASSERT(switches_of(found) == fewest);
}

}  // namespace
}  // namespace everyway::testing
