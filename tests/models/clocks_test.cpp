// Logical clocks against what they mean: in every reachable state of small systems, happens-before
// is the transitive closure of the graph of events, and each clock is what its definition says of
// that graph. How many states there are follows from a recursion over executions.
#include "models/clocks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "checker/search/search.hpp"
#include "tests/models/play.hpp"
#include "tests/models/shortest_trace.hpp"
#include "tests/structures/clocks/event_graph.hpp"

namespace everyway::clocks_model {
namespace {

testing::EventGraph graph_of(const State& state) {
  std::vector<std::size_t> process_of;
  std::vector<std::pair<std::size_t, std::size_t>> messages;
  for (std::size_t event = 0; event < state.history.size(); ++event) {
    const Action& what = state.history[event].what;
    process_of.push_back(what.process.index());
    if (what.kind == Kind::receive) messages.push_back({what.message - std::size_t{1}, event});
  }
  return {process_of, messages};
}

/// What the clocks of an event must show, by definition, where `graph` says what happened before.
/// The twins of earlier events are in `earlier`.
Clocks twin_of(const State& state, std::size_t event, const testing::EventGraph& graph,
               const std::vector<Clocks>& earlier) {
  Clocks twin;
  twin.physical = state.history[event].clocks.physical;
  twin.hybrid.logical = twin.physical;
  twin.lamport.time = 1;
  twin.vector.counts[state.history[event].what.process] = 1;
  for (std::size_t cause = 0; cause < event; ++cause) {
    if (!graph.leads(cause, event)) continue;
    ++twin.vector.counts[state.history[cause].what.process];
    const std::uint8_t longer = static_cast<std::uint8_t>(earlier[cause].lamport.time + 1);
    twin.lamport.time = std::max(twin.lamport.time, longer);
    twin.hybrid.logical = std::max(twin.hybrid.logical, earlier[cause].physical);
  }
  for (std::size_t cause = 0; cause < event; ++cause) {
    const clocks::HybridLogicalClock<> before = earlier[cause].hybrid;
    if (!graph.leads(cause, event) || before.logical != twin.hybrid.logical) continue;
    const std::uint8_t longer = static_cast<std::uint8_t>(before.counter + 1);
    twin.hybrid.counter = std::max(twin.hybrid.counter, longer);
  }
  return twin;
}

class SmallSystem : public ::testing::TestWithParam<Options> {};

// Vector: of each process, the events in the causal past. Lamport: the longest chain of events that
// ends here. Hybrid: the latest physical time in the past, and the longest chain before it there.
TEST_P(SmallSystem, HasTheClocksOfTheTransitiveClosureInEveryReachableState) {
  std::size_t states = 0;
  for (const State& state : testing::every_step(System(GetParam(), ""),
                                                [](const State&, const Action&, const State&) {})) {
    ++states;
    const testing::EventGraph graph = graph_of(state);
    const clocks::HappensBefore before = happens_before(state.history);
    std::vector<Clocks> twins;
    for (std::size_t event = 0; event < state.history.size(); ++event) {
      twins.push_back(twin_of(state, event, graph, twins));
      ASSERT_EQ(text_of(state.history[event].clocks), text_of(twins.back()));
      for (std::size_t other = 0; other < state.history.size(); ++other) {
        ASSERT_EQ(before(other, event), graph.leads(other, event));
      }
    }
  }
  EXPECT_GT(states, 300U);
}

/// How many states there are where physical clocks may go as they like up to `max_time`: for each
/// execution, the ways in which the physical times of a process's events and its clock at last can
/// rise, C(its events + max_time, max_time - 1), one process times the other.
class Executions {
 public:
  using Counts = std::array<int, most_processes>;

  Executions(int processes, int max_time) : processes_(processes), max_time_(max_time) {}

  std::uint64_t states(int events_left, Counts events = {}, Counts waiting = {}) {
    const auto key = std::make_tuple(events_left, events, waiting);
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    std::uint64_t all = 1;
    for (int i = 0; i < processes_; ++i) all *= choose(at(events, i) + max_time_, max_time_ - 1);
    for (int i = 0; i < processes_ && events_left > 0; ++i) {
      const Counts more = with(events, i, 1);
      all += states(events_left - 1, more, waiting);
      for (int peer = 0; peer < processes_; ++peer) {
        if (peer != i) all += states(events_left - 1, more, with(waiting, peer, 1));
      }
      if (at(waiting, i) == 0) continue;
      const auto messages = static_cast<std::uint64_t>(at(waiting, i));
      all += messages * states(events_left - 1, more, with(waiting, i, -1));
    }
    return known_[key] = all;
  }

 private:
  static int at(const Counts& counts, int i) { return counts[static_cast<std::size_t>(i)]; }
  static Counts with(Counts counts, int i, int change) {
    counts[static_cast<std::size_t>(i)] += change;
    return counts;
  }
  static std::uint64_t choose(int n, int k) {
    std::uint64_t ways = 1;
    for (int i = 1; i <= k; ++i) {
      ways = ways * static_cast<std::uint64_t>(n - k + i) / static_cast<std::uint64_t>(i);
    }
    return ways;
  }

