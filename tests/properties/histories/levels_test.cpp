// Causal consistency and session guarantees, against twins that try everything that the
// definitions allow, and the levels against each other.
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include "properties/histories/judge.hpp"
#include "tests/properties/histories/causal_twin.hpp"
#include "tests/properties/histories/random_history.hpp"

namespace everyway::histories::testing {
namespace {

[[nodiscard]] Mix mix_of(int operations) {
  Mix mix;
  mix.operations = operations;
  mix.keys = 2;
  mix.has_cas = false;
  mix.writes_differ = true;
  mix.indeterminate_in_ten = 1;
  return mix;
}

void agree_on(const History& history, Causal level) {
  const bool holds = any_selection(history, [&](std::vector<Operation> chosen) {
    return CausalTwin(std::move(chosen), nil).is_consistent(level);
  });
  const Judgement judgement = judge_causal_consistency(history, nil, level);
  RC_ASSERT(judgement.verdict == (holds ? Verdict::holds : Verdict::violated));
  if (holds) return;
  RC_ASSERT(!any_selection(judgement.counterexample, [&](std::vector<Operation> chosen) {
    return CausalTwin(std::move(chosen), nil).is_consistent(level);
  }));
}

void agree(Causal level) {
  for (int i = 0; i < 5; ++i) agree_on(any_history(mix_of(5)), level);
}

RC_GTEST_PROP(CausalConsistency, IsWhatItsDefinitionSays, ()) { agree(Causal::weak); }
RC_GTEST_PROP(CausalMemory, IsWhatItsDefinitionSays, ()) { agree(Causal::memory); }
RC_GTEST_PROP(CausalConvergence, IsWhatItsDefinitionSays, ()) { agree(Causal::convergence); }

RC_GTEST_PROP(SessionGuarantees, AreWhatTheirDefinitionsSay, ()) {
  const History history = any_history(mix_of(5));
  const auto given = [] { return *rc::gen::arbitrary<bool>(); };
  const Guarantees guarantees{given(), given(), given(), given()};
  const auto twin = [&](std::vector<Operation> chosen) {
    return SessionTwin(std::move(chosen), nil, guarantees).is_explained();
  };
  const bool holds = any_selection(history, twin);
  const Judgement judgement = judge_sessions(history, nil, guarantees);
  RC_ASSERT(judgement.verdict == (holds ? Verdict::holds : Verdict::violated));
  if (!holds) RC_ASSERT(!any_selection(judgement.counterexample, twin));
}

/// What a store may do that answers each read with some earlier write, most likely a late one:
/// violations of such histories are small and far between.
[[nodiscard]] History plausible_history(int operations, std::uint32_t keys) {
  Scene scene;
  std::vector<std::vector<Value>> written(keys, {nil});
  Value last_value = nil;
  for (int i = 0; i < operations; ++i) {
    const auto process = below<std::uint32_t>(3);
    const auto key = below<std::uint32_t>(keys);
    if (below(2) == 0) {
      written[key].push_back(++last_value);
      scene.run(process, write(last_value, key));
    } else {
      const std::size_t back = below<std::size_t>(2);
      const std::size_t place = written[key].size() - 1;
      scene.run(process, read(key), written[key][place - std::min(back, place)]);
    }
  }
  return scene.history();
}

[[nodiscard]] bool holds(const History& history, Consistency consistency) {
  return judge(history, {}, consistency).verdict == Verdict::holds;
}

RC_GTEST_PROP(Levels, ImplyThoseBelow, ()) {
  const History history = plausible_history(1 + below(15), 2);
  const std::vector<std::pair<Consistency, Consistency>> stronger = {
      {Consistency::linearizable, Consistency::sequential},
      {Consistency::sequential, Consistency::causal_memory},
      {Consistency::sequential, Consistency::causal_convergence},
      {Consistency::causal_memory, Consistency::causal},
      {Consistency::causal_convergence, Consistency::causal},
      {Consistency::sessions, Consistency::read_your_writes},
      {Consistency::sessions, Consistency::monotonic_reads},
      {Consistency::sessions, Consistency::monotonic_writes},
      {Consistency::sessions, Consistency::writes_follow_reads}};
  for (const auto& pair : stronger) {
    RC_ASSERT(!holds(history, pair.first) || holds(history, pair.second));
  }
}

RC_GTEST_PROP(AllFourGuarantees, AreCausalConvergence, ()) {
  const History history = plausible_history(1 + below(29), 3);
  RC_ASSERT(holds(history, Consistency::sessions) ==
            holds(history, Consistency::causal_convergence));
}

}  // namespace
}  // namespace everyway::histories::testing
