// Rebalancing, run by run: what a crash between two effects of a handover leaves, and what the
// retransmissions are for.
#include "models/rebalancing.hpp"

#include <gtest/gtest.h>

#include "tests/models/play.hpp"
#include "tests/models/shortest_trace.hpp"

namespace everyway::rebalancing {
namespace {

using testing::Play;

Options options_of(int nodes, int moves, int writes) {
  Options options;
  options.nodes = nodes;
  options.moves = moves;
  options.writes = writes;
  return options;
}

Play<Rebalancing> play_of(int nodes, int moves, int writes) {
  return Play<Rebalancing>(Rebalancing(options_of(nodes, moves, writes), ""));
}

TEST(Rebalancing, HandsOverTheRangeWithWhatWasWritten) {
  auto play = play_of(2, 1, 2);
  play.request(1).time_out(1, Timer::hand_to_next);
  EXPECT_EQ(play.disk(1).role, Role::sending);
  EXPECT_THROW(play.request(1), std::logic_error) << "who sends the range does not serve it";
  play.deliver(1, 2, MessageType::handover).request(2);
  EXPECT_EQ(play.disk(2).role, Role::owner);
  EXPECT_EQ(play.disk(2).keys.text(), "{k1, k2}");
  EXPECT_EQ(play.disk(1).keys.text(), "{k1}") << "not deleted before the answer";
  play.deliver(2, 1, MessageType::received);
  EXPECT_EQ(play.disk(1).role, Role::none);
  EXPECT_EQ(play.disk(1).keys.text(), "{}");
}

// Clockwise, n1 is followed by n2, and that by n3: who leaves hands on, who joins is handed back
// to.
TEST(Rebalancing, HandsTheRangeToEitherNeighbour) {
  auto play = play_of(3, 1, 0);
  play.time_out(1, Timer::hand_to_previous).deliver(1, 3, MessageType::handover);
  EXPECT_EQ(play.disk(3).role, Role::owner);
  EXPECT_THROW(play.time_out(3, Timer::hand_to_next), std::logic_error) << "one move is all";

  auto pair = play_of(2, 1, 0);
  EXPECT_THROW(pair.time_out(1, Timer::hand_to_previous), std::logic_error)
      << "that is the next one";
}

TEST(Rebalancing, SendsAgainAfterARestartWhatItHadBegunToSend) {
  auto play = play_of(2, 1, 1);
  play.request(1).time_out(1, Timer::hand_to_next).crash(1).restart(1);
  EXPECT_EQ(play.disk(1).role, Role::sending);
  play.deliver(1, 2, MessageType::handover).time_out(1, Timer::again);
  // The answer to the first is under way; the second changes nothing, and is answered, too.
  play.deliver(1, 2, MessageType::handover);
  EXPECT_EQ(play.disk(2).role, Role::owner);
  EXPECT_EQ(play.in_flight(1, MessageType::received), 2U);
  play.deliver(2, 1, MessageType::received).deliver(2, 1, MessageType::received);
  EXPECT_EQ(play.disk(1).role, Role::none);
}

TEST(Rebalancing, KeepsTheRangeIfTheReceiverCrashesBeforeItIsOnDiskThere) {
  auto play = play_of(2, 1, 0);
  play.time_out(1, Timer::hand_to_next).deliver(1, 2, MessageType::handover, 0);
  EXPECT_EQ(play.disk(2).role, Role::none);
  EXPECT_EQ(play.in_flight(1, MessageType::received), 0U);
  play.restart(2).time_out(1, Timer::again).deliver(1, 2, MessageType::handover);
  EXPECT_EQ(play.disk(2).role, Role::owner);
}

// The next handover of a range tells its sender that the one before was received.
TEST(Rebalancing, NeedsNoAnswerWhereTheRangeComesBack) {
  auto play = play_of(2, 2, 1);
  play.time_out(1, Timer::hand_to_next).deliver(1, 2, MessageType::handover).request(2);
  play.time_out(2, Timer::hand_to_next).deliver(2, 1, MessageType::handover);
  EXPECT_EQ(play.disk(1).role, Role::owner);
  EXPECT_EQ(play.disk(1).epoch, 2);
  EXPECT_EQ(play.disk(1).keys.text(), "{k1}");
  play.deliver(2, 1, MessageType::received);
  EXPECT_EQ(play.disk(1).role, Role::owner) << "an answer to an older handover means nothing";
}

// The invariants speak of disks as well: a node that is down counts by what it would find there.
// Where nobody may come back, the mistake shows all the same.
TEST(Rebalancing, IsWrongIfACrashedNodeWouldComeBackAsASecondOwner) {
  Options options = options_of(2, 1, 0);
  options.restarts = 0;
  const Rebalancing model(options, "send-before-record");
  EXPECT_EQ(testing::shortest_trace_of(model, "One Owner"), 2);
}

}  // namespace
}  // namespace everyway::rebalancing
