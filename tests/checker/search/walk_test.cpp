// A walk goes where its chooser says, and nowhere else: enumerating all choices enumerates all
// runs.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "checker/search/walk.hpp"
#include "checker/trace/replay.hpp"
#include "tests/checker/search/odometer.hpp"
#include "tests/checker/search/random_graph.hpp"

namespace everyway::testing {
namespace {

/// Where a walk came along, as text, with the actions that it turned back from in brackets.
class Recorder {
 public:
  bool begin(const GraphState& state) {
    text_ = std::to_string(state.node);
    trace_ = {state, {}};
    states_ = {state.node};
    return true;
  }
  bool enabled(const GraphState& state, std::uint64_t steps, std::uint64_t count) {
    EXPECT_EQ(state.node, states_.back());
    EXPECT_EQ(steps, trace_.actions.size());
    counts_.push_back(count);
    return true;
  }
  bool step(const GraphState& before, const Edge& action, const GraphState& after, bool inside) {
    EXPECT_EQ(before.node, states_.back());
    const std::string edge = fmt::format(" {}>{}", action.number, after.node);
    text_ += inside ? edge : " [" + edge + "]";
    if (!inside) return true;
    trace_.actions.push_back(action);
    states_.push_back(after.node);
    return true;
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const Trace<RandomGraph>& trace() const { return trace_; }
  [[nodiscard]] const std::vector<std::uint16_t>& states() const { return states_; }

 private:
  std::string text_;
  Trace<RandomGraph> trace_;
  std::vector<std::uint16_t> states_;
  std::vector<std::uint64_t> counts_;
};

/// Plain recursion over the same runs: what is left to try in a node, in order.
class Recursion {
 public:
  Recursion(const RandomGraph& graph, std::size_t depth) : graph_(graph), depth_(depth) {
    for (const std::uint16_t node : graph.initial()) {
      if (graph.within(state_of(node))) {
        arrive(node, std::to_string(node), 0);
      } else {
        runs_.insert(std::to_string(node) + " outside");
      }
    }
  }
  [[nodiscard]] const std::multiset<std::string>& runs() const { return runs_; }

 private:
  void arrive(std::uint16_t node, const std::string& text, std::size_t steps) {
    if (steps == depth_) {
      runs_.insert(text + " depth");
      return;
    }
    std::vector<std::size_t> left(graph_.successors(node).size());
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
    if (left.empty()) {
      runs_.insert(text + " dead_end");
      return;
    }
    leave(node, text, steps, left);
  }
  void leave(std::uint16_t node, const std::string& text, std::size_t steps,
             const std::vector<std::size_t>& left) {
    if (left.empty()) runs_.insert(text + " cornered");
    for (const std::size_t number : left) {
      const std::uint16_t target = graph_.successors(node)[number];
      const std::string edge = fmt::format(" {}>{}", number, target);
      if (graph_.within(state_of(target))) {
        arrive(target, text + edge, steps + 1);
        continue;
      }
      std::vector<std::size_t> others;
      for (const std::size_t other : left) {
        if (other != number) others.push_back(other);
      }
      leave(node, text + " [" + edge + "]", steps, others);
    }
  }

  const RandomGraph& graph_;
  std::size_t depth_;
  std::multiset<std::string> runs_;
};

RC_GTEST_PROP(Walker, TakesExactlyTheRunsOfAPlainRecursionIfItsChooserCountsThroughAllChoices,
              (std::uint32_t seed)) {
  const RandomGraph graph(seed, 12, 3);
  const std::size_t depth = *rc::gen::inRange<std::size_t>(0, 5);
  const auto initial = initial_states(graph);
  Walker<RandomGraph> walker(graph, initial);
  Odometer odometer;
  std::multiset<std::string> runs;
  do {
    Recorder recorder;
    const WalkEnd end = walker.walk(odometer, depth, recorder);
    runs.insert(recorder.text() + " " + std::string(enum_name(end)));
  } while (odometer.advance());
  RC_ASSERT(runs == Recursion(graph, depth).runs());
}

RC_GTEST_PROP(Walker, LeavesATraceThatReplaysThroughTheSameStates,
              (std::uint32_t seed, std::uint64_t walk)) {
  const RandomGraph graph(seed, 40, 4);
  const auto initial = initial_states(graph);
  Walker<RandomGraph> walker(graph, initial);
  RandomChooser chooser(seed, walk);
  Recorder recorder;
  walker.walk(chooser, 30, recorder);
  std::vector<std::uint16_t> states{recorder.trace().initial.node};
  replay(graph, recorder.trace(),
         [&](std::size_t, const GraphState&, const Edge&, const GraphState& after) {
           states.push_back(after.node);
         });
  RC_ASSERT(states == recorder.states());
}

RC_GTEST_PROP(Walker, TakesTheSameWalkAgainWhateverItWalkedBefore,
              (std::uint32_t seed, std::uint64_t walk)) {
  const RandomGraph graph(seed, 40, 4);
  const auto initial = initial_states(graph);
  Walker<RandomGraph> used(graph, initial);
  Walker<RandomGraph> fresh(graph, initial);
  const auto take = [&](Walker<RandomGraph>& walker, std::uint64_t number) {
    RandomChooser chooser(seed, number);
    Recorder recorder;
    walker.walk(chooser, 30, recorder);
    return recorder.text();
  };
  (void)take(used, walk + 1);
  RC_ASSERT(take(used, walk) == take(fresh, walk));
}

/// The same graph with the optional `apply`.
class GraphThatApplies : public RandomGraph {
 public:
  using RandomGraph::RandomGraph;
  void apply(State& state, const Action& action) const {
    state = state_of(successors(state.node)[action.number]);
  }
};
static_assert(ModelThatApplies<GraphThatApplies> && !ModelThatApplies<RandomGraph>);

RC_GTEST_PROP(Walker, WalksTheSameWithAndWithoutApply, (std::uint32_t seed, std::uint64_t walk)) {
  const GraphThatApplies applies(seed, 40, 4);
  const RandomGraph& names = applies;
  const auto initial = initial_states(names);
  Recorder recorders[2];
  RandomChooser first(seed, walk);
  RandomChooser second(seed, walk);
  const WalkEnd end = Walker<GraphThatApplies>(applies, initial).walk(first, 30, recorders[0]);
  RC_ASSERT(Walker<RandomGraph>(names, initial).walk(second, 30, recorders[1]) == end);
  RC_ASSERT(recorders[0].text() == recorders[1].text());
}

/// Ends a walk after so many calls.
struct Impatient {
  int patience;
  bool begin(const GraphState&) { return --patience > 0; }
  bool enabled(const GraphState&, std::uint64_t, std::uint64_t) { return --patience > 0; }
  bool step(const GraphState&, const Edge&, const GraphState&, bool) { return --patience > 0; }
};

TEST(Walker, EndsAtOnceWhenItsVisitorSaysSo) {
  const RandomGraph graph(3, 40, 4);
  const auto initial = initial_states(graph);
  for (int patience = 1; patience < 4; ++patience) {
    Impatient visitor{patience};
    RandomChooser chooser(1, 1);
    EXPECT_EQ(Walker<RandomGraph>(graph, initial).walk(chooser, 30, visitor), WalkEnd::visitor);
    EXPECT_EQ(visitor.patience, 0);
  }
}

}  // namespace
}  // namespace everyway::testing
