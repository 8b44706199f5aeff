// What the three networks promise, on state spaces that can be counted by hand.
#include <gtest/gtest.h>

#include "tests/cluster/toys.hpp"

namespace everyway::testing {
namespace {

template <template <class, std::size_t> class Net>
using Post = Cluster<Postbox, Net<Note, 6>>;

template <template <class, std::size_t> class Net>
Post<Net> post(std::uint8_t notes, const Faults& faults = {}) {
  return {Postbox{notes}, faults, 2, 0, 0};
}

TEST(UnorderedBag, DeliversEachMessageOnceInEveryOrder) {
  // A state is the set of notes that have arrived.
  const auto result = searched(post<UnorderedBag>(4));
  EXPECT_EQ(result.distinct, 16U);
  EXPECT_EQ(result.generated, 1U + 4 * 8);
  EXPECT_EQ(result.depth, 5U);
}

TEST(FifoLinks, DeliverTheMessagesOfALinkInTheOrderOfSending) {
  const auto model = post<FifoLinks>(4);
  const auto result = searched(model);
  EXPECT_EQ(result.distinct, 5U);
  EXPECT_EQ(result.generated, 5U);

  auto state = initial(model);
  for (std::uint8_t number = 1; number <= 4; ++number) {
    const auto next = only(model, state, ActionKind::deliver);
    EXPECT_EQ(next.message.number, number);
    state = after(model, state, next);
  }
  EXPECT_TRUE(enabled(model, state).empty());
}

TEST(FifoLinks, OrderNothingBetweenDifferentLinks) {
  FifoLinks<Note, 4> links;
  links.send({NodeId::at(1), NodeId::at(2), {1}});
  links.send({NodeId::at(0), NodeId::at(2), {2}});
  links.send({NodeId::at(1), NodeId::at(2), {3}});
  std::vector<int> heads;
  links.for_each_deliverable(
      [&](const auto& envelope) { heads.push_back(envelope.message.number); });
  EXPECT_EQ(heads, (std::vector<int>{2, 1}));
}

TEST(FifoLinks, AreTheSameWhateverLinkWasUsedFirst) {
  const Envelope<Note> left{NodeId::at(0), NodeId::at(1), {1}};
  const Envelope<Note> right{NodeId::at(1), NodeId::at(0), {1}};
  FifoLinks<Note, 4> one;
  one.send(left);
  one.send(right);
  FifoLinks<Note, 4> other;
  other.send(right);
  other.send(left);
  EXPECT_TRUE(same_bytes(one, other));
}

TEST(FifoLinks, KeepADuplicateBehindItsOriginal) {
  Faults faults;
  faults.duplicates = 1;
  const auto model = post<FifoLinks>(2, faults);
  auto state = initial(model);
  state = after(model, state, only(model, state, ActionKind::duplicate));
  for (const int number : {1, 1, 2}) {
    const auto next = only(model, state, ActionKind::deliver);
    EXPECT_EQ(next.message.number, number);
    state = after(model, state, next);
  }
}

TEST(UnorderedSet, DeliversWhatWasSentAgainAndAgain) {
  const auto model = post<UnorderedSet>(2);
  auto state = initial(model);
  const auto all = enabled(model, state, ActionKind::deliver);
  ASSERT_EQ(all.size(), 2U);
  state = after(model, state, all.front());
  EXPECT_EQ(enabled(model, state, ActionKind::deliver).size(), 2U);
  const auto again = after(model, state, all.front());
  EXPECT_TRUE(same_bytes(state, again));

  // A state is the set of notes that have arrived, and both may arrive in each.
  const auto result = searched(model);
  EXPECT_EQ(result.distinct, 4U);
  EXPECT_EQ(result.generated, 1U + 2 * 4);
}

TEST(UnorderedSet, TakesTheSameMessageTwiceForOne) {
  UnorderedSet<Note, 4> set;
  set.send({NodeId::at(0), NodeId::at(1), {1}});
  set.send({NodeId::at(0), NodeId::at(1), {1}});
  EXPECT_EQ(set.size(), 1U);
}

TEST(UnorderedSet, HasNoFaultOfDuplicationSinceItDuplicatesByItself) {
  Faults faults;
  faults.duplicates = 3;
  const auto model = post<UnorderedSet>(2, faults);
  EXPECT_TRUE(enabled(model, initial(model), ActionKind::duplicate).empty());
}

TEST(UnorderedBag, OffersOneDeliveryForTwoCopiesOfAMessage) {
  Faults faults;
  faults.duplicates = 1;
  const auto model = post<UnorderedBag>(1, faults);
  auto state = initial(model);
  state = after(model, state, only(model, state, ActionKind::duplicate));
  EXPECT_EQ(state.network.size(), 2U);
  state = after(model, state, only(model, state, ActionKind::deliver));
  EXPECT_EQ(state.network.size(), 1U);
}

TEST(Network, ReportsThatItIsFullInsteadOfLosingAMessage) {
  EXPECT_THROW(static_cast<void>(initial(post<UnorderedBag>(7))), ModelBoundError);
  EXPECT_THROW(static_cast<void>(initial(post<UnorderedSet>(7))), ModelBoundError);
  EXPECT_THROW(static_cast<void>(initial(post<FifoLinks>(7))), ModelBoundError);
  EXPECT_NO_THROW(static_cast<void>(initial(post<UnorderedBag>(6))));
}

TEST(Cluster, HasStatesWithTooManyMessagesInFlightOutsideItsBound) {
  const Post<UnorderedBag> tight({3}, {}, 2, 0, 2);
  const Post<UnorderedBag> fitting({3}, {}, 2, 0, 3);
  EXPECT_FALSE(tight.within(initial(tight)));
  EXPECT_TRUE(fitting.within(initial(fitting)));
}

}  // namespace
}  // namespace everyway::testing
