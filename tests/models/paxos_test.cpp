// Paxos against the paper that it comes from: Leslie Lamport, "Paxos Made Simple" (2001). Each
// quotation names its section.
#include "models/paxos.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <vector>

#include "checker/search/search.hpp"
#include "tests/models/play.hpp"

namespace everyway::paxos {
namespace {

using Five = Paxos<5>;  // n1 and n2 are proposers; n3, n4 and n5 are acceptors
using Play = testing::Play<Five>;
using Type = MessageType;
using Kind = cluster::ActionKind;

/// Two proposers without faults.
Options calm(int acceptors, int max_ballot) {
  Options options;
  options.acceptors = acceptors;
  options.max_ballot = max_ballot;
  options.crashes = 0;
  options.restarts = 0;
  return options;
}

Options with_a_crash(int acceptors, int max_ballot) {
  Options options = calm(acceptors, max_ballot);
  options.crashes = 1;
  options.restarts = 1;
  return options;
}

/// Calls visit(model, before, action, after) for every reachable step of two ballots: with three
/// acceptors and no faults, and with two acceptors and one crash.
template <class Visit>
void every_step_of_two_configurations(Visit visit) {
  const auto all_of = [&](const auto& model) {
    testing::every_step(model, [&](const auto& before, const auto& action, const auto& after) {
      visit(model, before, action, after);
    });
  };
  all_of(Five(calm(3, 2), ""));
  all_of(Paxos<4>(with_a_crash(2, 2), ""));
}

/// The proposer asks both acceptors for promises for its next ballot, gets them, and proposes.
Play& propose(Play& play, unsigned proposer, std::array<unsigned, 2> acceptors) {
  play.time_out(proposer, Timer::next_ballot);
  for (const unsigned acceptor : acceptors) play.deliver(proposer, acceptor, Type::prepare);
  for (const unsigned acceptor : acceptors) play.deliver(acceptor, proposer, Type::promise);
  return play;
}

/// The values of the proposals in flight to an acceptor.
consensus::ValueSet proposed_to(const Play& play, unsigned acceptor) {
  consensus::ValueSet values;
  for (const auto& envelope : play.state().network.messages) {
    if (envelope.to.number() != acceptor || envelope.message.type != Type::accept) continue;
    values.insert(envelope.message.value);
  }
  return values;
}

consensus::ValueSet only(unsigned value) {
  consensus::ValueSet values;
  values.insert(value);
  return values;
}

// Section 2.2: "P1. An acceptor must accept the first proposal that it receives."
TEST(Paxos, LetsAnAcceptorAcceptTheFirstProposalItReceivesThoughItPromisedNothing) {
  Play play(Five(calm(3, 2), ""));
  propose(play, 1, {3, 4}).deliver(1, 5, Type::accept);
  EXPECT_EQ(play.disk(5).votes.in(1), 1);
}

// Section 2.2: "P1a. An acceptor can accept a proposal numbered n iff it has not responded to a
// prepare request having a number greater than n." Having accepted a higher proposal counts as such
// a response.
TEST(Paxos, LetsAnAcceptorAcceptIffItHasPromisedNoHigherBallot) {
  std::size_t accepted = 0;
  std::size_t refused = 0;
  every_step_of_two_configurations(
      [&](const auto&, const auto& before, const auto& action, const auto& after) {
        const Message& message = action.message;
        if (action.kind != Kind::deliver || action.crash_after != 0) return;
        if (message.type != Type::accept) return;
        const bool may = before[action.node].disk.promised <= message.ballot;
        const bool did = after[action.node].disk.votes.in(message.ballot) == message.value;
        ASSERT_EQ(may, did);
        ++(may ? accepted : refused);
      });
  EXPECT_GT(accepted, 0U);
  EXPECT_GT(refused, 0U);
}

// Section 2.2, phase 1 (b): "If an acceptor receives a prepare request with number n greater than
// that of any prepare request to which it has already responded, then it responds to the request
// with a promise not to accept any more proposals numbered less than n and with the
// highest-numbered proposal (if any) that it has accepted."
TEST(Paxos, LetsAnAcceptorReportTheHighestProposalItAcceptedWithItsPromise) {
  Play play(Five(calm(3, 2), ""));
  propose(play, 1, {3, 4}).deliver(1, 3, Type::accept);
  play.time_out(2, Timer::next_ballot).deliver(2, 3, Type::prepare);
  bool reported = false;
  for (const auto& envelope : play.state().network.messages) {
    const Message& message = envelope.message;
    if (message.type != Type::promise || message.ballot != 2) continue;
    reported = message.voted == 1 && message.value == 1;
  }
  EXPECT_TRUE(reported);
}

TEST(Paxos, LetsAnAcceptorIgnorePrepareRequestsBelowItsPromise) {
  Play play(Five(calm(3, 2), ""));
  play.time_out(1, Timer::next_ballot).time_out(2, Timer::next_ballot);
  play.deliver(2, 3, Type::prepare).deliver(1, 3, Type::prepare);
  EXPECT_EQ(play.disk(3).promised, 2);
  EXPECT_EQ(play.in_flight(1, Type::promise), 0U);
}

// Section 2.2, phase 2 (a): "... a proposal numbered n with a value v, where v is the value of the
// highest-numbered proposal among the responses, or is any value if the responses reported no
// proposals."
TEST(Paxos, LetsAProposerProposeItsOwnValueIfNoneIsReported) {
  Play play(Five(calm(3, 2), ""));
  propose(play, 2, {3, 4});
  EXPECT_EQ(proposed_to(play, 3), only(2));
}

TEST(Paxos, LetsAProposerProposeTheReportedValueOfTheHighestBallot) {
  Play play(Five(calm(3, 3), ""));
  propose(play, 1, {3, 4}).deliver(1, 3, Type::accept);  // n3 accepts 1 in ballot 1
  propose(play, 2, {4, 5}).deliver(2, 4, Type::accept);  // n4 accepts 2 in ballot 2
  propose(play, 1, {3, 4});
  EXPECT_EQ(proposed_to(play, 3), only(2));
}

TEST(Paxos, LetsAProposerLearnFromAMajorityAndNotBefore) {
  Play play(Five(calm(3, 2), ""));
  propose(play, 1, {3, 4}).deliver(1, 3, Type::accept).deliver(1, 5, Type::accept);
  play.deliver(3, 1, Type::accepted);
  EXPECT_EQ(play.disk(1).learned, 0);
  play.deliver(5, 1, Type::accepted);
  EXPECT_EQ(play.disk(1).learned, 1);
}

/// Whether a proposal of `value` in `ballot` satisfies P2c for the acceptors in `set`, a bit each.
template <class History>
bool is_safe_for(const History& history, unsigned set, unsigned ballot, unsigned value) {
  for (unsigned lower = ballot - 1; lower > 0; --lower) {
    for (std::size_t acceptor = 0; acceptor < history.acceptors(); ++acceptor) {
      const unsigned accepted = history.value(acceptor, lower);
      if ((set >> acceptor & 1U) != 0 && accepted != 0) return accepted == value;
    }
  }
  return true;
}

// Section 2.2: "P2c. For any v and n, if a proposal with value v and number n is issued, then there
// is a set S consisting of a majority of acceptors such that either (a) no acceptor in S has
// accepted any proposal numbered less than n, or (b) v is the value of the highest-numbered
// proposal among all proposals numbered less than n accepted by the acceptors in S."
TEST(Paxos, IssuesNoProposalThatViolatesP2c) {
  every_step_of_two_configurations(
      [](const auto& model, const auto&, const auto&, const auto& after) {
        const auto history = model.history(after);
        const auto acceptors = static_cast<unsigned>(history.acceptors());
        for (const auto& envelope : after.network.messages) {
          const Message& message = envelope.message;
          if (message.type != Type::accept) continue;
          bool safe = false;
          for (unsigned set = 0; set < 1U << acceptors; ++set) {
            const bool majority = 2 * static_cast<unsigned>(std::popcount(set)) > acceptors;
            safe = safe || (majority && is_safe_for(history, set, message.ballot, message.value));
          }
          ASSERT_TRUE(safe) << text_of(envelope);
        }
      });
}

// Section 2.2: "P2b. If a proposal with value v is chosen, then every higher-numbered proposal
// issued by any proposer has value v."
TEST(Paxos, IssuesOnlyTheChosenValueInHigherBallots) {
  std::size_t seen = 0;
  every_step_of_two_configurations(
      [&](const auto& model, const auto&, const auto&, const auto& after) {
        const auto history = model.history(after);
        const unsigned chosen = consensus::chosen_in(history, 1);
        if (chosen == 0) return;
        const consensus::ValueSet issued = model.issued(after, 2);
        ASSERT_TRUE(issued.empty() || issued == only(chosen));
        seen += issued.empty() ? 0 : 1;
      });
  EXPECT_GT(seen, 0U);
}

// Section 2.5: "An acceptor records its intended response in stable storage before actually sending
// the response."
TEST(Paxos, HasEveryResponseOnDiskBeforeItIsSent) {
  every_step_of_two_configurations([](const auto&, const auto&, const auto&, const auto& after) {
    for (const auto& envelope : after.network.messages) {
      const Message& message = envelope.message;
      const Durable& acceptor = after[envelope.from].disk;
      if (message.type == Type::promise) {
        ASSERT_GE(acceptor.promised, message.ballot);
      }
      if (message.type == Type::accepted) {
        ASSERT_NE(acceptor.votes.in(message.ballot), 0);
      }
    }
  });
}

// Section 2.5: "Each proposer remembers (in stable storage) the highest-numbered proposal it has
// tried to issue, and begins phase 1 with a higher proposal number than any it has already used."
TEST(Paxos, BeginsPhase1WithAHigherNumberEvenAfterARestart) {
  Play play(Five(with_a_crash(3, 3), ""));
  play.time_out(1, Timer::next_ballot).crash(1).restart(1).time_out(1, Timer::next_ballot);
  EXPECT_EQ(play.disk(1).tried, 3);
}

TEST(Paxos, SendsPrepareRequestsOnlyForNumbersThatAreOnDisk) {
  every_step_of_two_configurations([](const auto&, const auto&, const auto&, const auto& after) {
    for (const auto& envelope : after.network.messages) {
      if (envelope.message.type != Type::prepare) continue;
      ASSERT_GE(after[envelope.from].disk.tried, envelope.message.ballot);
    }
  });
}

// Section 2.5: "Different proposers choose their numbers from disjoint sets of numbers, so two
// different proposers never issue a proposal with the same number."
TEST(Paxos, GivesEachBallotToOneProposer) {
  std::array<unsigned, most_ballots + 1> owner{};
  for (unsigned number = 1; number <= most_proposers; ++number) {
    Process<8> process;
    process.proposers = most_proposers;
    Durable durable;
    while (true) {
      const std::size_t next = process.next_ballot(NodeId::at(number - 1), durable);
      if (next > most_ballots) break;
      EXPECT_EQ(owner[next], 0U) << "ballot " << next;
      owner[next] = number;
      durable.tried = static_cast<Ballot>(next);
    }
  }
  for (std::size_t ballot = 1; ballot <= most_ballots; ++ballot) EXPECT_NE(owner[ballot], 0U);
}

/// What no state of a correct Paxos shows: value 1 was chosen by acceptors 0 and 1, value 2 by
/// acceptors 0 and 2, and the latest votes of acceptors show only the second.
struct SupersededVotes {
  static constexpr std::array<std::array<unsigned, 2>, 3> votes{{{1, 2}, {1, 0}, {0, 2}}};

