// Histories that papers give as examples, with what they say of them.
#include <gtest/gtest.h>

#include "properties/histories/judge.hpp"
#include "tests/properties/histories/scene.hpp"

namespace everyway::histories::testing {
namespace {

constexpr std::uint32_t A = 0;
constexpr std::uint32_t B = 1;
constexpr std::uint32_t C = 2;
constexpr Value x = 1;
constexpr Value y = 2;
constexpr Value z = 3;

[[nodiscard]] Verdict of_queue(const Scene& scene, Consistency consistency) {
  return judge(scene.history(), {ObjectKind::queue, nil}, consistency).verdict;
}
[[nodiscard]] Verdict of_queue(const Scene& scene) {
  return of_queue(scene, Consistency::linearizable);
}
[[nodiscard]] Verdict of_registers(const Scene& scene, Consistency consistency) {
  return judge(scene.history(), {}, consistency).verdict;
}

// Herlihy and Wing, "Linearizability" (1990), figure 1: four histories of a queue, of which (a) and
// (c) "correspond to our intuitive notion of how a concurrent FIFO queue should behave".
TEST(HerlihyWing, EnqueuesThatOverlapMayTakeEffectInAnyOrder) {
  Scene scene;
  scene.begin(A, enqueue(x));
  scene.begin(B, enqueue(y));
  scene.end(B);
  scene.end(A);
  scene.run(B, dequeue(), x);
  scene.run(A, dequeue(), y);
  scene.begin(A, enqueue(z));
  EXPECT_EQ(of_queue(scene), Verdict::holds);
}

TEST(HerlihyWing, EnqueuesThatDoNotOverlapTakeEffectInTheirOrder) {
  Scene scene;
  scene.run(A, enqueue(x));
  scene.run(B, enqueue(y));
  scene.run(A, dequeue(), y);
  EXPECT_EQ(of_queue(scene), Verdict::violated);
  EXPECT_EQ(of_queue(scene, Consistency::sequential), Verdict::holds) << "B may have been first";
}

TEST(HerlihyWing, AnEnqueueMayTakeEffectBeforeItReturns) {
  Scene scene;
  scene.begin(A, enqueue(x));
  scene.run(B, dequeue(), x);
  EXPECT_EQ(of_queue(scene), Verdict::holds);
}

TEST(HerlihyWing, NoItemIsDequeuedTwice) {
  Scene scene;
  scene.begin(A, enqueue(x));
  scene.begin(B, enqueue(y));
  scene.end(A);
  scene.end(B);
  scene.begin(A, dequeue());
  scene.begin(C, dequeue());
  scene.end(A, y);
  scene.end(C, y);
  EXPECT_EQ(of_queue(scene), Verdict::violated);
  EXPECT_EQ(of_queue(scene, Consistency::sequential), Verdict::violated);
}

// Section 3.3: sequential consistency "is not a local property": for queues p and q the history of
// each is sequentially consistent, and that of both is not. With two registers instead of queues:
TEST(HerlihyWing, SequentialConsistencyIsNotLocal) {
  Scene scene;
  scene.run(A, write(x, 0));
  scene.run(A, read(1), nil);
  scene.run(B, write(y, 1));
  scene.run(B, read(0), nil);
  EXPECT_EQ(of_registers(scene, Consistency::sequential), Verdict::violated);
  EXPECT_EQ(of_registers(scene, Consistency::causal_memory), Verdict::holds);
  EXPECT_EQ(of_registers(scene, Consistency::causal_convergence), Verdict::holds);
}

TEST(HerlihyWing, LinearizabilityOfSeveralObjectsHasOneOrder) {
  Scene scene;
  scene.begin(A, write(x, 0));
  scene.begin(B, write(y, 1));
  scene.run(C, read(0), x);
  scene.run(C, read(1), nil);
  scene.end(A);
  scene.run(A, read(1), y);
  scene.end(B);
  const Judgement judgement = judge(scene.history(), {}, Consistency::linearizable);
  EXPECT_EQ(judgement.verdict, Verdict::holds);
  EXPECT_EQ(judgement.witness, (std::vector<std::size_t>{0, 2, 3, 1, 4}));
}

struct Levels {
  Verdict weak;
  Verdict memory;
  Verdict convergence;
  Verdict sequential;

