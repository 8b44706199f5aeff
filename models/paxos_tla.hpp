// Paxos.tla of the TLA+ examples (Leslie Lamport), the single-decree consensus algorithm of
// Leslie Lamport, "Paxos Made Simple" (2001), section 2.2.
#pragma once

#include <fmt/format.h>

#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "checker/model/text.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/paxos_tla.hpp"
#include "models/paxos_tla_messages.hpp"

namespace everyway::paxos_tla {

inline constexpr std::size_t max_acceptors = 5;

struct Options {
  int acceptors = 3;
  int values = 2;
  int ballots = 2;
};
BOOST_DESCRIBE_STRUCT(Options, (), (acceptors, values, ballots))

/// Messages are a set that only grows, kept by type: 1a and 2a from the leaders of the ballots, 1b
/// and 2b from each acceptor.
struct State {
  PerNode<Ballot, max_acceptors> max_bal;
  PerNode<Ballot, max_acceptors> max_vbal;
  PerNode<Value, max_acceptors> max_val;
  BallotSet msgs_1a;
  PerNode<Promises, max_acceptors> msgs_1b;
  VoteSet msgs_2a;
  PerNode<VoteSet, max_acceptors> msgs_2b;
};
BOOST_DESCRIBE_STRUCT(State, (), (max_bal, max_vbal, max_val, msgs_1a, msgs_1b, msgs_2a, msgs_2b))

enum class Kind : std::uint8_t { phase1a, phase1b, phase2a, phase2b };
BOOST_DESCRIBE_ENUM(Kind, phase1a, phase1b, phase2a, phase2b)

using Quorum = NodeSet<max_acceptors>;

struct Action {
  Kind kind{};
  Ballot ballot{};
  Value value{};
  NodeId
      acceptor;   ///< who acts in phases 1b and 2b; in 2a, whose promise gave the value, if any did
  Quorum quorum;  ///< in phase 2a, whose promises the leader relies on
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, ballot, value, acceptor, quorum))

class Paxos {
 public:
  static constexpr std::string_view name = "paxos_tla";
  static constexpr std::string_view summary =
      "single-decree Paxos, twin of Paxos.tla: acceptors, ballots, messages that are never lost";
  static constexpr std::string_view source =
      "Paxos.tla (Lamport), tlaplus/Examples, specifications/PaxosHowToWinATuringAward";

  using Options = paxos_tla::Options;
  using State = paxos_tla::State;
  using Action = paxos_tla::Action;
  using property = PropertyOf<State, Action>;

  Paxos(const Options& options, std::string_view mutant)
      : acceptors_(static_cast<std::size_t>(options.acceptors)),
        values_(static_cast<std::size_t>(options.values)),
        ballots_(static_cast<std::size_t>(options.ballots)),
        mutation_(mutation_named<Mutation>(mutant)) {
    // Minimal majorities: a larger quorum allows nothing that one of these within it does not.
    const std::size_t size = has(Mutation::propose_before_quorum) ? 1 : acceptors_ / 2 + 1;
    for (std::uint64_t bits = 0; bits < std::uint64_t{1} << acceptors_; ++bits) {
      if (Quorum::of_bits(bits).size() == size) quorums_.push_back(Quorum::of_bits(bits));
    }
  }

