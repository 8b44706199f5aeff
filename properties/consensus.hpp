// What a single-decree consensus must guarantee, after
// Leslie Lamport, "Paxos Made Simple" (2001), sections 2.1 and 2.2.
#pragma once

#include <fmt/format.h>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/model/property.hpp"

namespace everyway::consensus {

/// A set of values, each a number from 1 to 63. Value 0 is "no value": adding it changes nothing.
class ValueSet {
 public:
  constexpr ValueSet() = default;

  /// The values 1 to `count`.
  [[nodiscard]] static constexpr ValueSet first(std::size_t count) noexcept {
    ValueSet set;
    for (unsigned value = 1; value <= count; ++value) set.insert(value);
    return set;
  }

  constexpr void insert(unsigned value) noexcept {
    if (value != 0) bits_ |= std::uint64_t{1} << value;
  }
  constexpr void insert(ValueSet others) noexcept { bits_ |= others.bits_; }
  [[nodiscard]] constexpr bool contains(unsigned value) const noexcept {
    return value != 0 && (bits_ >> value & 1) != 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  [[nodiscard]] constexpr std::size_t size() const noexcept {
    return static_cast<std::size_t>(std::popcount(bits_));
  }
  [[nodiscard]] constexpr ValueSet without(ValueSet others) const noexcept {
    ValueSet rest;
    rest.bits_ = bits_ & ~others.bits_;
    return rest;
  }
  [[nodiscard]] std::string text() const {
    std::string members;
    for (unsigned value = 1; value < 64; ++value) {
      if (contains(value)) members += fmt::format("{}{}", members.empty() ? "" : ", ", value);
    }
    return "{" + members + "}";
  }

  friend constexpr bool operator==(ValueSet, ValueSet) = default;

 private:
  std::uint64_t bits_ = 0;
};

/// Every vote that acceptors ever cast, in whatever form a model remembers them.
///
///   acceptors()               how many there are; votes name them from 0
///   last_ballot()             ballots are numbered from 1 to this
///   value(acceptor, ballot)   the value that the acceptor accepted in the ballot; 0 for none
///
/// "Ever" matters: an acceptor of Paxos need remember only its latest vote, but a value stays
/// chosen when the votes that chose it are superseded, and the votes of a majority need not stand
/// at the same moment.
template <class H>
concept VoteHistory = requires(const H history, std::size_t acceptor, unsigned ballot) {
  { history.acceptors() } -> std::convertible_to<std::size_t>;
  { history.last_ballot() } -> std::convertible_to<unsigned>;
  { history.value(acceptor, ballot) } -> std::convertible_to<unsigned>;
};

/// The values accepted by anyone in `ballot`.
template <VoteHistory History>
[[nodiscard]] ValueSet accepted_in(const History& history, unsigned ballot) {
  ValueSet accepted;
  for (std::size_t acceptor = 0; acceptor < history.acceptors(); ++acceptor) {
    accepted.insert(history.value(acceptor, ballot));
  }
  return accepted;
}

/// The value that a majority of the acceptors accepted in `ballot`; 0 if there is none. There is
/// never more than one, since an acceptor has one vote in a ballot.
template <VoteHistory History>
[[nodiscard]] unsigned chosen_in(const History& history, unsigned ballot) {
  for (std::size_t first = 0; first < history.acceptors(); ++first) {
    const unsigned value = history.value(first, ballot);
    std::size_t votes = 0;
    for (std::size_t acceptor = first; acceptor < history.acceptors(); ++acceptor) {
      votes += history.value(acceptor, ballot) == value ? 1 : 0;
    }
    if (value != 0 && 2 * votes > history.acceptors()) return value;
  }
  return 0;
}

/// Every value that was ever chosen, whether or not anyone has learned it.
template <VoteHistory History>
[[nodiscard]] ValueSet chosen(const History& history) {
  ValueSet values;
  for (unsigned ballot = 1; ballot <= history.last_ballot(); ++ballot) {
    values.insert(chosen_in(history, ballot));
  }
  return values;
}

/// "Only a single value is chosen" (section 2.1). Give it the values that were chosen together with
/// those that some process takes for chosen.
[[nodiscard]] inline Refutation agreement(ValueSet decided) {
  if (decided.size() <= 1) return std::nullopt;
  return fmt::format("more than one value is chosen: {}", decided.text());
}

/// "Only a value that has been proposed may be chosen" (section 2.1).
[[nodiscard]] inline Refutation validity(ValueSet decided, ValueSet proposed) {
  const ValueSet invented = decided.without(proposed);
  if (invented.empty()) return std::nullopt;
  return fmt::format("{} is chosen, and nobody proposed it", invented.text());
}

/// "A process never learns that a value has been chosen unless it actually has been" (section 2.1).
[[nodiscard]] inline Refutation learning(ValueSet learned, ValueSet chosen) {
  const ValueSet premature = learned.without(chosen);
  if (premature.empty()) return std::nullopt;
  return fmt::format("{} is taken for chosen, and no majority has accepted it", premature.text());
}

/// A proposal number belongs to one proposal only (section 2.2: "different proposals have different
/// numbers"), so all votes of a ballot, and all proposals that were issued in it, are for one
/// value. `issued(ballot)` returns the `ValueSet` of the proposals that are on their way to
/// acceptors.
template <VoteHistory History, class Issued>
[[nodiscard]] Refutation one_value_per_ballot(const History& history, const Issued& issued) {
  for (unsigned ballot = 1; ballot <= history.last_ballot(); ++ballot) {
    ValueSet proposed = accepted_in(history, ballot);
    proposed.insert(issued(ballot));
    if (proposed.size() > 1) {
      return fmt::format("proposals for {} were issued in ballot {}", proposed.text(), ballot);
    }
  }
  return std::nullopt;
}

}  // namespace everyway::consensus
