// PBFT against the paper that it comes from: Miguel Castro & Barbara Liskov, "Practical Byzantine
// Fault Tolerance" (OSDI 1999). Agreement takes 3f + 1 replicas; what breaks it with 3f.
#include "models/pbft.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "checker/search/search.hpp"
#include "tests/models/play.hpp"
#include "tests/models/shortest_trace.hpp"

namespace everyway::pbft {
namespace {

struct Sizes {
  int replicas = 4;
  int faulty = 1;
  int views = 2;
  int requests = 2;
  int quorum = 0;
};

Options options_of(const Sizes& sizes, Fault fault = Fault::equivocates) {
  Options options;
  options.replicas = sizes.replicas;
  options.faulty = sizes.faulty;
  options.views = sizes.views;
  options.requests = sizes.requests;
  options.quorum = sizes.quorum;
  options.silent = fault == Fault::silent;
  options.no_equivocation = fault == Fault::lies;
  return options;
}

/// The verdict on one property, or on all if no name is given.
Verdict verdict_on(const Options& options, const std::string& property = "") {
  SearchOptions search_options;
  if (!property.empty()) search_options.properties = {property};
  return search(Pbft(options, ""), search_options).verdict;
}

/// Expects Agreement to break, in so many actions and not sooner.
void expect_disagreement(const Options& options, int length) {
  EXPECT_EQ(testing::shortest_trace_of(Pbft(options, ""), "Agreement"), length);
}

TEST(Pbft, AgreesWithFourReplicasWhateverOneOfThemDoes) {
  EXPECT_EQ(verdict_on(options_of({}, Fault::silent)), Verdict::holds);
  EXPECT_EQ(verdict_on(options_of({4, 1, 2, 1}, Fault::lies)), Verdict::holds);
  EXPECT_EQ(verdict_on(options_of({4, 1, 1, 2}, Fault::lies)), Verdict::holds);
  EXPECT_EQ(verdict_on(options_of({})), Verdict::holds);
  EXPECT_EQ(verdict_on(options_of({4, 0, 2, 2})), Verdict::holds);
}

TEST(Pbft, AgreesWithSevenReplicasThoughTwoCollude) {
  EXPECT_EQ(verdict_on(options_of({7, 2, 1, 2})), Verdict::holds);
  EXPECT_EQ(verdict_on(options_of({7, 2, 1, 2}, Fault::silent)), Verdict::holds);
}

// With 3f replicas, certificates of n - f may have only faulty replicas in common. The primary
// proposes v1 to one and v2 to the other; each accepts, is prepared and commits.
TEST(Pbft, DisagreesWithThreeReplicasIfOneEquivocates) {
  expect_disagreement(options_of({3, 1, 1, 2}), 3 + 3);
}

// Two pairs of correct replicas: each member accepts and is prepared, and one of each pair commits.
TEST(Pbft, DisagreesWithSixReplicasIfTwoCollude) {
  expect_disagreement(options_of({6, 2, 1, 2}), 2 * (2 + 2 + 1));
}

// More faulty replicas than f: the two may sign for both sides.
TEST(Pbft, DisagreesWithFourReplicasIfTwoCollude) {
  expect_disagreement(options_of({4, 2, 1, 2, 3}), 3 + 3);
}

// Who tells everybody the same cannot split one view with 3f. Across views it can: it says COMMIT
// with one correct replica, and forgets its certificate in the VIEW-CHANGE to the other.
//   view 0: PRE-PREPARE (faulty n1), n3 accepts, is prepared; COMMIT (n1), n3 commits;     5
//   view 1: VIEW-CHANGE (n1), n2 sends NEW-VIEW and PRE-PREPARE; PREPARE (n1), n2 is       7
//           prepared; COMMIT (n1), n2 commits
TEST(Pbft, DisagreesWithThreeReplicasIfOneLiesThoughToAllTheSameOnlyAcrossViews) {
  EXPECT_EQ(verdict_on(options_of({3, 1, 1, 2}, Fault::lies)), Verdict::holds);
  expect_disagreement(options_of({3, 1, 2, 2}, Fault::lies), 5 + 7);
}

TEST(Pbft, AgreesWithThreeReplicasIfOneIsSilent) {
  EXPECT_EQ(verdict_on(options_of({3, 1, 2, 2}, Fault::silent)), Verdict::holds);
}

// Certificates of all three would be safe, and one silent replica blocks them.
TEST(Pbft, WaitsForEverWithCertificatesOfAllThreeReplicasIfOneIsSilent) {
  const Options all = options_of({3, 1, 2, 2, 3}, Fault::silent);
  EXPECT_EQ(verdict_on(all, "Agreement"), Verdict::holds);
  EXPECT_EQ(verdict_on(all, "All commit"), Verdict::violated);
  EXPECT_EQ(verdict_on(all, "deadlock"), Verdict::violated);
  EXPECT_EQ(verdict_on(options_of({3, 1, 2, 2, 3}), "Agreement"), Verdict::holds);
}

TEST(Pbft, RefusesOptionsThatDoNotGoTogether) {
  Options both = options_of({}, Fault::silent);
  both.no_equivocation = true;
  EXPECT_THROW(Pbft(both, ""), UsageError);
  EXPECT_THROW(Pbft(options_of({3, 1, 1, 1, 4}), ""), UsageError);
  EXPECT_THROW(Pbft(options_of({4, 1, 1, 1, 1}), ""), UsageError);
  EXPECT_THROW(Pbft(options_of({3, 2, 1, 1}), ""), UsageError);
}

std::size_t choose(std::size_t n, std::size_t k) {
  return k == 0 ? 1 : choose(n, k - 1) * (n - k + 1) / k;
}

/// Of one view, one request and no faulty replica: the primary and any of the others have accepted
/// it; if these are a quorum, any of them are prepared; if those are, any of them have committed.
std::size_t states_without_faults(std::size_t n, std::size_t quorum) {
  std::size_t all = 1;
  for (std::size_t accepted = 1; accepted <= n; ++accepted) {
    std::size_t beyond = 0;
    for (std::size_t prepared = 0; prepared <= accepted; ++prepared) {
      if (prepared > 0 && accepted < quorum) break;
      beyond += choose(accepted, prepared) *
                (prepared >= quorum ? std::size_t{1} << prepared : std::size_t{1});
    }
    all += choose(n - 1, accepted - 1) * beyond;
  }
  return all;
}

TEST(Pbft, HasAsManyStatesWithoutFaultsAsTheFormula) {
  EXPECT_EQ(states_without_faults(4, 3), 109U);
  for (const int n : {3, 4, 5, 6, 7}) {
    const Pbft model(options_of({n, 0, 1, 1}), "");
    EXPECT_EQ(search(model, SearchOptions{}).distinct,
              states_without_faults(static_cast<std::size_t>(n), model.setting().quorum))
        << n;
  }
}

// Each action but the commits is one multicast to all others: PRE-PREPARE, PREPARE, COMMIT. Any
// order of the normal case has the same.
TEST(Pbft, SendsTwoNSquaredLessTwoNMessagesInTheNormalCase) {
  for (const int n : {4, 7}) {
    const Pbft model(options_of({n, 0, 1, 1}), "");
    State state = testing::initial_states(model).at(0);
    std::size_t multicasts = 0;
    for (bool moved = true; moved;) {
      moved = false;
      State after = state;
      model.next(state, [&](const Action& action, auto effect) {
        if (moved) return;
        moved = true;
        multicasts += action.kind == Kind::commit ? 0 : 1;
        effect(after);
      });
      state = after;
    }
    EXPECT_TRUE(model.may_end(state));
    const auto count = static_cast<std::size_t>(n);
    EXPECT_EQ(multicasts * (count - 1), 2 * count * (count - 1));
  }
}

/// Where correct replicas have come to, without what faulty ones said.
std::set<std::string> states_of_the_correct(const Options& options) {
  std::set<std::string> all;
  for (State state : testing::every_step(Pbft(options, ""), [](auto&&...) {})) {
    state.faulty.for_each([&](NodeId liar) { state.replicas[liar] = {}; });
    all.insert({reinterpret_cast<const char*>(&state), sizeof(state)});
  }
  return all;
}

TEST(Pbft, LetsWhoEquivocatesDoAllThatLiarsAndTheSilentDo) {
  for (const Sizes& sizes : {Sizes{3, 1, 2, 1}, Sizes{4, 1, 1, 2}, Sizes{4, 2, 1, 1, 3}}) {
    const auto most = states_of_the_correct(options_of(sizes));
    for (const Fault fault : {Fault::lies, Fault::silent}) {
      const auto some = states_of_the_correct(options_of(sizes, fault));
      EXPECT_TRUE(std::includes(most.begin(), most.end(), some.begin(), some.end()));
      if (fault == Fault::silent) {
        EXPECT_LT(some.size(), most.size());
      }
    }
  }
}

}  // namespace
}  // namespace everyway::pbft
