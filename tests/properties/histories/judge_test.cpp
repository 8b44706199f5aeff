// What the levels say of registers, step by step, and how violations are made small.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "properties/histories/judge.hpp"
#include "tests/properties/histories/scene.hpp"

namespace everyway::histories::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

[[nodiscard]] Judgement linearizable(const Scene& scene) {
  return judge(scene.history(), {}, Consistency::linearizable);
}
[[nodiscard]] Verdict level(const Scene& scene, Consistency consistency) {
  return judge(scene.history(), {}, consistency).verdict;
}

TEST(Linearizability, OfAStaleReadIsViolatedByTheWriteAndTheTwoReads) {
  Scene scene;
  scene.run(0, write(7));
  scene.begin(0, write(1));
  scene.run(1, read(), 1);
  scene.run(1, read(), 1);
  scene.run(2, read(), 7);
  scene.end(0);
  scene.run(0, write(9));
  const Judgement judgement = linearizable(scene);
  EXPECT_EQ(judgement.verdict, Verdict::violated);
  EXPECT_TRUE(judgement.counterexample_is_minimal);
  ASSERT_THAT(judgement.counterexample.operations, SizeIs(4));
  EXPECT_EQ(judgement.counterexample.operations[1].outcome, Outcome::info)
      << "it had not returned when the violation was complete";
  EXPECT_THAT(judgement.why, HasSubstr("no order of these operations"));
}

TEST(Linearizability, LetsAnIndeterminateWriteTakeEffectMuchLaterOrNever) {
  Scene scene;
  scene.begin(0, write(1));
  scene.end(0, nil, Outcome::info);
  scene.run(1, write(2));
  scene.run(1, read(), 2);
  EXPECT_EQ(linearizable(scene).verdict, Verdict::holds);
  scene.run(2, read(), 1);
  EXPECT_EQ(linearizable(scene).verdict, Verdict::holds);
  scene.run(1, read(), 2);
  EXPECT_EQ(linearizable(scene).verdict, Verdict::violated) << "it takes effect only once";
}

TEST(Linearizability, DoesNotLetAFailedWriteTakeEffect) {
  Scene scene;
  scene.begin(0, write(1));
  scene.end(0, nil, Outcome::fail);
  scene.run(1, read(), 1);
  EXPECT_EQ(linearizable(scene).verdict, Verdict::violated);
}

TEST(Linearizability, OfCompareAndSetNeedsTheExpectedValue) {
  Scene scene;
  scene.run(0, write(1));
  scene.run(1, cas(1, 2));
  EXPECT_EQ(linearizable(scene).verdict, Verdict::holds);
  scene.run(1, cas(1, 3));
  EXPECT_EQ(linearizable(scene).verdict, Verdict::violated);
}

TEST(Linearizability, OfSeveralKeysLeavesOutAllButOne) {
  Scene scene;
  for (std::uint32_t key = 0; key < 4; ++key) scene.run(0, write(1, key));
  scene.run(1, read(2), nil);
  const Judgement judgement = linearizable(scene);
  EXPECT_EQ(judgement.verdict, Verdict::violated);
  ASSERT_THAT(judgement.counterexample.operations, SizeIs(2));
  for (const Operation& operation : judgement.counterexample.operations) {
    EXPECT_EQ(operation.key, 2U);
  }
}

TEST(Linearizability, OfAQueueNamesWhatIsWrong) {
  const auto why = [](const Scene& scene) {
    const Judgement judgement =
        judge(scene.history(), {ObjectKind::queue, nil}, Consistency::linearizable);
    EXPECT_EQ(judgement.verdict, Verdict::violated);
    return judgement.why;
  };
  Scene empty;
  empty.run(0, enqueue(1));
  empty.begin(1, dequeue());
  empty.run(0, enqueue(2));
  empty.run(2, dequeue(), 1);
  empty.end(1, nil);
  empty.run(2, dequeue(), 2);
  EXPECT_EQ(why(empty), "the queue is found empty, although a value waits all the time");
  Scene turned;
  turned.run(0, enqueue(1));
  turned.run(0, enqueue(2));
  turned.run(1, dequeue(), 2);
  turned.run(1, dequeue(), 1);
  EXPECT_EQ(why(turned), "a value is dequeued, and one that was enqueued earlier never is")
      << "in the shortest beginning that is wrong";
}

