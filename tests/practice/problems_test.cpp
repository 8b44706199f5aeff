// The answers to the six problems of docs/PRACTICE.md, each computed once by the models that the
// page runs and once without them.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checker/search/search.hpp"
#include "examples/practice/booking.hpp"
#include "examples/practice/causality.hpp"
#include "examples/practice/commit.hpp"
#include "examples/practice/counter.hpp"
#include "examples/practice/election.hpp"
#include "examples/practice/ring.hpp"
#include "tests/literature/reachable.hpp"

namespace practice {
namespace {

using everyway::SearchOptions;
using everyway::SearchResult;
using everyway::Verdict;

/// Every property of the model, each judged to the end.
template <class M>
SearchResult<M> result_of(const typename M::Options& options, const std::string& mutant = "") {
  SearchOptions search;
  search.keep_going = true;
  return everyway::search(M(options, mutant), search);
}

template <class M>
std::map<std::string, Verdict> verdicts_of(const typename M::Options& options,
                                           const std::string& mutant = "") {
  std::map<std::string, Verdict> verdicts;
  for (const auto& property : result_of<M>(options, mutant).properties) {
    verdicts[property.name] = property.verdict;
  }
  return verdicts;
}

void expect_all_hold(const std::map<std::string, Verdict>& verdicts) {
  for (const auto& [name, verdict] : verdicts) EXPECT_EQ(verdict, Verdict::holds) << name;
}

template <class M, class Visit>
void every_state(const M& model, const Visit& visit) {
  for (const auto& state : everyway::testing::reachable_states(model)) visit(state);
}

// Problem 1.

TEST(Problem1, BAndCVoteForAAndALeads) {
  const auto verdicts = verdicts_of<Election>({});
  EXPECT_EQ(verdicts.at("B votes for the candidate"), Verdict::holds);
  EXPECT_EQ(verdicts.at("C votes for the candidate"), Verdict::holds);
  EXPECT_EQ(verdicts.at("Nobody refuses"), Verdict::holds);
  EXPECT_EQ(verdicts.at("The candidate leads"), Verdict::holds);
  EXPECT_EQ(verdicts.at("deadlock"), Verdict::holds);
}

/// Of three servers a majority is two: A needs one vote beside its own, and so one round trip. It
/// leads whatever single message is lost, and need not if two are.
TEST(Problem1, ALeadsThoughOneMessageIsLostAndNotThoughTwoAre) {
  ElectionOptions options;
  options.drops = 1;
  EXPECT_EQ(verdicts_of<Election>(options).at("deadlock"), Verdict::holds);
  options.drops = 2;
  EXPECT_EQ(verdicts_of<Election>(options).at("deadlock"), Verdict::violated);
}

/// Section 5.4.1 by hand: the later last term is more up-to-date; of one term, the longer log.
TEST(Problem1, WhoVotesForWhomIsWhatThePaperSaysOfTheLogs) {
  using Log = std::pair<int, int>;  // last term, length
  const auto votes = [](const std::array<Log, 3>& logs, bool one_term) {
    for (int candidate = 1; candidate <= 3; ++candidate) {
      ElectionOptions options;
      options.candidate = candidate;
      options.one_term = one_term;
      const auto verdicts = verdicts_of<Election>(options);
      for (std::size_t voter = 0; voter < 3; ++voter) {
        const auto asking = static_cast<std::size_t>(candidate) - 1;
        if (voter == asking) continue;
        const std::string name = std::string(1, "ABC"[voter]) + " votes for the candidate";
        EXPECT_EQ(verdicts.at(name) == Verdict::holds, logs[asking] >= logs[voter])
            << candidate << ' ' << name << ' ' << one_term;
      }
    }
  };
  votes({Log{4, 7}, Log{4, 6}, Log{3, 8}}, false);
  votes({Log{3, 7}, Log{3, 6}, Log{3, 8}}, true);
}

// Problem 2.

TEST(Problem2, AllAbortInEveryOrderAndParticipant3DoesSoOnItsOwn) {
  const auto verdicts = verdicts_of<Commit>({});
  expect_all_hold(verdicts);
  EXPECT_EQ(verdicts.count("Participant 3 asks nobody"), 1U);
  EXPECT_EQ(verdicts.count("All abort"), 1U);
}

TEST(Problem2, Participant3HasNoVoteOnDiskWhenItCrashes) {
  unsigned crashed = 0;
  every_state(Commit({}, ""), [&](const Commit::State& state) {
    if (state.processes[3].up) return;
    ++crashed;
    ASSERT_FALSE(state.processes[3].disk.voted_yes);
  });
  EXPECT_GT(crashed, 0U);
}

// Problem 3.

TEST(Problem3, FlightAndHotelAreCancelledInReverseOrder) {
  const auto verdicts = verdicts_of<Booking>({});
  expect_all_hold(verdicts);
  EXPECT_EQ(verdicts.count("Reverse Order"), 1U);
}

TEST(Problem3, SoTheyAreIfAnybodyCrashesOnceAndAMessageComesTwice) {
  BookingOptions options;
  options.crashes = 1;
  options.restarts = 1;
  options.duplicates = 1;
  expect_all_hold(verdicts_of<Booking>(options));
}

/// The request; three calls, three outcomes and their answers; two calls to compensate and their
/// answers: 1 + 9 + 4.
TEST(Problem3, WithoutFaultsThereIsOneRunOf14Actions) {
  const auto result = result_of<Booking>({});
  EXPECT_EQ(result.distinct, 15U);
}

// Problem 4.

TEST(Problem4, EveryOrderOfMergesEndsIn4And3And5WhichIs12) {
  expect_all_hold(verdicts_of<Counter>({}));
  unsigned ends = 0;
  every_state(Counter({}, ""), [&](const CounterState& state) {
    for (const Counted& node : state.nodes) {
      if (node.merged.size() != 3) continue;
      ++ends;
      const auto& counts = node.counter.counts;
      ASSERT_EQ((std::array<int, 3>{counts[0], counts[1], counts[2]}),
                (std::array<int, 3>{4, 3, 5}));
      ASSERT_EQ(node.counter.value(), 12U);
    }
  });
  EXPECT_GT(ends, 0U);
}

TEST(Problem4, MergingByAddingUpOrOverwritingBreaksTheClaimsNamedForIt) {
  for (const auto& mutant : Counter::mutants()) {
    const auto verdicts = verdicts_of<Counter>({}, std::string(mutant.name));
    EXPECT_EQ(verdicts.at(std::string(mutant.breaks)), Verdict::violated) << mutant.name;
  }
}

// Problem 5.

TEST(Problem5, PAndQPrecedeRAndAllOtherPairsAreConcurrent) {
  const std::set<std::string> impossible{"R before P", "R before Q"};
  const auto verdicts = verdicts_of<Causality>({});
  unsigned pairs = 0;
  for (const auto& [name, verdict] : verdicts) {
    if (name == "deadlock") continue;
    ++pairs;
    EXPECT_EQ(verdict, impossible.count(name) == 1 ? Verdict::violated : Verdict::holds) << name;
  }
  EXPECT_EQ(pairs, 12U);
}

/// The definition, number by number.
TEST(Problem5, TheVectorsSaySoToo) {
  const std::array<std::array<int, 3>, 4> vectors{{{2, 0, 0}, {1, 2, 0}, {2, 2, 1}, {0, 0, 3}}};
  const auto verdicts = verdicts_of<Causality>({});
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      if (i == j) continue;
      bool later = true;
      for (std::size_t k = 0; k < 3; ++k) later = later && vectors[i][k] >= vectors[j][k];
      const std::string name = std::string(1, "PQRS"[i]) + " before " + "PQRS"[j];
      EXPECT_EQ(verdicts.at(name) == Verdict::violated, later) << name;
    }
  }
}