  static Parameters<Options> parameters() {
    return {
        ranged(&Options::acceptors, 1, static_cast<int>(max_acceptors), "acceptors"),
        ranged(&Options::values, 1, static_cast<int>(max_values), "values that may be proposed"),
        ranged(&Options::ballots, 1, static_cast<int>(max_ballots), "ballots, each with a leader"),
    };
  }
  static Mutants mutants() { return paxos_tla::mutants(); }

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    for (std::size_t index = 0; index < ballots_; ++index) {
      phase1a(ballot_at(index), step);
      for (std::size_t value = 0; value < values_; ++value) {
        phase2a(s, ballot_at(index), value_at(value), step);
      }
    }
    for (std::size_t acceptor = 0; acceptor < acceptors_; ++acceptor) {
      phase1b(s, acceptor, step);
      phase2b(s, acceptor, step);
    }
  }

  /// Neither acceptors nor values differ but by their names. Ballots do.
  [[nodiscard]] Interchangeable interchangeable() const {
    return {NodeSet<64>::first(acceptors_), acceptors_, values_};
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all{
        property::always("Agreement",
                         "no two different values each have a quorum of 2b messages in a ballot",
                         [this](const State& s) { return agreement(s); }),
        property::always("Validity",
                         "acceptors vote only for what the leader of the ballot proposed",
                         [](const State& s) { return validity(s); }),
        property::always("One value per ballot", "the leader of a ballot proposes one value only",
                         [this](const State& s) { return one_value_per_ballot(s); }),
        property::reachable("Chosen", "a quorum votes for the same value in the same ballot",
                            [this](const State& s) { return chosen_from(s, 0); }),
    };
    if (ballots_ > 1) {
      all.push_back(property::reachable(
          "Chosen after a rival ballot", "a value is chosen after an earlier ballot had a vote",
          [this](const State& s) { return chosen_from(s, 1) && voted_before_last_choice(s); }));
    }
    return all;
  }

 private:
  /// Enabled again after the message was sent: then the step changes nothing.
  template <class Step>
  static void phase1a(Ballot b, Step& step) {
    step(Action{Kind::phase1a, b, {}, {}, {}}, [b](State& t) { t.msgs_1a.insert(b); });
  }

  template <class Step>
  void phase1b(const State& s, std::size_t a, Step& step) const {
    const bool hides_vote = has(Mutation::promise_hides_vote);
    for (std::size_t index = 0; index < ballots_; ++index) {
      const Ballot b = ballot_at(index);
      if (!s.msgs_1a.contains(b) || b <= s.max_bal[a]) continue;
      step(Action{Kind::phase1b, b, {}, NodeId::at(a), {}}, [a, b, hides_vote](State& t) {
        t.max_bal[a] = b;
        const Vote vote = hides_vote ? Vote{} : Vote{t.max_vbal[a], t.max_val[a]};
        t.msgs_1b[a].in_ballot[index_of(b)].insert(vote);
      });
    }
  }

  /// The specification is an existential over quorums and over the promise that reports the vote in
  /// the highest ballot. Each witness is an action of its own, as each is a successor to TLC.
  template <class Step>
  void phase2a(const State& s, Ballot b, Value v, Step& step) const {
    if (proposed_in(s, b) && !(has(Mutation::propose_twice) && !s.msgs_2a.contains({b, v}))) return;
    const auto propose = [&](NodeId witness, Quorum quorum) {
      step(Action{Kind::phase2a, b, v, witness, quorum}, [b, v](State& t) {
        t.msgs_2a.insert({b, v});
      });
    };
    for (const Quorum quorum : quorums_) {
      if (!all_promised(s, b, quorum)) continue;
      const Ballot highest = highest_vote(s, b, quorum);
      if (highest == Ballot::none || has(Mutation::ignore_promised_value)) {
        propose(NodeId::none(), quorum);
        continue;
      }
      quorum.for_each([&](NodeId a) {
        if (reports(s, a, b, v, highest)) propose(a, quorum);
      });
    }
  }

  /// Enabled again after the acceptor has voted: then the step changes nothing.
  template <class Step>
  void phase2b(const State& s, std::size_t a, Step& step) const {
    s.msgs_2a.for_each([&](Vote proposal) {
      if (proposal.ballot < s.max_bal[a] && !has(Mutation::accept_below_promise)) return;
      const Value v = has(Mutation::vote_for_another_value) ? value_at(0) : proposal.value;
      const Ballot b = proposal.ballot;
      step(Action{Kind::phase2b, b, proposal.value, NodeId::at(a), {}}, [a, b, v](State& t) {
        t.max_bal[a] = b;
        t.max_vbal[a] = b;
        t.max_val[a] = v;
        t.msgs_2b[a].insert({b, v});
      });
    });
  }

  [[nodiscard]] bool proposed_in(const State& s, Ballot b) const {
    bool found = false;
    for (std::size_t value = 0; value < values_; ++value) {
      found = found || s.msgs_2a.contains({b, value_at(value)});
    }
    return found;
  }

  [[nodiscard]] static bool all_promised(const State& s, Ballot b, Quorum quorum) {
    bool all = true;
    quorum.for_each([&](NodeId a) {
      if (s.msgs_1b[a.index()].in_ballot[index_of(b)].empty()) all = false;
    });
    return all;
  }

  /// The highest ballot in which a promise of the quorum for ballot `b` reports a vote.
  [[nodiscard]] static Ballot highest_vote(const State& s, Ballot b, Quorum quorum) {
    Ballot highest = Ballot::none;
    quorum.for_each([&](NodeId a) {
      s.msgs_1b[a.index()].in_ballot[index_of(b)].for_each([&](Vote vote) {
        if (vote.ballot > highest) highest = vote.ballot;
      });
    });
    return highest;
  }

  /// Whether the promise of `a` for ballot `b` reports a vote for `v` that the leader must take
  /// over.
  [[nodiscard]] bool reports(const State& s, NodeId a, Ballot b, Value v, Ballot highest) const {
    bool found = false;
    s.msgs_1b[a.index()].in_ballot[index_of(b)].for_each([&](Vote vote) {
      const bool counts = vote.ballot == highest ||
                          (has(Mutation::take_any_promised_value) && vote.ballot != Ballot::none);
      if (counts && vote.value == v) found = true;
    });
    return found;
  }

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation_ == mistake; }

  [[nodiscard]] bool is_chosen(const State& s, Vote vote) const {
    std::size_t votes = 0;
    for (const VoteSet& votes_of_acceptor : s.msgs_2b) votes += votes_of_acceptor.contains(vote);
    return 2 * votes > acceptors_;
  }

  [[nodiscard]] Refutation agreement(const State& s) const {
    Vote first;
    for (std::size_t b = 0; b < ballots_; ++b) {
      for (std::size_t v = 0; v < values_; ++v) {
        const Vote vote{ballot_at(b), value_at(v)};
        if (!is_chosen(s, vote)) continue;
        if (first.value != Value::none() && first.value != vote.value) {
          return fmt::format("quorums voted for {} and for {}", first.text(), vote.text());
        }
        first = vote;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] static Refutation validity(const State& s) {
    for (std::size_t a = 0; a < max_acceptors; ++a) {
      if ((s.msgs_2b[a].bits & ~s.msgs_2a.bits) == 0) continue;
      return fmt::format("{} voted for {}, but proposed was {}", text_of(NodeId::at(a)),
                         s.msgs_2b[a].text(), s.msgs_2a.text());
    }
    return std::nullopt;
  }

  [[nodiscard]] Refutation one_value_per_ballot(const State& s) const {
    for (std::size_t b = 0; b < ballots_; ++b) {
      std::size_t proposals = 0;
      for (std::size_t v = 0; v < values_; ++v) {
        proposals += s.msgs_2a.contains({ballot_at(b), value_at(v)});
      }
      if (proposals > 1) return fmt::format("proposed was {}", s.msgs_2a.text());
    }
    return std::nullopt;
  }

  /// Whether a value is chosen in ballot `lowest` or later.
  [[nodiscard]] bool chosen_from(const State& s, std::size_t lowest) const {
    for (std::size_t b = lowest; b < ballots_; ++b) {
      for (std::size_t v = 0; v < values_; ++v) {
        if (is_chosen(s, {ballot_at(b), value_at(v)})) return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool voted_before_last_choice(const State& s) const {
    std::size_t last = ballots_ - 1;
    while (!chosen_from(s, last)) --last;
    bool voted = false;
    for (const VoteSet& votes : s.msgs_2b) {
      votes.for_each([&](Vote vote) { voted = voted || vote.ballot < ballot_at(last); });
    }
    return voted;
  }

  std::size_t acceptors_;
  std::size_t values_;
  std::size_t ballots_;
  Mutation mutation_;
  std::vector<Quorum> quorums_;
};

/// `everyway check paxos_tla`.
using Family = FamilyOf<Paxos>;

}  // namespace everyway::paxos_tla