  friend bool operator==(const Levels&, const Levels&) = default;
};

[[nodiscard]] Levels levels_of(const Scene& scene) {
  return {of_registers(scene, Consistency::causal), of_registers(scene, Consistency::causal_memory),
          of_registers(scene, Consistency::causal_convergence),
          of_registers(scene, Consistency::sequential)};
}

constexpr Verdict yes = Verdict::holds;
constexpr Verdict no = Verdict::violated;

// Bouajjani, Enea, Guerraoui and Hamza (2017), figure 3: "Histories showing the differences between
// the consistency criteria CC, CCv, CM and sequential consistency". Keys 0, 1 and 2 are x, y and z.
TEST(BouajjaniAndOthers, Figure3aIsCausalMemoryButNotConvergence) {
  Scene scene;
  scene.run(A, write(1));
  scene.run(B, write(2));
  scene.run(A, read(), 2);
  scene.run(B, read(), 1);
  EXPECT_EQ(levels_of(scene), (Levels{yes, yes, no, no}));
}

TEST(BouajjaniAndOthers, Figure3bIsConvergenceButNotCausalMemory) {
  Scene scene;
  scene.run(A, write(1, 2));
  scene.run(A, write(2, 0));
  scene.run(A, write(3, 1));
  scene.run(B, write(4, 0));
  scene.run(B, read(2), nil);
  scene.run(B, read(1), 3);
  scene.run(B, read(0), 4);
  EXPECT_EQ(levels_of(scene), (Levels{yes, no, yes, no}));
}

TEST(BouajjaniAndOthers, Figure3cIsCausalButNeitherMemoryNorConvergence) {
  Scene scene;
  scene.run(A, write(1));
  scene.run(B, write(2));
  scene.run(B, read(), 1);
  scene.run(B, read(), 2);
  EXPECT_EQ(levels_of(scene), (Levels{yes, no, no, no}));
}

TEST(BouajjaniAndOthers, Figure3dIsAllOfTheseButNotSequential) {
  Scene scene;
  scene.run(A, write(1, 0));
  scene.run(A, read(1), nil);
  scene.run(A, write(2, 1));
  scene.run(A, read(0), 1);
  scene.run(B, write(3, 0));
  scene.run(B, read(1), nil);
  scene.run(B, write(4, 1));
  scene.run(B, read(0), 3);
  EXPECT_EQ(levels_of(scene), (Levels{yes, yes, yes, no}));
}

TEST(BouajjaniAndOthers, Figure3eIsNotCausal) {
  Scene scene;
  scene.run(A, write(1, 0));
  scene.run(A, write(2, 1));
  scene.run(B, read(1), 2);
  scene.run(B, write(3, 0));
  scene.run(C, read(0), 3);
  scene.run(C, read(0), 1);
  EXPECT_EQ(levels_of(scene), (Levels{no, no, no, no}));
}

// The bad patterns by their names, each in a history that has only what it takes.
TEST(BouajjaniAndOthers, BadPatternsAreNamed) {
  const auto why = [](const Scene& scene, Consistency level) {
    const std::string text = judge(scene.history(), {}, level).why;
    return text.substr(0, text.find(':'));
  };
  Scene thin_air;
  thin_air.run(A, read(), 1);
  EXPECT_EQ(why(thin_air, Consistency::causal), "ThinAirRead");

  Scene cycle;
  cycle.begin(A, read());
  cycle.begin(B, read(1));
  cycle.end(A, 1);
  cycle.end(B, 2);
  cycle.run(A, write(2, 1));
  cycle.run(B, write(1, 0));
  EXPECT_EQ(why(cycle, Consistency::causal), "CyclicCO");

  Scene initial;
  initial.run(A, write(1));
  initial.run(A, read(), nil);
  EXPECT_EQ(why(initial, Consistency::causal), "WriteCOInitRead");

  Scene overwritten;
  overwritten.run(A, write(1));
  overwritten.run(A, write(2));
  overwritten.run(A, read(), 1);
  EXPECT_EQ(why(overwritten, Consistency::causal), "WriteCORead");

  Scene conflict;
  conflict.run(A, write(1));
  conflict.run(B, write(2));
  conflict.run(A, read(), 2);
  conflict.run(B, read(), 1);
  EXPECT_EQ(why(conflict, Consistency::causal_convergence), "CyclicCF");

  Scene memory;
  memory.run(A, write(1));
  memory.run(B, write(2));
  memory.run(B, read(), 1);
  memory.run(B, read(), 2);
  EXPECT_EQ(why(memory, Consistency::causal_memory), "CyclicHB");
}

// Terry and others (1994), section 3: what each guarantee spares its user.
TEST(TerryAndOthers, ReadYourWritesShowsAPasswordThatWasJustChanged) {
  Scene scene;
  scene.run(A, write(1));
  scene.run(A, write(2));
  scene.run(A, read(), 1);
  EXPECT_EQ(of_registers(scene, Consistency::monotonic_reads), yes);
  EXPECT_EQ(of_registers(scene, Consistency::sessions), no);
  Scene initial;
  initial.run(A, write(1));
  initial.run(A, read(), nil);
  EXPECT_EQ(of_registers(initial, Consistency::read_your_writes), no);
}

TEST(TerryAndOthers, MonotonicReadsShowACalendarThatDoesNotLoseMeetings) {
  Scene scene;
  scene.run(A, write(1));
  scene.run(B, read(), 1);
  scene.run(B, read(), nil);
  EXPECT_EQ(of_registers(scene, Consistency::monotonic_reads), no);
  EXPECT_EQ(of_registers(scene, Consistency::read_your_writes), yes);
  EXPECT_EQ(of_registers(scene, Consistency::monotonic_writes), Verdict::unknown)
      << "a reader that goes back cannot tell";
}

TEST(TerryAndOthers, MonotonicWritesShowALibraryBeforeTheProgramThatNeedsIt) {
  Scene scene;
  scene.run(A, write(1, 0));
  scene.run(A, write(2, 1));
  scene.run(B, read(1), 2);
  scene.run(B, read(0), nil);
  EXPECT_EQ(of_registers(scene, Consistency::monotonic_writes), no);
  EXPECT_EQ(of_registers(scene, Consistency::monotonic_reads), yes);
  EXPECT_EQ(of_registers(scene, Consistency::writes_follow_reads), yes);
}

TEST(TerryAndOthers, WritesFollowReadsShowAnArticleBeforeTheReplyToIt) {
  Scene scene;
  scene.run(A, write(1, 0));
  scene.run(B, read(0), 1);
  scene.run(B, write(2, 1));
  scene.run(C, read(1), 2);
  scene.run(C, read(0), nil);
  EXPECT_EQ(of_registers(scene, Consistency::writes_follow_reads), no);
  EXPECT_EQ(of_registers(scene, Consistency::monotonic_reads), yes);
  EXPECT_EQ(of_registers(scene, Consistency::monotonic_writes), yes);
}

}  // namespace
}  // namespace everyway::histories::testing
