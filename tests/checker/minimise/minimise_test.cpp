// Minimised runs against textbook searches: on random graphs, where the shortest is known, and on
// small models, where every removal can be tried by hand.
#include "checker/minimise/minimise.hpp"

#include <gtest/gtest.h>

#include <random>

#include "checker/search/search.hpp"
#include "tests/checker/search/random_graph.hpp"
#include "tests/checker/trace/small_model.hpp"

namespace everyway::testing {
namespace {

[[nodiscard]] MinimiseOptions one_worker() {
  MinimiseOptions options;
  options.workers = 1;
  options.max_states = 1'000'000;
  return options;
}

/// A random walk that shows the property, if one of so many does.
template <Model M>
[[nodiscard]] std::optional<Trace<M>> random_finding(const M& model, const Violation<M>& violation,
                                                     std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto starts = initial_states(model);
  for (int walk = 0; walk < 200; ++walk) {
    StateOf<M> state = starts[random() % starts.size()];
    Trace<M> trace{state, {}};
    for (int step = 0; step < 60 && is_within(model, state); ++step) {
      if (violation.shown_by_state(state)) return trace;
      std::vector<std::pair<ActionOf<M>, StateOf<M>>> all;
      model.next(state, [&](const ActionOf<M>& action, auto&& effect) {
        all.emplace_back(action, state);
        effect(all.back().second);
      });
      if (all.empty()) break;
      const auto& [action, after] = all[random() % all.size()];
      trace.actions.push_back(action);
      if (violation.shown_by_step(state, action, after)) return trace;
      state = after;
    }
    if (violation.shown_by_state(state)) return trace;
  }
  return std::nullopt;
}

/// Follows all actions but that at `left_out`, skipping what is not enabled: by hand, with nothing
/// of the minimiser but the judgement.
template <Model M>
[[nodiscard]] bool shows_without(const M& model, const Violation<M>& violation,
                                 const Trace<M>& trace, std::size_t left_out) {
  StateOf<M> state = trace.initial;
  if (violation.shown_by_state(state)) return true;
  for (std::size_t i = 0; i < trace.actions.size(); ++i) {
    if (i == left_out) continue;
    std::optional<StateOf<M>> after;
    model.next(state, [&](const ActionOf<M>& action, auto&& effect) {
      if (!same_bytes(action, trace.actions[i])) return;
      after = state;
      effect(*after);
    });
    if (!after) continue;
    if (violation.shown_by_step(state, trace.actions[i], *after)) return true;
    if (violation.shown_by_state(*after)) return true;
    if (is_within(model, *after)) state = *after;
  }
  return false;
}

template <Model M>
void expect_one_minimal(const M& model, const Violation<M>& violation, const Trace<M>& trace) {
  EXPECT_TRUE(shows_without(model, violation, trace, trace.actions.size()));
  for (std::size_t i = 0; i < trace.actions.size(); ++i) {
    EXPECT_FALSE(shows_without(model, violation, trace, i)) << "without action " << i + 1;
  }
}

TEST(Minimise, FindsTheShortestRunsOfRandomGraphsAndSaysSo) {
  std::size_t findings = 0;
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    const RandomGraph model(seed, 60, 3);
    for (const auto& property : properties_of(model)) {
      const Violation<RandomGraph> violation(model, property);
      const auto trace = random_finding(model, violation, seed);
      if (!trace) continue;
      ++findings;
      SCOPED_TRACE(fmt::format("seed {}, {}", seed, property.name));
      const auto minimised = minimise(model, property, *trace, one_worker());
      SearchOptions options;
      options.workers = 1;
      options.properties = {property.name};
      const auto truth = search(model, options);
      EXPECT_EQ(minimised.trace.actions.size(), truth.properties[0].trace->actions.size());
      EXPECT_NE(minimised.proof.optimality, Optimality::not_proved) << minimised.proof.text;
      expect_one_minimal(model, violation, minimised.trace);
    }
  }
  EXPECT_GT(findings, 100U);
}

TEST(Minimise, LeavesNothingThatCouldGoWithoutAnySearch) {
  MinimiseOptions options = one_worker();
  options.max_states = 1;
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    const RandomGraph model(seed, 60, 3);
    for (const auto& property : properties_of(model)) {
      const Violation<RandomGraph> violation(model, property);
      const auto trace = random_finding(model, violation, seed);
      if (!trace) continue;
      SCOPED_TRACE(fmt::format("seed {}, {}", seed, property.name));
      const auto minimised = minimise(model, property, *trace, options);
      EXPECT_LE(minimised.trace.actions.size(), trace->actions.size());
      expect_one_minimal(model, violation, minimised.trace);
    }
  }
}

