// The constants and messages of Paxos.tla (see paxos_tla.hpp): sets of messages as bit sets.
#pragma once

#include <fmt/format.h>

#include <array>
#include <bit>
#include <boost/describe.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/model/renaming.hpp"
#include "checker/model/text.hpp"

namespace everyway::paxos_tla {

inline constexpr std::size_t max_values = 3;
inline constexpr std::size_t max_ballots = 4;

/// A ballot number; `none` is -1 in the specification, below all others.
enum class Ballot : std::uint8_t { none, b0, b1, b2, b3 };
BOOST_DESCRIBE_ENUM(Ballot, none, b0, b1, b2, b3)
using Value = ValueId;

[[nodiscard]] constexpr Ballot ballot_at(std::size_t index) {
  return static_cast<Ballot>(index + 1);
}
[[nodiscard]] constexpr std::size_t index_of(Ballot b) { return static_cast<std::size_t>(b) - 1; }
[[nodiscard]] constexpr Value value_at(std::size_t index) { return Value::at(index); }
[[nodiscard]] constexpr std::size_t index_of(Value v) { return v.index(); }

/// A value in a ballot, as an acceptor votes for it and a leader proposes it; both none for no
/// vote.
struct Vote {
  Ballot ballot{};
  Value value{};

  [[nodiscard]] std::string text() const {
    return ballot == Ballot::none ? "no vote" : text_of(ballot) + ":" + text_of(value);
  }
  friend bool operator==(const Vote&, const Vote&) = default;
};
BOOST_DESCRIBE_STRUCT(Vote, (), (ballot, value))

/// A set of votes, "no vote" among them: one bit for each that is possible.
struct VoteSet {
  std::uint16_t bits = 0;

  static_assert(1 + max_ballots * max_values <= 16);
  [[nodiscard]] static constexpr unsigned bit(Vote vote) noexcept {
    if (vote.ballot == Ballot::none) return 1;
    return 2U << (index_of(vote.ballot) * max_values + index_of(vote.value));
  }
  constexpr void insert(Vote vote) noexcept { bits = static_cast<std::uint16_t>(bits | bit(vote)); }
  [[nodiscard]] constexpr bool contains(Vote vote) const noexcept {
    return (bits & bit(vote)) != 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits == 0; }

  template <std::invocable<Vote> Visit>
  constexpr void for_each(Visit visit) const {
    if (contains(Vote{})) visit(Vote{});
    for (unsigned rest = bits >> 1U; rest != 0; rest &= rest - 1) {
      const auto position = static_cast<std::size_t>(std::countr_zero(rest));
      visit(Vote{ballot_at(position / max_values), value_at(position % max_values)});
    }
  }
  void rename(const Renaming& renaming) noexcept {
    VoteSet renamed;
    for_each([&](Vote vote) { renamed.insert({vote.ballot, renaming(vote.value)}); });
    *this = renamed;
  }
  [[nodiscard]] std::string text() const {
    std::string votes;
    for_each([&](Vote vote) { votes += (votes.empty() ? "" : ", ") + vote.text(); });
    return "{" + votes + "}";
  }
};
BOOST_DESCRIBE_STRUCT(VoteSet, (), (bits))

/// The 1b messages of an acceptor: for each ballot, the votes that it reported in its promises.
struct Promises {
  std::array<VoteSet, max_ballots> in_ballot{};

  [[nodiscard]] std::string text() const {
    std::string promises;
    for (std::size_t b = 0; b < max_ballots; ++b) {
      if (in_ballot[b].empty()) continue;
      promises += fmt::format("{}{} reporting {}", promises.empty() ? "" : ", ",
                              text_of(ballot_at(b)), in_ballot[b].text());
    }
    return "{" + promises + "}";
  }
};
BOOST_DESCRIBE_STRUCT(Promises, (), (in_ballot))

/// The ballots whose 1a message was sent, one bit each.
struct BallotSet {
  std::uint8_t bits = 0;

  constexpr void insert(Ballot b) noexcept {
    bits = static_cast<std::uint8_t>(bits | 1U << index_of(b));
  }
  [[nodiscard]] constexpr bool contains(Ballot b) const noexcept {
    return (bits >> index_of(b) & 1U) != 0;
  }
  [[nodiscard]] std::string text() const {
    std::string ballots;
    for (std::size_t b = 0; b < max_ballots; ++b) {
      if (contains(ballot_at(b))) ballots += (ballots.empty() ? "" : ", ") + text_of(ballot_at(b));
    }
    return "{" + ballots + "}";
  }
};
BOOST_DESCRIBE_STRUCT(BallotSet, (), (bits))

}  // namespace everyway::paxos_tla
