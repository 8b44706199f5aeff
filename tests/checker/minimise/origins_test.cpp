// Since which event an action has been possible, and what stands for it in a changed run.
#include "checker/minimise/origins.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/checker/trace/small_model.hpp"

namespace everyway::testing {
namespace {

using Action = Counting::Action;
using Actions = std::vector<Action>;

[[nodiscard]] Action amount(unsigned node, std::uint8_t amount) {
  return {Counting::Kind::count, NodeId::at(node - 1), amount};
}

[[nodiscard]] std::vector<std::int32_t> all_of(const Origins<Action>& origins, std::size_t count) {
  std::vector<std::int32_t> all;
  for (std::size_t at = 0; at < count; ++at) all.push_back(origins[at]);
  return all;
}

TEST(Origins, AreTheEventsSinceWhichActionsHaveBeenPossible) {
  Origins<Action> origins;
  origins.update(Actions{count(1), count(2)}, from_the_beginning);
  origins.update(Actions{count(2), amount(1, 7), finish(1)}, 0);
  EXPECT_EQ(all_of(origins, 3), (std::vector<std::int32_t>{from_the_beginning, 0, 0}));
  origins.update(Actions{finish(1), count(1), count(2)}, 1);
  EXPECT_EQ(all_of(origins, 3), (std::vector<std::int32_t>{0, 1, from_the_beginning}))
      << "in whatever order; and what is possible again is possible since then";
}

TEST(PositionOfCounterpart, PrefersWhatTheSameEventMadePossibleToTheActionItself) {
  Origins<Action> origins;
  origins.update(Actions{amount(1, 5)}, from_the_beginning);
  const Actions enabled{amount(1, 5), amount(1, 8), amount(2, 6)};
  origins.update(enabled, 3);
  const auto place = [&](const Event<Action>& wanted) {
    return position_of_counterpart(std::span<const Action>(enabled), origins, wanted);
  };
  EXPECT_EQ(place({amount(1, 5), 9, 3}), 1U) << "the 8 is what event 3 sends now";
  EXPECT_EQ(place({amount(1, 5), 9, from_the_beginning}), 0U);
  EXPECT_EQ(place({amount(1, 5), 9, 4}), 0U) << "event 4 was left out";
  EXPECT_EQ(place({amount(1, 8), 9, unknown_origin}), 1U);
  EXPECT_EQ(place({amount(2, 1), 9, 4}), 2U) << "the most alike";
  EXPECT_EQ(place({finish(1), 9, 3}), enabled.size());
}

}  // namespace
}  // namespace everyway::testing
