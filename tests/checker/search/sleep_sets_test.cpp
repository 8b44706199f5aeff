// Sleep sets leave out transitions, never states: on models whose reduced number of transitions is
// known, and on those made to mislead them.
#include "checker/search/sleep_sets.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <unordered_map>

#include "checker/search/search.hpp"

namespace everyway::testing {
namespace {

enum class CounterKind : std::uint8_t { step };
BOOST_DESCRIBE_ENUM(CounterKind, step)

struct CounterStep {
  CounterKind kind{};
  std::uint8_t counter = 0;
};
BOOST_DESCRIBE_STRUCT(CounterStep, (), (kind, counter))

struct CounterState {
  std::array<std::uint8_t, 18> counts{};
};
BOOST_DESCRIBE_STRUCT(CounterState, (), (counts))

/// `n` counters that each go up to `most`, whatever the others do.
class Counters {
 public:
  using State = CounterState;
  using Action = CounterStep;

  Counters(std::uint8_t n, std::uint8_t most) : n_(n), most_(most) {}

  void init(auto&& emit) const { emit(State{}); }
  void next(const State& state, auto&& step) const {
    // Not in the order of the actions: the reduction has one of its own.
    for (std::uint8_t i = n_; i-- > 0;) {
      if (state.counts[i] == most_) continue;
      step(Action{CounterKind::step, i}, [i](State& s) { ++s.counts[i]; });
    }
  }
  [[nodiscard]] bool independent(const State&, const Action& a, const Action& b) const {
    return a.counter != b.counter;
  }
  [[nodiscard]] bool may_end(const State&) const { return true; }

 protected:
  [[nodiscard]] unsigned sum(const State& state) const {
    unsigned sum = 0;
    for (const std::uint8_t count : state.counts) sum += count;
    return sum;
  }

 private:
  std::uint8_t n_;
  std::uint8_t most_;
};

/// The same, inside a bound on a sum with unequal weights.
class BoundedCounters : public Counters {
 public:
  BoundedCounters(std::uint8_t n, std::uint8_t most, unsigned bound)
      : Counters(n, most), bound_(bound) {}
  [[nodiscard]] bool within(const State& state) const {
    return sum(state) + 2U * state.counts[1] <= bound_ || state.counts[0] == 2;
  }
  [[nodiscard]] Properties<State, Action> properties() const {
    return {PropertyOf<State, Action>::always(
        "low", "", [this](const State& s) { return sum(s) != bound_ + 2; })};
  }

 private:
  unsigned bound_;
};

template <Model M>
[[nodiscard]] SearchResult<M> run(const M& model, Reduction reduction, unsigned workers = 1,
                                  Storage storage = Storage::fingerprints) {
  SearchOptions options;
  options.reduction = reduction;
  options.workers = workers;
  options.storage = storage;
  options.keep_going = true;
  return search(model, options);
}

/// Of the independent steps that lead to a state, one order is left: each state is generated once.
TEST(SleepSets, LeaveOneTransitionToEachStateOfIndependentCounters) {
  for (const auto& [n, most] :
       {std::pair{1, 1}, {2, 1}, {6, 1}, {10, 1}, {16, 1}, {4, 3}, {5, 4}}) {
    SCOPED_TRACE(::testing::Message() << n << " counters up to " << most);
    const Counters model(static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(most));
    std::uint64_t states = 1;  // (most + 1)^n
    for (int i = 0; i < n; ++i) states *= static_cast<std::uint64_t>(most) + 1;
    const auto side = static_cast<std::uint64_t>(most) + 1;
    const std::uint64_t transitions =
        static_cast<std::uint64_t>(n) * static_cast<std::uint64_t>(most) * (states / side);
    const auto full = run(model, Reduction::none);
    EXPECT_EQ(full.generated, 1 + transitions);
    EXPECT_EQ(full.skipped, 0U);
    for (const unsigned workers : {1U, 2U, 5U}) {
      for (const Storage storage : {Storage::fingerprints, Storage::exact}) {
        const auto reduced = run(model, Reduction::sleep, workers, storage);
        EXPECT_EQ(reduced.distinct, states);
        EXPECT_EQ(reduced.generated, states);
        EXPECT_EQ(reduced.skipped, 1 + transitions - states);
        EXPECT_EQ(reduced.depth, full.depth);
      }
    }
  }
}

TEST(SleepSets, ThatAreCutShortLeaveOutLessAndFindAll) {
  const Counters model(18, 1);
  const auto reduced = run(model, Reduction::sleep);
  EXPECT_EQ(reduced.distinct, 1U << 18U);
  EXPECT_GT(reduced.generated, reduced.distinct);
  EXPECT_EQ(reduced.generated + reduced.skipped, 1 + 18 * (1U << 17U));
}

TEST(SleepSets, FindAllInsideABoundAndAllThatIsChecked) {
  for (unsigned bound = 0; bound <= 12; ++bound) {
    const BoundedCounters model(4, 3, bound);
    const auto full = run(model, Reduction::none);
    for (const unsigned workers : {1U, 3U}) {
      SCOPED_TRACE(bound);
      const auto reduced = run(model, Reduction::sleep, workers);
      EXPECT_EQ(reduced.distinct, full.distinct);
      EXPECT_EQ(reduced.depth, full.depth);
      EXPECT_EQ(reduced.generated + reduced.skipped, full.generated);
      EXPECT_EQ(reduced.verdict, full.verdict);
      ASSERT_EQ(reduced.properties[0].trace.has_value(), full.properties[0].trace.has_value());
      if (!full.properties[0].trace) continue;
      EXPECT_EQ(reduced.properties[0].trace->actions.size(),
                full.properties[0].trace->actions.size());
    }
  }
}

struct NumberedStep {
  CounterKind kind{};
  std::array<std::uint8_t, 3> unused{};
  std::uint32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(NumberedStep, (), (kind, unused, number))

[[nodiscard]] std::uint32_t hash_of(std::uint32_t number) {
  const NumberedStep step{CounterKind::step, {}, number};
  return static_cast<std::uint32_t>(XXH3_64bits(&step, sizeof step));
}

/// Two actions that a sleep set cannot tell apart.
[[nodiscard]] std::pair<std::uint32_t, std::uint32_t> colliding_numbers() {
  std::unordered_map<std::uint32_t, std::uint32_t> seen;
  for (std::uint32_t number = 0;; ++number) {
    const auto [found, is_new] = seen.emplace(hash_of(number), number);
    if (!is_new) return {found->second, number};
  }
}

struct TakenSteps {
  std::array<bool, 3> taken{};
};
BOOST_DESCRIBE_STRUCT(TakenSteps, (), (taken))

/// Step 0 at any time, step 1 at any time, step 2 after step 1. Steps 0 and 2 share a hash, so that
/// the sleep set {step 0} of the state after step 1 seems to hold step 2.
class Misleading {
 public:
  using State = TakenSteps;
  using Action = NumberedStep;

