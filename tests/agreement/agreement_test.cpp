// Every model and every mutant: the engine against a dumb twin, and against itself in every other
// combination of its parts.
#include "tests/agreement/agreement.hpp"

#include <algorithm>

#include "models/registry.hpp"
#include "tests/agreement/commuting.hpp"

namespace everyway::testing {
namespace {

/// Enough that workers get in each other's way, and few enough for the twin.
constexpr std::uint64_t first_states = 20'000;
constexpr std::uint64_t all_states = UINT64_MAX;

[[nodiscard]] CheckReport check(const Duel& duel, const SearchOptions& options) {
  const Catalogue catalogue = ready_models();
  const CatalogueEntry& model = find_model(catalogue, duel.model);
  CheckRequest request;
  request.parameters = values_from(model, duel.parameters);
  request.mutant = std::string(duel.mutant);
  request.options = options;
  return model.check(request, {});
}

/// Everything that may be found, on one worker.
[[nodiscard]] SearchOptions everything() {
  SearchOptions options;
  options.keep_going = true;
  options.workers = 1;
  return options;
}

/// What the twin has seen, but no more.
[[nodiscard]] SearchOptions as_far_as(const Truth& truth) {
  SearchOptions options = everything();
  if (!truth.exhausted) options.max_depth = truth.levels;
  return options;
}

[[nodiscard]] Verdict verdict_of(const PropertyReport& report, const Truth& truth) {
  const bool found = truth.nearest.contains(report.property.name);
  const bool is_witness = report.property.kind == PropertyKind::reachable;
  if (found) return is_witness ? Verdict::holds : Verdict::violated;
  if (!truth.exhausted) return Verdict::unknown;
  return is_witness ? Verdict::violated : Verdict::holds;
}

/// Actions of the counterexample or witness; -1 if there is none.
[[nodiscard]] int length(const PropertyReport& report) {
  return report.trace ? static_cast<int>(report.trace->actions.size()) : -1;
}

void expect_verdicts(const CheckReport& report, const Truth& truth) {
  for (const PropertyReport& property : report.properties) {
    SCOPED_TRACE(property.property.name);
    EXPECT_EQ(property.verdict, verdict_of(property, truth));
    EXPECT_EQ(property.trace.has_value(), truth.nearest.contains(property.property.name));
  }
  for (const auto& [name, actions] : truth.nearest) {
    EXPECT_TRUE(std::any_of(
        report.properties.begin(), report.properties.end(),
        [&, wanted = name](const PropertyReport& each) { return each.property.name == wanted; }))
        << name;
  }
}

void expect_counts(const CheckReport& report, const Truth& truth) {
  ASSERT_EQ(report.stop, truth.exhausted ? Stop::exhausted : Stop::max_depth);
  EXPECT_EQ(report.distinct, truth.distinct);
  EXPECT_EQ(report.generated, truth.generated);
  for (const ActionCount& action : report.actions) {
    const auto taken = truth.taken.find(action.name);
    EXPECT_EQ(action.taken, taken == truth.taken.end() ? 0 : taken->second) << action.name;
  }
}

void expect_lengths(const CheckReport& report, const Truth& truth) {
  for (const PropertyReport& property : report.properties) {
    const auto nearest = truth.nearest.find(property.property.name);
    const int expected = nearest == truth.nearest.end() ? -1 : static_cast<int>(nearest->second);
    EXPECT_EQ(length(property), expected) << property.property.name;
  }
}

void expect_all(const CheckReport& report, const Truth& truth) {
  expect_counts(report, truth);
  expect_verdicts(report, truth);
  expect_lengths(report, truth);
  EXPECT_EQ(report.depth, truth.depth);
}

void expect_same(const CheckReport& report, const CheckReport& other) {
  EXPECT_EQ(report.verdict, other.verdict);
  EXPECT_EQ(report.stop, other.stop);
  EXPECT_EQ(report.distinct, other.distinct);
  EXPECT_EQ(report.generated, other.generated);
  EXPECT_EQ(report.depth, other.depth);
  ASSERT_EQ(report.properties.size(), other.properties.size());
  for (std::size_t i = 0; i < report.properties.size(); ++i) {
    SCOPED_TRACE(report.properties[i].property.name);
    EXPECT_EQ(report.properties[i].verdict, other.properties[i].verdict);
    EXPECT_EQ(length(report.properties[i]), length(other.properties[i]));
  }
  for (std::size_t i = 0; i < report.actions.size(); ++i) {
    EXPECT_EQ(report.actions[i].taken, other.actions[i].taken) << report.actions[i].name;
  }
}

/// A search that stops at the first violation sees what a search of everything sees first.
void expect_first_violation(const CheckReport& report, const Truth& truth) {
  std::size_t nearest = SIZE_MAX;
  for (const PropertyReport& property : report.properties) {
    const auto found = truth.nearest.find(property.property.name);
    if (property.property.kind == PropertyKind::reachable || found == truth.nearest.end()) continue;
    nearest = std::min(nearest, found->second);
  }
  if (nearest == SIZE_MAX) {
    EXPECT_NE(report.stop, Stop::violation);
    return;
  }
  EXPECT_EQ(report.verdict, Verdict::violated);
  std::size_t shortest = SIZE_MAX;
  for (const PropertyReport& property : report.properties) {
    if (property.verdict != Verdict::violated) continue;
    ASSERT_TRUE(property.trace) << property.property.name;
    shortest = std::min(shortest, property.trace->actions.size());
  }
  EXPECT_EQ(shortest, nearest);
}

/// All but those of steps, which a reduced search cannot decide.
[[nodiscard]] SearchOptions reduced(const Duel& duel, SearchOptions options) {
  options.reduction = Reduction::sleep;
  const Catalogue catalogue = ready_models();
  const CatalogueEntry& model = find_model(catalogue, duel.model);
  for (const PropertyInfo& property : model.properties(values_from(model, duel.parameters))) {
    if (property.kind != PropertyKind::always_step) options.properties.push_back(property.name);
  }
  options.properties.emplace_back(deadlock_property);
  return options;
}

/// A reduced search decides the same, and takes each transition or counts it as left out.
void expect_reduced(const Duel& duel, const SearchOptions& options, const Truth& truth) {
  for (const unsigned workers : {1U, 2U}) {
    SCOPED_TRACE(workers);
    SearchOptions sleeping = reduced(duel, options);
    sleeping.workers = workers;
    if (!tells_what_commutes(duel.model)) {
      EXPECT_THROW((void)check(duel, sleeping), UsageError);
      continue;
    }
    const CheckReport report = check(duel, sleeping);
    expect_lengths(report, truth);
    for (const PropertyReport& property : report.properties) {
      EXPECT_EQ(property.verdict, verdict_of(property, truth)) << property.property.name;
    }
    if (report.stop == Stop::decided) continue;  // the counts are of what it needed
    ASSERT_EQ(report.stop, truth.exhausted ? Stop::exhausted : Stop::max_depth);
    EXPECT_EQ(report.distinct, truth.distinct);
    EXPECT_EQ(report.depth, truth.depth);
    EXPECT_EQ(report.generated + report.skipped, truth.generated);
    if (truth.distinct > 100) {
      EXPECT_LT(report.generated, truth.generated);
    }
  }
}

/// Calls test(duel, truth) for each, up to the first that fails.
template <class Test>
void each(const Duels& duels, std::uint64_t most_states, Test test) {
  for (const Duel& duel : duels.all) {
    SCOPED_TRACE(::testing::Message() << duel);
    test(duel, duel.truth(duel.parameters, duel.mutant, most_states));
    if (::testing::Test::HasFailure()) return;
  }
}

void expect_same_for_any_number_of_workers(const Duel& duel, SearchOptions options) {
  for (const bool keep_going : {true, false}) {
    options.keep_going = keep_going;
    options.workers = 1;
    const CheckReport alone = check(duel, options);
    for (const unsigned workers : {2U, 4U}) {
      SCOPED_TRACE(workers);
      options.workers = workers;
      expect_same(check(duel, options), alone);
    }
  }
}

TEST_P(SmallModels, CountsVerdictsAndLengthsAreThoseOfADumbTwin) {
  each(GetParam(), all_states,
       [](const Duel& duel, const Truth& truth) { expect_all(check(duel, everything()), truth); });
}

TEST_P(SmallModels, DepthFirstSearchFindsTheSameStatesAndVerdicts) {
  each(GetParam(), all_states, [](const Duel& duel, const Truth& truth) {
    SearchOptions options = everything();
    options.strategy = Strategy::dfs;
    for (const Storage storage : {Storage::fingerprints, Storage::exact}) {
      options.storage = storage;
      const CheckReport report = check(duel, options);
      expect_counts(report, truth);
      expect_verdicts(report, truth);
    }
  });
}

TEST_P(SmallModels, TheVisitedSetOfWholeStatesFindsTheSame) {
  each(GetParam(), all_states, [](const Duel& duel, const Truth& truth) {
    SearchOptions options = everything();
    options.storage = Storage::exact;
    expect_all(check(duel, options), truth);
  });
}

TEST_P(SmallModels, TheFirstViolationIsAShortestOne) {
  each(GetParam(), all_states, [](const Duel& duel, const Truth& truth) {
    SearchOptions options = everything();
    options.keep_going = false;
    expect_first_violation(check(duel, options), truth);
  });
}

TEST_P(SmallModels, AnyNumberOfWorkersFindsTheSame) {
  each(GetParam(), 0, [](const Duel& duel, const Truth&) {
    expect_same_for_any_number_of_workers(duel, everything());
  });
}

TEST_P(SmallModels, SleepSetsLeaveOutTransitionsAndNothingElse) {
  each(GetParam(), all_states,
       [](const Duel& duel, const Truth& truth) { expect_reduced(duel, everything(), truth); });
}

TEST_P(SmallModels, SleepSetsLeaveTheFirstViolationAsNear) {
  each(GetParam(), all_states, [](const Duel& duel, const Truth& truth) {
    if (!tells_what_commutes(duel.model)) return;
    SearchOptions options = everything();
    options.keep_going = false;
    expect_first_violation(check(duel, reduced(duel, options)), truth);
  });
}

TEST_P(FirstLevels, SleepSetsLeaveOutTransitionsAndNothingElse) {
  each(GetParam(), first_states,
       [](const Duel& duel, const Truth& truth) { expect_reduced(duel, as_far_as(truth), truth); });
}

TEST_P(FirstLevels, CountsVerdictsAndLengthsAreThoseOfADumbTwin) {
  each(GetParam(), first_states, [](const Duel& duel, const Truth& truth) {
    expect_all(check(duel, as_far_as(truth)), truth);
  });
}

TEST_P(FirstLevels, TheVisitedSetOfWholeStatesFindsTheSame) {
  each(GetParam(), first_states, [](const Duel& duel, const Truth& truth) {
    SearchOptions options = as_far_as(truth);
    options.storage = Storage::exact;
    expect_all(check(duel, options), truth);
  });
}

TEST_P(FirstLevels, AnyNumberOfWorkersFindsTheSame) {
  each(GetParam(), first_states, [](const Duel& duel, const Truth& truth) {
    expect_same_for_any_number_of_workers(duel, as_far_as(truth));
  });
}

}  // namespace
}  // namespace everyway::testing