TEST(Limits, ThatAreReachedMakeTheVerdictUnknown) {
  Scene scene;
  for (std::uint32_t round = 0; round < 6; ++round) {
    for (std::uint32_t process = 0; process < 6; ++process) {
      scene.begin(process, write(1 + process + 6 * round));
    }
    for (std::uint32_t process = 0; process < 6; ++process) scene.end(process);
  }
  scene.run(0, read(), 1);
  Limits limits;
  limits.max_bytes = 1;
  Judgement judgement = judge(scene.history(), {}, Consistency::linearizable, limits);
  EXPECT_EQ(judgement.verdict, Verdict::unknown);
  EXPECT_THAT(judgement.why, HasSubstr("full"));
  EXPECT_THAT(judgement.counterexample.operations, IsEmpty());
  limits = {};
  limits.is_interrupted = [] { return true; };
  judgement = judge(scene.history(), {}, Consistency::causal_memory, limits);
  EXPECT_EQ(judgement.verdict, Verdict::unknown);
  EXPECT_THAT(judgement.why, HasSubstr("interrupted"));
}

TEST(Causality, IsNotJudgedWhereItIsNotKnownWhoReadFromWhom) {
  Scene twice;
  twice.run(0, write(1));
  twice.run(1, write(1));
  for (const Consistency consistency :
       {Consistency::causal, Consistency::causal_memory, Consistency::causal_convergence,
        Consistency::read_your_writes, Consistency::sessions}) {
    const Judgement judgement = judge(twice.history(), {}, consistency);
    EXPECT_EQ(judgement.verdict, Verdict::unknown);
    EXPECT_THAT(judgement.why, HasSubstr("lines 1 and 3 write the same value"));
  }
  Scene initial;
  initial.run(0, write(nil));
  EXPECT_THAT(judge(initial.history(), {}, Consistency::causal).why,
              HasSubstr("writes the initial value"));
  Scene other;
  other.run(0, cas(nil, 1));
  EXPECT_THAT(judge(other.history(), {}, Consistency::causal).why, HasSubstr("line 1 has another"));
}

TEST(Convergence, HoldsIfTheLastReadsAgree) {
  Scene scene;
  scene.run(0, write(1));
  scene.begin(1, write(2));
  scene.run(2, read(), 1);
  scene.end(1);
  EXPECT_EQ(level(scene, Consistency::convergent), Verdict::unknown) << "nobody read since";
  scene.run(0, read(), 1);
  scene.run(2, read(), 2);
  EXPECT_EQ(level(scene, Consistency::convergent), Verdict::violated);
  scene.run(0, read(), 2);
  EXPECT_EQ(level(scene, Consistency::convergent), Verdict::holds);
}

TEST(Convergence, IsOnOneOfTheValuesThatWereWritten) {
  Scene lost;
  lost.run(0, write(1));
  lost.run(1, read(), nil);
  EXPECT_EQ(level(lost, Consistency::convergent), Verdict::violated);
  Scene invented;
  invented.run(0, write(1));
  invented.run(1, read(), 2);
  EXPECT_EQ(level(invented, Consistency::convergent), Verdict::violated);
}

TEST(Convergence, IsUnknownWhereAnIndeterminateWriteMayStillTakeEffect) {
  Scene scene;
  scene.begin(0, write(1));
  scene.end(0, nil, Outcome::info);
  scene.run(1, write(2));
  scene.run(1, read(), 2);
  scene.run(2, read(), 1);
  EXPECT_EQ(level(scene, Consistency::convergent), Verdict::unknown);
}

}  // namespace
}  // namespace everyway::histories::testing
