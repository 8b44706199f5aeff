// Blocking, by a definition that asks every continuation: a state is blocked if
// somebody is up and in doubt, and no path from there leads to where that
// somebody has decided.
#include "models/non_blocking.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "checker/search/search.hpp"

namespace everyway::non_blocking {
namespace {

std::string bytes_of(const State& state) {
  std::string bytes(sizeof(State), '\0');
  std::memcpy(bytes.data(), &state, sizeof(State));
  return bytes;
}

/// All states, and from where each can be reached in one step.
struct Graph {
  std::vector<State> states;
  std::vector<std::vector<std::size_t>> sources;
};

Graph graph_of(const NonBlocking& model) {
  Graph graph;
  std::unordered_map<std::string, std::size_t> known;
  const auto number = [&](const State& state) {
    const auto [place, is_new] = known.emplace(bytes_of(state), graph.states.size());
    if (is_new) {
      graph.states.push_back(state);
      graph.sources.emplace_back();
    }
    return place->second;
  };
  model.init([&](const State& state) { number(state); });
  for (std::size_t i = 0; i < graph.states.size(); ++i) {
    const State before = graph.states[i];
    model.next(before, [&](const Action& action, auto&& effect) {
      // Crashes help nobody who is in doubt, but for those of a process that
      // ends in doubt.
      if (action.kind == cluster::ActionKind::crash) return;
      State after = before;
      effect(after);
      graph.sources[number(after)].push_back(i);
    });
    model.next(before, [&](const Action& action, auto&& effect) {
      if (action.kind != cluster::ActionKind::crash) return;
      State after = before;
      effect(after);
      number(after);
    });
  }
  return graph;
}

template <class Processes>
bool in_doubt(const Processes& processes, std::size_t index) {
  const auto& process = processes[index];
  return process.up && process.disk.voted_yes && process.disk.decision == Decision::none;
}

bool in_doubt(const State& state, std::size_t index) {
  if (state.protocol == Protocol::two_phase) return in_doubt(state.two_phase.processes, index);
  return in_doubt(state.three_phase.processes, index);
}
bool decided(const State& state, std::size_t index) {
  const bool is_two = state.protocol == Protocol::two_phase;
  return (is_two ? state.two_phase.processes[index].disk.decision
                 : state.three_phase.processes[index].disk.decision) != Decision::none;
}

/// The states of a protocol in which that participant can never come to know
/// the decision.
std::size_t hopeless(const Graph& graph, Protocol protocol, std::size_t participant) {
  std::vector<bool> has_hope(graph.states.size());
  std::deque<std::size_t> open;
  for (std::size_t i = 0; i < graph.states.size(); ++i) {
    if (!decided(graph.states[i], participant)) continue;
    has_hope[i] = true;
    open.push_back(i);
  }
  while (!open.empty()) {
    const std::size_t state = open.front();
    open.pop_front();
    for (const std::size_t source : graph.sources[state]) {
      if (has_hope[source]) continue;
      has_hope[source] = true;
      open.push_back(source);
    }
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < graph.states.size(); ++i) {
    const State& state = graph.states[i];
    count += state.protocol == protocol && in_doubt(state, participant) && !has_hope[i] ? 1U : 0U;
  }
  return count;
}

Options options_of(int participants, int crashes) { return {participants, crashes}; }

TEST(NonBlocking, TwoPhaseCommitHasStatesWithoutHopeAndThreePhaseCommitHasNone) {
  for (const int crashes : {1, 2}) {
    const Graph graph = graph_of(NonBlocking(options_of(2, crashes), ""));
    for (const std::size_t participant : {1, 2}) {
      EXPECT_GT(hopeless(graph, Protocol::two_phase, participant), 0U) << crashes;
      EXPECT_EQ(hopeless(graph, Protocol::three_phase, participant), 0U) << crashes;
    }
  }
}

TEST(NonBlocking, AParticipantThatWaitsForTheCoordinatorHasNoHopeEither) {
  const Graph graph = graph_of(NonBlocking(options_of(2, 1), "wait-for-coordinator"));
  EXPECT_GT(hopeless(graph, Protocol::three_phase, 1), 0U);
}

TEST(NonBlocking, NobodyBlocksUnlessSomebodyCrashes) {
  const Graph graph = graph_of(NonBlocking(options_of(2, 0), ""));
  EXPECT_EQ(hopeless(graph, Protocol::two_phase, 1), 0U);
  EXPECT_EQ(hopeless(graph, Protocol::three_phase, 1), 0U);
}

/// Neither protocol is changed by standing beside the other.
TEST(NonBlocking, HasTheStatesOfBothProtocols) {
  for (const int participants : {1, 2}) {
    two_phase_commit::Options two;
    two.participants = participants;
    two.restarts = 0;
    three_phase_commit::Options three;
    three.participants = participants;
    three.crashes = 1;
    const auto both = search(NonBlocking(options_of(participants, 1), ""), SearchOptions{});
    EXPECT_EQ(both.verdict, Verdict::holds);
    EXPECT_EQ(both.distinct, search(TwoPhase(two, ""), SearchOptions{}).distinct +
                                 search(ThreePhase(three, ""), SearchOptions{}).distinct);
  }
}

}  // namespace
}  // namespace everyway::non_blocking
