// Delta debugging leaves what passes, and nothing that could go.
#include "checker/minimise/ddmin.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <memory>
#include <numeric>

namespace everyway::testing {
namespace {

using List = std::vector<int>;

[[nodiscard]] List numbers(std::size_t count) {
  List list(count);
  std::iota(list.begin(), list.end(), 0);
  return list;
}

[[nodiscard]] bool contains_all(const List& list, const std::set<int>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](int each) {
    return std::find(list.begin(), list.end(), each) != list.end();
  });
}

/// A test that passes where `passes` does, as ddmin wants it; checks what ddmin promises it. Copies
/// share what passed last.
template <class Passes>
[[nodiscard]] auto test_of(const List& start, const Passes& passes) {
  return [passes, shared = std::make_shared<List>(start)](
             const List& candidate, std::size_t unchanged) -> std::optional<List> {
    List& last = *shared;
    RC_ASSERT(candidate.size() < last.size());
    RC_ASSERT(unchanged <= candidate.size());
    RC_ASSERT(std::equal(candidate.begin(),
                         candidate.begin() + static_cast<std::ptrdiff_t>(unchanged), last.begin()));
    if (!passes(candidate)) return std::nullopt;
    last = candidate;
    return candidate;
  };
}

/// Which lists pass is drawn at random, list by list: neither monotone nor in any way kind.
[[nodiscard]] bool passes_at_random(const List& list, unsigned seed) {
  std::size_t hash = seed;
  for (const int each : list) hash = hash * 1'000'003U + static_cast<std::size_t>(each) + 1U;
  return (hash ^ (hash >> 17U)) % 5 == 0;
}

template <class Passes>
void expect_n_minimal(const List& list, std::size_t n, const Passes& passes) {
  RC_ASSERT(passes(list));
  for (std::size_t last = 0; last < list.size(); ++last) {
    const List shorter = detail::without(list, last, 1);
    RC_ASSERT(!passes(shorter));
    for (std::size_t first = 0; n > 1 && first < last; ++first) {
      RC_ASSERT(!passes(detail::without(shorter, first, 1)));
    }
  }
}

RC_GTEST_PROP(Ddmin, FindsExactlyWhatIsNeededWhenNeedsAreIndependent, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(0, 200);
  const auto wanted =
      *rc::gen::container<std::set<int>>(rc::gen::inRange(0, static_cast<int>(count) + 1));
  std::set<int> needed = wanted;
  needed.erase(static_cast<int>(count));
  const auto passes = [&](const List& list) { return contains_all(list, needed); };
  const List start = numbers(count);
  RC_ASSERT(ddmin(start, test_of(start, passes)) == List(needed.begin(), needed.end()));
}

RC_GTEST_PROP(Ddmin, LeavesAListThatPassesAndFailsWithoutAnyOneElement,
              (unsigned seed, std::uint8_t count)) {
  const List start = numbers(count % 60);
  const auto passes = [&](const List& list) {
    return list.size() == start.size() || passes_at_random(list, seed);
  };
  expect_n_minimal(ddmin(start, test_of(start, passes)), 1, passes);
}

RC_GTEST_PROP(RemovePairs, LeavesAListThatFailsWithoutAnyOneOrTwoElements,
              (unsigned seed, std::uint8_t count)) {
  const List start = numbers(count % 40);
  const auto passes = [&](const List& list) {
    return list.size() == start.size() || passes_at_random(list, seed);
  };
  const List single = ddmin(start, test_of(start, passes));
  expect_n_minimal(remove_pairs(single, test_of(single, passes)), 2, passes);
}

TEST(Ddmin, GoesOnWithWhatIsLeftOfACandidate) {
  // Whatever is tried, only the 7 matters: a run that is played leaves out more than was asked.
  std::size_t tests = 0;
  const List left = ddmin(numbers(1'000), [&](const List& candidate, std::size_t) {
    ++tests;
    return contains_all(candidate, {7}) ? std::optional<List>{{7}} : std::nullopt;
  });
  EXPECT_EQ(left, List{7});
  EXPECT_LE(tests, 20U);
}

TEST(Ddmin, NeedsFewTestsWhereMuchCanGo) {
  std::size_t tests = 0;
  const std::set<int> needed{3, 400, 401, 999};
  (void)ddmin(numbers(1'000), [&](const List& candidate, std::size_t) -> std::optional<List> {
    ++tests;
    if (!contains_all(candidate, needed)) return std::nullopt;
    return candidate;
  });
  EXPECT_LE(tests, 120U);
}

}  // namespace
}  // namespace everyway::testing