using property = PropertyOf<Counting::State, Counting::Action>;

[[nodiscard]] auto done_together() {
  return property::always("apart", "", [](const Counting::State& s) { return s.done.size() < 2; });
}

TEST(Minimise, PutsTogetherWhatOneProcessDoes) {
  const Trace<Counting> trace{{}, {count(2), count(1), count(2), count(1), finish(1), finish(2)}};
  const auto minimised = minimise(Counting{}, done_together(), trace, one_worker());
  EXPECT_EQ(minimised.trace.actions.size(), 6U);
  EXPECT_EQ(context_switches(actors_of(minimised.trace.actions)), 1U);
  EXPECT_EQ(minimised.trace.actions.front().node, NodeId::at(0)) << "and names it n1";
}

TEST(Minimise, KeepsTheReasonAlthoughAnotherShowsSooner) {
  const auto counted = property::always("few", "", [](const Counting::State& s) -> Refutation {
    if (s.processes[1].count == 2) return "the second is at its end";
    if (s.done.size() == 1) return "one is done";
    return std::nullopt;
  });
  const Trace<Counting> trace{{}, {count(1), count(2), count(1), finish(1)}};
  const auto minimised = minimise(Counting{}, counted, trace, one_worker());
  EXPECT_EQ(minimised.why, "one is done");
  EXPECT_EQ(minimised.trace.actions.size(), 3U) << "two actions would show the other reason";
}

TEST(Minimise, CutsBehindTheFirstViolation) {
  const auto short_of_two = property::always_step(
      "slow", "",
      [](const Counting::State&, const Counting::Action& action, const Counting::State&) {
        return action.kind != Counting::Kind::finish;
      });
  const Trace<Counting> trace{{}, {count(1), count(1), finish(1), count(2), count(2), finish(2)}};
  EXPECT_EQ(minimise(Counting{}, short_of_two, trace, one_worker()).trace.actions.size(), 3U);
}

TEST(Minimise, LeavesNothingOfARunWhoseInitialStateShowsIt) {
  const auto never = property::always("never", "", [](const Counting::State&) { return false; });
  const auto minimised = minimise(Counting{}, never, {{}, {count(1)}}, one_worker());
  EXPECT_TRUE(minimised.trace.actions.empty());
  EXPECT_EQ(minimised.proof.optimality, Optimality::proved);
}

TEST(Minimise, RefusesARunThatShowsNothingOrIsNone) {
  EXPECT_THROW((void)minimise(Counting{}, done_together(), {{}, {count(1)}}, one_worker()),
               UsageError);
  EXPECT_THROW((void)minimise(Counting{}, done_together(), {{}, {finish(1)}}, one_worker()),
               UsageError);
}

TEST(Minimise, SaysWhyNothingIsProved) {
  MinimiseOptions options = one_worker();
  options.max_states = 1;
  const Trace<Counting> trace{{}, {count(2), count(1), count(2), count(1), finish(1), finish(2)}};
  const auto minimised = minimise(Counting{}, done_together(), trace, options);
  EXPECT_EQ(minimised.proof.optimality, Optimality::not_proved);
  EXPECT_NE(minimised.proof.text, "");
}

TEST(Minimise, EndsSoonWithAReplayableRunWhenInterrupted) {
  request_interrupt();
  const Trace<Counting> trace{{}, {count(1), count(2), count(1), finish(1)}};
  const auto one_done =
      property::always("none", "", [](const Counting::State& s) { return s.done.empty(); });
  const auto minimised = minimise(Counting{}, one_done, trace, one_worker());
  clear_interrupt();
  EXPECT_TRUE(minimised.interrupted);
  EXPECT_NE(minimised.proof.optimality, Optimality::found);
  const Violation<Counting> violation(Counting{}, one_done);
  EXPECT_TRUE(first_reason(Counting{}, violation, minimised.trace));
}

}  // namespace
}  // namespace everyway::testing