  Misleading() {
    const auto [first, second] = colliding_numbers();
    numbers_ = {first, 0xFFFFFFFF, second};
  }
  void init(auto&& emit) const { emit(State{}); }
  void next(const State& state, auto&& step) const {
    for (std::size_t i = 0; i < 3; ++i) {
      if (state.taken[i] || (i == 2 && !state.taken[1])) continue;
      step(Action{CounterKind::step, {}, numbers_[i]}, [i](State& s) { s.taken[i] = true; });
    }
  }
  [[nodiscard]] bool independent(const State&, const Action& a, const Action& b) const {
    return a.number == numbers_[0] || b.number == numbers_[0];
  }
  [[nodiscard]] bool may_end(const State&) const { return true; }

 private:
  std::array<std::uint32_t, 3> numbers_{};
};

TEST(SleepSets, AreNotMisledByTwoActionsOfOneHash) {
  const Misleading model;
  const auto full = run(model, Reduction::none);
  const auto reduced = run(model, Reduction::sleep);
  EXPECT_EQ(full.distinct, 6U);
  EXPECT_EQ(reduced.distinct, full.distinct);
  EXPECT_EQ(reduced.depth, full.depth);
}

/// Calls two steps independent of which each disables the other.
class Lying : public Counters {
 public:
  Lying() : Counters(2, 1) {}
  void next(const State& state, auto&& step) const {
    if (sum(state) == 0) Counters::next(state, step);
  }
};

TEST(SleepSets, FindOutThatAnActionCalledIndependentIsNotEnabledAnyMore) {
  EXPECT_THROW((void)run(Lying(), Reduction::sleep), std::logic_error);
}

TEST(SleepSet, IsReadAsItWasWritten) {
  for (std::size_t size = 0; size <= SleepSet::most; ++size) {
    SleepSet set;
    for (std::uint32_t i = 0; i < size; ++i) set.add(1000 + i);
    EXPECT_EQ(set.full(), size == SleepSet::most);
    std::array<std::uint64_t, SleepSet::max_words> words{};
    const std::size_t written = set.write(words.data());
    EXPECT_LE(written, SleepSet::max_words);
    SleepSet read;
    EXPECT_EQ(read.read(words.data()), written);
    EXPECT_EQ(read.empty(), size == 0);
    for (std::uint32_t i = 0; i < 20; ++i) EXPECT_EQ(read.skips(1000 + i), i < size);
    EXPECT_FALSE(read.skipped_too_many());
    EXPECT_EQ(read.matched(), size);
  }
}

TEST(Reduction, IsRefusedDepthFirst) {
  SearchOptions options;
  options.reduction = Reduction::sleep;
  options.strategy = Strategy::dfs;
  EXPECT_THROW((void)search(Counters(2, 1), options), UsageError);
}

}  // namespace
}  // namespace everyway::testing
