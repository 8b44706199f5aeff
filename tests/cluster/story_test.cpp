// What a step of a cluster reads like.
#include <gtest/gtest.h>

#include "tests/cluster/toys.hpp"

namespace everyway::testing {
namespace {

using Counters = Cluster<Counter, UnorderedBag<Note, 12>>;

class ClusterStory : public ::testing::Test {
 protected:
  static Faults all_faults() {
    Faults faults;
    faults.drops = faults.duplicates = faults.crashes = faults.restarts = faults.partitions = 2;
    return faults;
  }

  /// Takes the action and returns its sentence.
  std::string take(const Counters::Action& action) {
    const auto successor = after(model_, state_, action);
    std::string sentence = model_.explain(state_, action, successor);
    state_ = successor;
    return sentence;
  }
  std::string take(ActionKind kind, int effects = -1) {
    return take(only(model_, state_, kind, effects));
  }
  std::string take_first(ActionKind kind) { return take(enabled(model_, state_, kind).front()); }

  Counters model_{{}, all_faults(), 3, 3, 0};
  Counters::State state_ = initial(model_);
};

TEST_F(ClusterStory, NamesTheEffectsOfAStepInTheirOrder) {
  EXPECT_EQ(take(ActionKind::request),
            "n1 receives client request 1; persists; sends note 1 to n2; sends note 1 to n3");
  EXPECT_EQ(take(ActionKind::time_out), "n1: ring timeout; sends note 2 to n2; sends note 2 to n3");
  EXPECT_EQ(take_first(ActionKind::deliver), "n2 receives note 1 from n1");
}

TEST_F(ClusterStory, StopsAtTheCrashInTheMidstOfAStep) {
  // Survived; nothing done; persisted; sent to n2 only; sent to n3 only.
  const auto requests = enabled(model_, state_, ActionKind::request);
  ASSERT_EQ(requests.size(), 5U);
  EXPECT_EQ(model_.explain(state_, requests[3], state_),
            "n1 receives client request 1; persists; sends note 1 to n2; crashes before its next "
            "effect");
  EXPECT_EQ(take(requests[4]),
            "n1 receives client request 1; persists; sends note 1 to n3; crashes before its next "
            "effect");
  EXPECT_EQ(take(ActionKind::restart), "n1 restarts with {asked 1} on its disk");
  EXPECT_EQ(take(ActionKind::request, 0),
            "n1 receives client request 2; crashes before its next effect");
}

TEST_F(ClusterStory, TellsWhatThePartitionTakes) {
  take(ActionKind::request);
  EXPECT_EQ(take_first(ActionKind::cut),
            "the network splits into {n1} and {n2, n3}; note 1 from n1 to n3 is lost; note 1 from "
            "n1 to n2 is lost");
  EXPECT_EQ(take(ActionKind::time_out),
            "n1: ring timeout; sends note 2 to n2, which the partition loses; sends note 2 to n3, "
            "which the partition loses");
  EXPECT_EQ(take(ActionKind::heal), "the partition heals");
}

TEST_F(ClusterStory, TellsOfLossDuplicationAndCrash) {
  take(ActionKind::request);
  EXPECT_EQ(take_first(ActionKind::duplicate), "the network doubles note 1 from n1 to n2");
  EXPECT_EQ(take_first(ActionKind::drop), "the network loses note 1 from n1 to n2");
  EXPECT_EQ(take_first(ActionKind::crash), "n1 crashes");
}

}  // namespace
}  // namespace everyway::testing
