// Section 2 of Leslie Lamport, "Paxos Made Simple" (2001), against every step of small
// configurations and against scenes that it tells. Sentences that tests/models/paxos_test.cpp
// quotes are not repeated here.
#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "checker/search/search.hpp"
#include "models/paxos.hpp"
#include "tests/laws/arguments.hpp"
#include "tests/literature/reachable.hpp"
#include "tests/models/play.hpp"

namespace everyway::paxos {
namespace {

using Model = Paxos<4>;
using State = Model::State;
using Action = Model::Action;
using Kind = cluster::ActionKind;
using Type = MessageType;
using Play = testing::Play<Model>;

Model model_with(std::string_view parameters) {
  return Model(testing::options_from<Family>(parameters), "");
}

/// Two proposers, n1 and n2, and two acceptors, n3 and n4.
constexpr std::string_view three_ballots =
    "--proposers 2 --acceptors 2 --max-ballot 3 --crashes 0 --restarts 0";

/// Votes as a test writes them down: by acceptor and ballot.
struct Votes {
  std::array<std::array<unsigned, 3>, 3> table;

  [[nodiscard]] std::size_t acceptors() const { return table.size(); }
  [[nodiscard]] unsigned last_ballot() const { return 3; }
  [[nodiscard]] unsigned value(std::size_t acceptor, unsigned ballot) const {
    return table[acceptor][ballot - 1];
  }
};

// Section 2.2: "A value is chosen when a single proposal with that value has been accepted by a
// majority of the acceptors."
TEST(Section22, AValueIsChosenByTheVotesForASingleProposal) {
  const Votes two_proposals{{{{7, 0, 0}, {0, 7, 0}, {0, 0, 7}}}};
  EXPECT_TRUE(consensus::chosen(two_proposals).empty()) << "all hold 7, by three proposals";
  const Votes one_proposal{{{{7, 0, 0}, {0, 7, 0}, {0, 7, 0}}}};
  EXPECT_TRUE(consensus::chosen(one_proposal).contains(7));
}

/// The values of proposals below `ballot` that were chosen.
consensus::ValueSet chosen_below(const Model& model, const State& state, unsigned ballot) {
  consensus::ValueSet values;
  for (unsigned lower = 1; lower < ballot; ++lower) {
    values.insert(consensus::chosen_in(model.history(state), lower));
  }
  return values;
}

// Section 2.2: "P2. If a proposal with value v is chosen, then every higher-numbered proposal that
// is chosen has value v." "P2a. If a proposal with value v is chosen, then every higher-numbered
// proposal accepted by any acceptor has value v."
TEST(Section22, NothingButTheChosenValueIsAcceptedOrChosenInHigherBallots) {
  const Model model = model_with(three_ballots);
  unsigned accepted_after_choice = 0;
  for (const State& state : testing::reachable_states(model)) {
    const auto votes = model.history(state);
    for (unsigned ballot = 2; ballot <= votes.last_ballot(); ++ballot) {
      const auto chosen = chosen_below(model, state, ballot);
      const auto accepted = consensus::accepted_in(votes, ballot);
      if (chosen.empty() || accepted.empty()) continue;
      ++accepted_after_choice;
      ASSERT_EQ(accepted, chosen) << "accepted in ballot " << ballot;
    }
  }
  EXPECT_GT(accepted_after_choice, 0U);
}

// Section 2.2: "A proposer can make multiple proposals, so long as it follows the algorithm for
// each one. It can abandon a proposal in the middle of the protocol at any time."
TEST(Section22, AProposerMayAbandonAProposalAndMakeAnother) {
  Play play(model_with(three_ballots));
  play.time_out(1, Timer::next_ballot).deliver(1, 3, Type::prepare).deliver(3, 1, Type::promise);
  play.deliver(1, 4, Type::prepare);
  play.time_out(1, Timer::next_ballot);  // ballot 3; the promise of n4 for ballot 1 is under way
  play.deliver(4, 1, Type::promise);
  EXPECT_EQ(play.in_flight(3, Type::accept), 0U) << "a promise for ballot 1 counts for no other";
  play.deliver(1, 3, Type::prepare).deliver(3, 1, Type::promise);
  EXPECT_EQ(play.in_flight(3, Type::accept), 0U) << "half of the acceptors are no majority";
  play.deliver(1, 4, Type::prepare).deliver(4, 1, Type::promise);
  EXPECT_EQ(play.in_flight(3, Type::accept), 1U);
}

// Section 2.2: "An acceptor can ignore any request without compromising safety." Here it ignores
// what the network loses.
TEST(Section22, AcceptorsMayIgnoreAnyRequestWithoutCompromisingSafety) {
  const Model model =
      model_with("--proposers 2 --acceptors 2 --max-ballot 2 --crashes 0 --restarts 0 --drops 8");
  unsigned ignored = 0;
  const auto states =
      testing::visit_steps(model, [&](const State&, const Action& action, const State&) {
        const Type type = action.message.type;
        ignored += action.kind == Kind::drop && (type == Type::prepare || type == Type::accept);
      });
  EXPECT_GT(ignored, 0U);
  for (const State& state : states) {
    ASSERT_EQ(consensus::agreement(model.decided(state)), Refutation{});
    ASSERT_EQ(consensus::learning(model.learned(state), consensus::chosen(model.history(state))),
              Refutation{});
  }
}

// Section 2.2: "an acceptor needs to remember only the highest-numbered proposal that it has ever
// accepted and the number of the highest-numbered prepare request to which it has responded.
// Because P2c must be kept invariant regardless of failures, an acceptor must remember this
// information even if it fails and then restarts."
TEST(Section22, AnAcceptorThatRestartsRemembersWhatItHasAnswered) {
  const Model model =
      model_with("--proposers 2 --acceptors 1 --max-ballot 2 --crashes 2 --restarts 2");
  unsigned answers = 0;
  for (const State& state : testing::reachable_states(model)) {
    for (const auto& envelope : state.network.messages) {
      const Message& answer = envelope.message;
      const Durable& disk =
          state[envelope.from].disk;  // whatever becomes of it, it starts from here
      if (answer.type == Type::promise) {
        ASSERT_GE(disk.promised, answer.ballot);
      }
      if (answer.type == Type::promise && answer.voted != 0) {
        ASSERT_EQ(disk.votes.in(answer.voted), answer.value);
      }
      if (answer.type == Type::accepted) {
        ASSERT_NE(disk.votes.in(answer.ballot), 0);
      }
      answers += answer.type == Type::promise || answer.type == Type::accepted;
    }
  }
  EXPECT_GT(answers, 0U);
}

// Section 2.3: "Because of message loss, a value could be chosen with no learner ever finding out."
TEST(Section23, AValueMayBeChosenWithNoLearnerEverFindingOut) {
  const Model model =
      model_with("--proposers 1 --acceptors 1 --max-ballot 1 --crashes 0 --restarts 0 --drops 1");
  bool found = false;
  for (const State& state : testing::reachable_states(model)) {
    bool ended = true;
    model.next(state, [&](const Action&, auto&&) { ended = false; });
    const bool chosen = !consensus::chosen(model.history(state)).empty();
    found = found || (ended && chosen && model.learned(state).empty());
  }
  EXPECT_TRUE(found);
}

// Section 2.4: "It's easy to construct a scenario in which two proposers each keep issuing a
// sequence of proposals with increasing numbers, none of which are ever chosen."
TEST(Section24, TwoProposersCanKeepIssuingProposalsNoneOfWhichAreChosen) {
  const Model model =
      model_with("--proposers 2 --acceptors 1 --max-ballot 6 --crashes 0 --restarts 0");
  Play play(model);
  unsigned proposer = 1;
  for (unsigned ballot = 1; ballot <= 6; ++ballot) {
    // Phase 1 of one proposer comes before phase 2 of the other reaches the acceptor.
    play.time_out(proposer, Timer::next_ballot).deliver(proposer, 3, Type::prepare);
    play.deliver(3, proposer, Type::promise);
    proposer = 3 - proposer;
    if (ballot > 1) play.deliver(proposer, 3, Type::accept);
    EXPECT_EQ(play.disk(3).promised, ballot);
  }
  EXPECT_TRUE(consensus::chosen(model.history(play.state())).empty());
  EXPECT_EQ(play.disk(3).votes.highest(), 0);
}

}  // namespace
}  // namespace everyway::paxos
