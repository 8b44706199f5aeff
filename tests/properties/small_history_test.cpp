// Small histories against examples of the literature, and against the judge of recorded histories,
// which works in other ways: a search over configurations, and bad patterns.
#include "properties/small_history.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/properties/recorded_history.hpp"

namespace everyway::testing {
namespace {

using small_history::Kind;
using History = small_history::History<3, 4>;
using histories::Consistency;

constexpr std::uint8_t x = 0;
constexpr std::uint8_t y = 1;

/// Operations one after the other, or overlapping, written down as they happen.
struct Scribe {
  History history;

  Scribe& begin(unsigned client, Kind kind, std::uint8_t key, std::uint8_t value = 0) {
    history.invoke(NodeId::at(client - 1), kind, key, value);
    return *this;
  }
  Scribe& end(unsigned client, std::uint8_t value = 0) {
    history.respond(NodeId::at(client - 1), value);
    return *this;
  }
  Scribe& write(unsigned client, std::uint8_t key, std::uint8_t value) {
    return begin(client, Kind::write, key, value).end(client);
  }
  Scribe& read(unsigned client, std::uint8_t key, std::uint8_t value) {
    return begin(client, Kind::read, key).end(client, value);
  }
};

TEST(SmallHistory, OfARegisterThatIsReadTooLateIsSequentialAndNotLinearizable) {
  const History history = Scribe{}.write(1, x, 11).read(2, x, 0).history;
  EXPECT_FALSE(is_linearizable(history));
  EXPECT_TRUE(is_sequential(history));
  EXPECT_TRUE(is_causal(history));
}

// Herlihy & Wing, section 1: what overlaps may go either way.
TEST(SmallHistory, LetsAReadThatOverlapsAWriteReturnTheOldValueOrTheNew) {
  for (const std::uint8_t seen : {std::uint8_t{0}, std::uint8_t{11}}) {
    EXPECT_TRUE(
        is_linearizable(Scribe{}.begin(1, Kind::write, x, 11).read(2, x, seen).end(1).history));
  }
  EXPECT_FALSE(is_linearizable(
      Scribe{}.begin(1, Kind::write, x, 11).read(2, x, 11).read(3, x, 0).end(1).history));
}

TEST(SmallHistory, LetsAWriteWithoutAnAnswerTakeEffectOrNot) {
  const Scribe pending = Scribe{}.begin(1, Kind::write, x, 11);
  EXPECT_TRUE(is_linearizable(Scribe{pending}.read(2, x, 0).read(2, x, 11).history));
  EXPECT_FALSE(is_linearizable(Scribe{pending}.read(2, x, 11).read(2, x, 0).history));
}

// Lamport 1979, with two flags: each client sees its own write, and misses the other's.
TEST(SmallHistory, OfTwoFlagsThatNobodySeesIsCausalAndNotSequential) {
  const History history =
      Scribe{}.write(1, x, 11).write(2, y, 21).read(1, y, 0).read(2, x, 0).history;
  EXPECT_FALSE(is_sequential(history));
  EXPECT_TRUE(is_causal(history));
}

// Ahamad et al., section 2: two readers may disagree on writes that neither caused.
TEST(SmallHistory, OfConcurrentWritesInTwoOrdersIsCausal) {
  const History history =
      Scribe{}.write(1, x, 11).write(2, x, 21).read(1, x, 21).read(2, x, 11).history;
  EXPECT_TRUE(is_causal(history));
  EXPECT_FALSE(is_sequential(history));
}

TEST(SmallHistory, OfAnEffectWithoutItsCauseIsNotCausal) {
  EXPECT_FALSE(is_causal(Scribe{}
                             .write(1, x, 11)
                             .read(2, x, 11)
                             .write(2, y, 21)
                             .read(3, y, 21)
                             .read(3, x, 0)
                             .history));
  // Not so, had n2 not read it: then nothing tells that one caused the other.
  EXPECT_TRUE(
      is_causal(Scribe{}.write(1, x, 11).write(2, y, 21).read(3, y, 21).read(3, x, 0).history));
}

TEST(SmallHistory, OfAValueThatNobodyWroteHasNoLevel) {
  const History history = Scribe{}.read(1, x, 33).history;
  EXPECT_FALSE(is_linearizable(history));
  EXPECT_FALSE(is_sequential(history));
  EXPECT_FALSE(is_causal(history));
}

/// A history of up to `most` events; what is read was mostly written.
[[nodiscard]] History arbitrary_history(std::size_t most) {
  Scribe scribe;
  std::vector<std::uint8_t> written[2];
  const auto below = [](int count) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, count));
  };
  for (std::size_t event = 0; event < most; ++event) {
    const auto client = static_cast<unsigned>(below(3) + 1);
    const NodeId node = NodeId::at(client - 1);
    const std::size_t count = scribe.history.invoked(node);
    if (scribe.history.is_waiting(node)) {
      const auto& values = written[scribe.history.operations[node][count - 1].key];
      const auto which = static_cast<std::size_t>(below(static_cast<int>(values.size()) + 1));
      scribe.end(client, which == values.size() ? std::uint8_t{0} : values[which]);
    } else if (count < History::each) {
      const auto key = static_cast<std::uint8_t>(below(2));
      const auto value = static_cast<std::uint8_t>(10 * client + count + 1);
      const bool writes = below(2) == 0;
      scribe.begin(client, writes ? Kind::write : Kind::read, key, value);
      if (writes) written[key].push_back(value);
    }
  }
  return scribe.history;
}

RC_GTEST_PROP(SmallHistory, IsWhatTheJudgeOfRecordedHistoriesSays, ()) {
  const History history = arbitrary_history(14);
  RC_LOG() << history.text() << '\n';
  const bool linearizable = is_linearizable(history);
  RC_CLASSIFY(linearizable, "linearizable");
  RC_CLASSIFY(is_causal(history) && !linearizable, "causal only");
  RC_ASSERT(linearizable == judged(recorded(history), Consistency::linearizable));
  RC_ASSERT(is_sequential(history) == judged(recorded(history), Consistency::sequential));
  RC_ASSERT(is_causal(history) == judged(recorded(history), Consistency::causal_memory));
}

}  // namespace
}  // namespace everyway::testing