  [[nodiscard]] std::size_t acceptors() const { return votes.size(); }
  [[nodiscard]] unsigned last_ballot() const { return 2; }
  [[nodiscard]] unsigned value(std::size_t acceptor, unsigned ballot) const {
    return votes[acceptor][ballot - 1];
  }
};

TEST(Consensus, SeesThatAValueWasChosenThoughItsVotesAreSuperseded) {
  EXPECT_EQ(consensus::chosen(SupersededVotes{}), consensus::ValueSet::first(2));
  EXPECT_TRUE(consensus::agreement(consensus::chosen(SupersededVotes{})).has_value());
}

TEST(Consensus, TakesHalfOfTheAcceptorsForNoMajority) {
  struct {
    [[nodiscard]] std::size_t acceptors() const { return 4; }
    [[nodiscard]] unsigned last_ballot() const { return 1; }
    [[nodiscard]] unsigned value(std::size_t acceptor, unsigned) const {
      return acceptor < 2 ? 1 : 0;
    }
  } half;
  EXPECT_EQ(consensus::chosen_in(half, 1), 0U);
}

/// The number of ways in which fewer than `limit` of `n` acceptors are in one state, and each of
/// the others is in one of two.
std::uint64_t fewer_than(std::uint64_t limit, std::uint64_t n) {
  std::uint64_t ways = 0;
  std::uint64_t choose = 1;
  for (std::uint64_t k = 0; k < limit; ++k) {
    ways += choose << (n - k);
    choose = choose * (n - k) / (k + 1);
  }
  return ways;
}

// One proposer, one ballot, n acceptors, no faults. With each acceptor, phase 1 is at one of three
// points (request in flight, promise in flight, done), and so is phase 2. Before the ballot: 1
// state. While fewer than a majority have promised: L = fewer_than(majority, n). After that, phase
// 1 is at any of the 3^n - L other points and phase 2 at any of 3^n.
TEST(Paxos, HasAsManyStatesForOneProposerAsTheFormulaSays) {
  for (int n = 1; n <= 5; ++n) {
    Options options = calm(n, 1);
    options.proposers = 1;
    const auto acceptors = static_cast<std::uint64_t>(n);
    const auto points = static_cast<std::uint64_t>(std::lround(std::pow(3, n)));
    const std::uint64_t before = fewer_than(acceptors / 2 + 1, acceptors);
    Family::with_model(options, "", [&](const auto& model) {
      EXPECT_EQ(search(model, SearchOptions{}).distinct, 1 + before + (points - before) * points)
          << n << " acceptors";
      return 0;
    });
  }
}

Verdict verdict_of(const Options& options) {
  return Family::with_model(
      options, "", [](const auto& model) { return search(model, SearchOptions{}).verdict; });
}

TEST(Paxos, HoldsInItsDefaultConfigurationExhaustively) {
  EXPECT_EQ(verdict_of(Options{}), Verdict::holds);
}

TEST(Paxos, HoldsForThreeProposersAndTwoCrashes) {
  Options options = with_a_crash(1, 4);
  options.proposers = 3;
  options.crashes = 2;
  options.restarts = 2;
  EXPECT_EQ(verdict_of(options), Verdict::holds);
}

TEST(Paxos, HoldsOverALossyDuplicatingAndPartitionedNetwork) {
  Options options = calm(2, 2);
  options.drops = 1;
  options.duplicates = 1;
  options.partitions = 1;
  EXPECT_EQ(verdict_of(options), Verdict::holds);
}

}  // namespace
}  // namespace everyway::paxos