  int processes_;
  int max_time_;
  std::map<std::tuple<int, Counts, Counts>, std::uint64_t> known_;
};

TEST(Clocks, HaveAsManyStatesAsARecursionOverExecutionsSays) {
  for (const Options& options : {Options{1, 6, 4, 3}, Options{2, 4, 3, 2}, Options{2, 5, 2, 1},
                                 Options{3, 4, 1, 0}, Options{3, 3, 2, 1}}) {
    Executions executions(options.processes, options.max_time);
    const auto result = search(System(options, ""), SearchOptions{});
    EXPECT_EQ(result.stop, Stop::exhausted);
    EXPECT_EQ(result.distinct, executions.states(options.events));
  }
}

INSTANTIATE_TEST_SUITE_P(Clocks, SmallSystem,
                         ::testing::Values(Options{1, 6, 4, 3}, Options{2, 4, 2, 1},
                                           Options{2, 3, 4, 2}, Options{3, 3, 3, 1},
                                           Options{3, 4, 1, 0}, Options{3, 3, 2, 1}),
                         [](const auto& chosen) {
                           const Options& options = chosen.param;
                           return fmt::format("{}_processes_{}_events_time_{}_skew_{}",
                                              options.processes, options.events, options.max_time,
                                              options.skew);
                         });

TEST(Clocks, OfThreeProcessesHaveTenThousandExecutionsOfUpToFourEvents) {
  EXPECT_EQ(Executions(3, 1).states(4), 10'573U);
  EXPECT_EQ(Executions(3, 2).states(4), 341'360U);
}

/// A run that is written down event by event, and told as the table of a step-by-step trace.
class ToldRun {
 public:
  explicit ToldRun(const Options& options) : model_(options, "") {
    model_.init([this](const State& initial) { state_ = initial; });
  }

  ToldRun& work(std::size_t process) {
    return take({Kind::local, NodeId::at(process), {}, 0}, name(process) + " does local work");
  }
  ToldRun& send(std::size_t process, std::size_t peer) {
    return take({Kind::send, NodeId::at(process), NodeId::at(peer), 0},
                name(process) + " sends msg to " + name(peer));
  }
  ToldRun& receive(std::size_t process, std::uint8_t sending) {
    const NodeId sender = state_.history[sending - std::size_t{1}].what.process;
    return take({Kind::receive, NodeId::at(process), {}, sending},
                name(process) + " receives from " + name(sender.index()));
  }

  [[nodiscard]] const std::string& table() const { return table_; }
  [[nodiscard]] const State& state() const { return state_; }

 private:
  static std::string name(std::size_t process) { return {"ABC"[process]}; }

  ToldRun& take(const Action& wanted, const std::string& words) {
    bool taken = false;
    State after = state_;
    model_.next(state_, [&](const Action& action, auto&& effect) {
      if (!same_bytes(action, wanted)) return;
      taken = true;
      effect(after);
    });
    if (!taken) throw std::logic_error(words + ": not enabled");
    state_ = after;
    const auto& counts = state_.processes[wanted.process].vector.counts;
    table_ += fmt::format("{:>4}    {:<24}{:{}}[{}, {}, {}]\n", state_.history.size(), words, "",
                          13 * wanted.process.index(), counts[0], counts[1], counts[2]);
    return *this;
  }

  System model_;
  State state_;
  std::string table_;
};

// The trace of three nodes of the distributed systems reference, letter by letter.
TEST(Clocks, GoThroughTheStepByStepTraceOfTheReference) {
  constexpr std::size_t a = 0;
  constexpr std::size_t b = 1;
  constexpr std::size_t c = 2;
  ToldRun run(Options{3, 8, 1, 0});
  run.work(a).send(a, b).receive(b, 2).send(b, c).receive(c, 4).work(a).send(c, a).receive(a, 7);
  EXPECT_EQ(run.table(),
            "   1    A does local work       [1, 0, 0]\n"
            "   2    A sends msg to B        [2, 0, 0]\n"
            "   3    B receives from A                    [2, 1, 0]\n"
            "   4    B sends msg to C                     [2, 2, 0]\n"
            "   5    C receives from B                                 [2, 2, 1]\n"
            "   6    A does local work       [3, 0, 0]\n"
            "   7    C sends msg to A                                  [2, 2, 2]\n"
            "   8    A receives from C       [4, 2, 2]\n");
  const Timeline line(run.state());
  EXPECT_TRUE(line.before(0, 2));
  EXPECT_TRUE(line.at(0).vector.happens_before(line.at(2).vector));
  EXPECT_TRUE(line.before.concurrent(5, 4));
  EXPECT_TRUE(line.at(5).vector.concurrent_with(line.at(4).vector));
}

// Lamport 1978, section "Logical Clocks": the converse cannot be expected.
TEST(Clocks, OfLamportDoNotTellWhatHappenedBefore) {
  Options options{2, 3, 1, 0};
  options.converse = true;
  EXPECT_EQ(testing::shortest_trace_of(System(options, ""), "Converse of the Clock Condition"), 3);
}

}  // namespace
}  // namespace everyway::clocks_model