// Problem 6.

/// The owners of 24 keys before C fails, after, and once E has joined.
std::vector<std::array<unsigned, 24>> owners(bool modulo) {
  RingOptions options;
  options.modulo = modulo;
  std::vector<std::array<unsigned, 24>> all;
  every_state(Ring(options, ""), [&](const RingState& state) {
    all.emplace_back();
    for (std::size_t key = 0; key < 24; ++key) all.back()[key] = state.owner[key].number();
  });
  return all;
}

TEST(Problem6, OnTheRingOnlyTheKeysOfCMoveAndThenOnlyKeysToE) {
  expect_all_hold(verdicts_of<Ring>({}));
  const auto steps = owners(false);
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(std::count(steps[0].begin(), steps[0].end(), 3U), 5);
  EXPECT_EQ(std::count(steps[2].begin(), steps[2].end(), 5U), 4);
  for (std::size_t key = 0; key < 24; ++key) {
    EXPECT_EQ(steps[0][key] != steps[1][key], steps[0][key] == 3) << key;
    EXPECT_EQ(steps[1][key] != steps[2][key], steps[2][key] == 5) << key;
  }
}

TEST(Problem6, ModuloTheNumberOfNodesKeysMoveBetweenNodesThatStay) {
  RingOptions options;
  options.modulo = true;
  const auto verdicts = verdicts_of<Ring>(options);
  EXPECT_EQ(verdicts.at("Only what C had moves"), Verdict::violated);
  EXPECT_EQ(verdicts.at("Keys move to E only"), Verdict::violated);
}

/// Of A, B, C, D and then A, B, D: h mod 4 and h mod 3 name the same node where h mod 12 is 0, 1 or
/// 11. So three quarters of all keys move, a third of them from C.
TEST(Problem6, ModuloAKeyStaysWhereItsHashIs0Or1Or11Modulo12) {
  const everyway::partitioning::MixingHash hash{1};
  const auto steps = owners(true);
  for (std::size_t key = 0; key < 24; ++key) {
    const std::uint64_t rest = hash(std::uint64_t{key}) % 12;
    EXPECT_EQ(steps[0][key] == steps[1][key], rest == 0 || rest == 1 || rest == 11) << key;
  }
}

/// The owner of each key once more, without a ring: the node of the nearest point clockwise, of all
/// points of all nodes.
TEST(Problem6, AKeyBelongsToTheNearestPointClockwise) {
  const everyway::partitioning::MixingHash hash{1};
  const auto steps = owners(false);
  const std::array<std::vector<unsigned>, 3> nodes{{{1, 2, 3, 4}, {1, 2, 4}, {1, 2, 4, 5}}};
  for (std::size_t step = 0; step < 3; ++step) {
    for (std::size_t key = 0; key < 24; ++key) {
      std::uint64_t nearest = ~std::uint64_t{0};
      unsigned owner = 0;
      for (const unsigned node : nodes[step]) {
        for (std::uint32_t point = 0; point < 3; ++point) {
          const std::uint64_t distance = hash(node, point) - hash(std::uint64_t{key});
          if (distance <= nearest) owner = node;
          nearest = std::min(nearest, distance);
        }
      }
      EXPECT_EQ(steps[step][key], owner) << step << ' ' << key;
    }
  }
}

}  // namespace
}  // namespace practice
