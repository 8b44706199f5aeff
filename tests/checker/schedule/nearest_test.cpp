// What the name of an action means among those that are enabled.
#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

#include "checker/schedule/action_key.hpp"

namespace everyway::testing {
namespace {

enum class Kind : std::uint8_t { send, fail, wait };
BOOST_DESCRIBE_ENUM(Kind, send, fail, wait)

struct Content {
  std::uint8_t number = 0;
  std::uint8_t other = 0;
};
BOOST_DESCRIBE_STRUCT(Content, (), (number, other))

struct Act {
  Kind kind{};
  std::uint8_t variant = 0;
  NodeId from;
  NodeId to;
  NodeId third;
  Content content;
};
BOOST_DESCRIBE_STRUCT(Act, (), (kind, variant, from, to, third, content))

[[nodiscard]] std::size_t below(std::size_t count) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, count));
}

/// Few values for each field: near misses are frequent.
[[nodiscard]] Act arbitrary_act() {
  const auto node = [] { return below(4) == 0 ? NodeId::none() : NodeId::at(below(3)); };
  Act act;
  act.kind = static_cast<Kind>(below(3));
  act.variant = static_cast<std::uint8_t>(below(2));
  act.from = node();
  act.to = node();
  act.third = below(3) == 0 ? node() : NodeId::none();
  act.content.number = static_cast<std::uint8_t>(below(2));
  return act;
}

[[nodiscard]] std::vector<Act> arbitrary_acts() {
  std::vector<Act> acts(1 + below(12));
  for (Act& act : acts) act = arbitrary_act();
  return acts;
}

/// By the book: the likeness of each, then the one of that rank among the best.
[[nodiscard]] std::size_t nearest_by_the_book(const std::vector<Act>& enabled,
                                              const ScheduledAction& wanted) {
  std::vector<std::size_t> best;
  int most = -1;
  for (std::size_t at = 0; at < enabled.size(); ++at) {
    const ScheduledAction key = action_key(enabled[at]);
    if (key.kind != wanted.kind % 3) continue;
    const int likeness =
        (key.second == wanted.second ? 8 : 0) + (key.first == wanted.first ? 4 : 0) +
        (key.variant == wanted.variant ? 2 : 0) + (key.content == wanted.content ? 1 : 0);
    if (likeness > most) best.clear();
    if (likeness >= most) best.push_back(at);
    most = std::max(most, likeness);
  }
  return best.empty() ? enabled.size() : best[wanted.rank % best.size()];
}

RC_GTEST_PROP(Nearest, IsWhatItIsByTheBook, ()) {
  const std::vector<Act> enabled = arbitrary_acts();
  ScheduledAction wanted = action_key(arbitrary_act());
  wanted.rank = static_cast<std::uint8_t>(below(5));
  if (below(4) == 0) wanted.kind = static_cast<std::uint8_t>(below(256));
  RC_ASSERT(nearest(std::span<const Act>(enabled), wanted) == nearest_by_the_book(enabled, wanted));
}

RC_GTEST_PROP(Nearest, FindsWhatIsNamed, ()) {
  std::vector<Act> enabled = arbitrary_acts();
  for (std::size_t i = 0; i < enabled.size(); ++i) {
    for (std::size_t j = enabled.size(); j-- > i + 1;) {
      if (same_bytes(enabled[i], enabled[j])) enabled.erase(enabled.begin() + std::ptrdiff_t(j));
    }
  }
  const std::span<const Act> all(enabled);
  for (std::size_t at = 0; at < all.size(); ++at) {
    const ScheduledAction name = name_among(all, at);
    RC_ASSERT(nearest(all, name) == at);
    RC_ASSERT(has_key(all[at], name));
  }
}

TEST(ActionKey, TellsEveryFieldApart) {
  const Act plain{Kind::send, 0, NodeId::at(0), NodeId::at(1), {}, {}};
  Act other = plain;
  other.variant = 1;
  EXPECT_NE(action_key(other).variant, action_key(plain).variant);
  other = plain;
  other.third = NodeId::at(2);
  EXPECT_NE(action_key(other).variant, action_key(plain).variant);
  other = plain;
  other.content.other = 1;
  EXPECT_NE(action_key(other).content, action_key(plain).content);
  EXPECT_EQ(action_key(plain).first, 1);
  EXPECT_EQ(action_key(plain).second, 2);
}

RC_GTEST_PROP(Schedules, EveryStringOfBytesIsOne, (std::vector<std::uint8_t> bytes)) {
  const Schedule schedule = decode(bytes);
  const std::vector<std::uint8_t> encoded = encode(schedule);
  RC_ASSERT(decode(encoded) == schedule);
  const std::size_t kept = bytes.empty() ? 0 : 1 + (bytes.size() - 1) / 6 * 6;
  if (kept != 0) {
    RC_ASSERT(std::vector<std::uint8_t>(bytes.begin(), bytes.begin() + std::ptrdiff_t(kept)) ==
              encoded);
  }
}

}  // namespace
}  // namespace everyway::testing
