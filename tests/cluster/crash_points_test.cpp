// A crash may come between any two effects of a handler.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/cluster/toys.hpp"

namespace everyway::testing {
namespace {

using Counters = Cluster<Counter, UnorderedBag<Note, 12>>;
using Post = Cluster<Postbox, UnorderedBag<Note, 6>>;

Faults one_crash() {
  Faults faults;
  faults.crashes = 1;
  faults.restarts = 1;
  return faults;
}

/// The handler of a request has three effects: persist, send to n2, send to n3.
Counters counters() { return {{}, one_crash(), 3, 1, 0}; }

TEST(CrashPoints, LieBeforeEachEffectOfAHandler) {
  const Counters model = counters();
  const auto requests = enabled(model, initial(model), ActionKind::request);
  // Survived; nothing done; persisted; persisted and sent to n2; persisted and sent to n3.
  ASSERT_EQ(requests.size(), 5U);
  const std::array<unsigned, 5> crash_after{0, 1, 2, 2, 2};
  const std::array<std::uint64_t, 5> sent{0, 0, 0, 0b010, 0b100};
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(requests[i].crash_after, crash_after[i]);
    EXPECT_EQ(requests[i].sent.bits(), sent[i]);
  }
}

TEST(CrashPoints, BeforeTheFirstEffectLeaveNothingOfTheStep) {
  const Counters model = counters();
  const auto state = initial(model);
  const auto crashed = after(model, state, only(model, state, ActionKind::request, 0));
  EXPECT_FALSE(crashed.processes[0].up);
  EXPECT_EQ(crashed.processes[0].disk.asked, 0U);
  EXPECT_EQ(crashed.network.size(), 0U);
  EXPECT_EQ(crashed.left.crashes, 0U);
  EXPECT_EQ(crashed.left.requests, 0U);
}

TEST(CrashPoints, BetweenPersistAndSendLeaveWhatIsOnDiskAlone) {
  const Counters model = counters();
  const auto state = initial(model);
  const auto crashed = after(model, state, only(model, state, ActionKind::request, 1));
  EXPECT_EQ(crashed.processes[0].disk.asked, 1U);
  EXPECT_EQ(crashed.network.size(), 0U);
}

TEST(CrashPoints, BetweenTwoSendsLeaveEitherMessageAlone) {
  const Counters model = counters();
  const auto state = initial(model);
  const auto requests = enabled(model, state, ActionKind::request);
  for (const std::size_t receiver : {1U, 2U}) {
    const auto crashed = after(model, state, requests[2 + receiver]);
    ASSERT_EQ(crashed.network.size(), 1U);
    EXPECT_EQ(crashed.network.messages[0].to, NodeId::at(receiver));
    EXPECT_EQ(crashed.processes[0].disk.asked, 1U);
    EXPECT_FALSE(crashed.processes[0].up);
  }
}

/// Sends with nothing between them to n2, n3 and n2 again: two runs, {n2, n3} and {n2}.
struct Chatter {
  static constexpr std::size_t capacity = 3;
  using Durable = Nothing;
  using Volatile = Nothing;
  using Message = Note;
  void start(Context<Chatter>&) const {}
  void receive(Context<Chatter>&, NodeId, const Note&) const {}
  [[nodiscard]] bool may_request(const View<Chatter>& view) const {
    return view.self() == NodeId::at(0);
  }
  void request(Context<Chatter>& context, ClientRequest) const {
    context.send(NodeId::at(1), {1});
    context.send(NodeId::at(2), {2});
    context.send(NodeId::at(1), {3});
  }
};

TEST(CrashPoints, KeepTheOrderOfSendsToOneProcess) {
  const Cluster<Chatter, UnorderedBag<Note, 6>> model({}, one_crash(), 3, 1, 0);
  const auto state = initial(model);
  std::set<std::vector<unsigned>> left;
  for (const auto& request : enabled(model, state, ActionKind::request)) {
    if (request.crash_after == 0) continue;
    std::vector<unsigned> numbers;
    for (const auto& envelope : after(model, state, request).network.messages) {
      numbers.push_back(envelope.message.number);
    }
    std::sort(numbers.begin(), numbers.end());
    EXPECT_TRUE(left.insert(numbers).second) << "no two ways to crash are the same";
  }
  EXPECT_EQ(left, (std::set<std::vector<unsigned>>{{}, {1}, {2}, {1, 2}}));
}

TEST(CrashPoints, AfterTheLastEffectAreThePlainCrashThatFollows) {
  const Counters model = counters();
  const auto state = initial(model);
  EXPECT_THROW(static_cast<void>(only(model, state, ActionKind::request, 3)), std::logic_error);
  const auto done = after(model, state, only(model, state, ActionKind::request));
  const auto crashed = after(model, done, enabled(model, done, ActionKind::crash)[0]);
  EXPECT_EQ(crashed.network.size(), 2U);
  EXPECT_EQ(crashed.processes[0].disk.asked, 1U);
}

TEST(CrashPoints, ConsumeTheMessageWhoseDeliveryTheyCutShort) {
  const Post model({1}, one_crash(), 2, 0, 0);
  const auto state = initial(model);
  const auto crashed = after(model, state, only(model, state, ActionKind::deliver, 0));
  EXPECT_EQ(crashed.network.size(), 0U);
  EXPECT_EQ(crashed.processes[1].disk.received, 0U);
  EXPECT_FALSE(crashed.processes[1].up);
}

TEST(CrashPoints, LieInARestartToo) {
  Faults faults = one_crash();
  faults.crashes = 2;
  const Post model({2}, faults, 2, 0, 0);
  auto state = initial(model);
  state = after(model, state, enabled(model, state, ActionKind::crash)[0]);
  // n1 sends both notes again when it starts.
  EXPECT_EQ(enabled(model, state, ActionKind::restart).size(), 3U);
  const auto crashed = after(model, state, only(model, state, ActionKind::restart, 1));
  EXPECT_EQ(crashed.network.size(), 3U);
  EXPECT_FALSE(crashed.processes[0].up);
  EXPECT_EQ(crashed.left.restarts, 0U);
}

TEST(CrashPoints, AreGoneWithTheLastCrash) {
  const Counters model({}, {}, 3, 1, 0);
  EXPECT_EQ(enabled(model, initial(model), ActionKind::request).size(), 1U);
}

TEST(Persist, IsNoEffectWhenTheDiskHasThatAlready) {
  const Post model(
      {1},
      [] {
        Faults faults = one_crash();
        faults.duplicates = 1;
        return faults;
      }(),
      2, 0, 0);
  auto state = initial(model);
  state = after(model, state, only(model, state, ActionKind::duplicate));
  EXPECT_EQ(enabled(model, state, ActionKind::deliver).size(), 2U) << "persisting is an effect";
  state = after(model, state, only(model, state, ActionKind::deliver));
  EXPECT_EQ(enabled(model, state, ActionKind::deliver).size(), 1U) << "nothing new to persist";
}

TEST(CrashPoints, AreAllReachedBySearch) {
  // No crash yet: the note is in flight; received.
  constexpr std::uint64_t up = 2;
  // n1 is down, the note in flight or received; or n2 is down, the note in flight (it stays there),
  // received, or gone with the crash that cut its delivery short.
  constexpr std::uint64_t down = 2 + 3;
  // n1 is back and has sent its note again: two in flight; one, and one received. n2 is back: in
  // flight; received; gone. Deliveries lead from one of these to another.
  constexpr std::uint64_t back = 2 + 3;
  EXPECT_EQ(searched(Post({1}, one_crash(), 2, 0, 0)).distinct, up + down + back);
}

}  // namespace
}  // namespace everyway::testing
