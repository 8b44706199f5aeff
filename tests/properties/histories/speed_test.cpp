// "150 operations by 5 clients must take well under a second": counted in configurations, which are
// the same on every machine, and with a limit in seconds that a slow one keeps, too.
#include <gtest/gtest.h>

#include <chrono>

#include "properties/histories/judge.hpp"
#include "tests/properties/histories/generated.hpp"

namespace everyway::histories::testing {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr double limit_in_seconds = 4;
#else
constexpr double limit_in_seconds = 1;
#endif

/// Judges the histories of many seeds; returns the most configurations that one took.
[[nodiscard]] std::uint64_t judge_all(Load load, Consistency consistency, bool is_broken) {
  std::uint64_t most = 0;
  int violated = 0;
  constexpr std::uint32_t seeds = 20;
  const Object object{load.is_queue ? ObjectKind::queue : ObjectKind::registers, nil};
  for (load.seed = 1; load.seed <= seeds; ++load.seed) {
    const History history = is_broken ? broken_history(load) : generated_history(load);
    Limits limits;
    limits.max_seconds = 5;
    const auto began = std::chrono::steady_clock::now();
    const Judgement judgement = judge(history, object, consistency, limits);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    EXPECT_NE(judgement.verdict, Verdict::unknown) << "seed " << load.seed;
    if (!is_broken) {
      EXPECT_EQ(judgement.verdict, Verdict::holds) << "seed " << load.seed;
    }
    EXPECT_LT(took.count(), limit_in_seconds) << "seed " << load.seed;
    violated += judgement.verdict == Verdict::violated ? 1 : 0;
    most = std::max(most, judgement.configurations);
  }
  if (is_broken) {
    EXPECT_GE(violated, 15) << "nearly all are violations";
  }
  return most;
}

[[nodiscard]] Load load_of(int indeterminate_in_100) {
  Load load;
  load.indeterminate_in_100 = indeterminate_in_100;
  return load;
}
[[nodiscard]] Load different_values() {
  Load load;
  load.values = 0;
  load.has_cas = false;
  return load;
}
[[nodiscard]] Load queue_load() {
  Load load;
  load.is_queue = true;
  load.values = 0;
  return load;
}

TEST(HundredAndFiftyOperationsByFiveClients, AreJudgedAtOnceIfLinearizable) {
  EXPECT_LT(judge_all(load_of(0), Consistency::linearizable, false), 10'000U);
}
TEST(HundredAndFiftyOperationsByFiveClients, AreJudgedAtOnceIfManyAreIndeterminate) {
  EXPECT_LT(judge_all(load_of(10), Consistency::linearizable, false), 20'000U);
}
TEST(HundredAndFiftyOperationsByFiveClients, AreJudgedAtOnceIfOneReadIsStale) {
  EXPECT_LT(judge_all(load_of(0), Consistency::linearizable, true), 10'000U);
  EXPECT_LT(judge_all(different_values(), Consistency::linearizable, true), 10'000U);
}
TEST(HundredAndFiftyOperationsByFiveClients, AreJudgedAtOnceIfTheyAreOfAQueue) {
  // Dequeues that found the queue empty leave much to try: 77,252 at worst, in 0.2 s.
  EXPECT_LT(judge_all(queue_load(), Consistency::linearizable, false), 100'000U);
  EXPECT_LT(judge_all(queue_load(), Consistency::linearizable, true), 10'000U);
}
TEST(HundredAndFiftyOperationsByFiveClients, AreJudgedAtOnceBySequentialConsistency) {
  EXPECT_LT(judge_all(load_of(0), Consistency::sequential, false), 10'000U);
  EXPECT_LT(judge_all(different_values(), Consistency::sequential, false), 10'000U);
}
TEST(HundredAndFiftyOperationsByFiveClients, AreJudgedAtOnceByTheCausalLevels) {
  for (const Consistency consistency : {Consistency::causal, Consistency::causal_memory,
                                        Consistency::causal_convergence, Consistency::sessions}) {
    EXPECT_EQ(judge_all(different_values(), consistency, false), 0U);
  }
}

}  // namespace
}  // namespace everyway::histories::testing
