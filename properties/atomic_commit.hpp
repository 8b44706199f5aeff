// What an atomic commitment protocol must guarantee, after
// Jim Gray and Leslie Lamport, "Consensus on Transaction Commit" (2006), section 2, and
// Philip Bernstein, Vassos Hadzilacos and Nathan Goodman, "Concurrency Control and Recovery in
// Database Systems" (1987), section 7.3, conditions AC1 to AC3.
#pragma once

#include <fmt/format.h>

#include <boost/describe/enum.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "checker/model/node_id.hpp"
#include "checker/model/property.hpp"
#include "checker/model/text.hpp"

namespace everyway::atomic_commit {

/// What a process has decided about the transaction, for good: what its log says.
enum class Decision : std::uint8_t { none, commit, abort };
BOOST_DESCRIBE_ENUM(Decision, none, commit, abort)

/// Everything that the processes of one transaction have put on record.
///
///   processes()              how many there are; they are the nodes at index 0 and up
///   decision(NodeId)         what the process decided
///   is_participant(NodeId)   whether the process has a vote
///   voted_yes(NodeId)        whether the process is on record as having voted Yes
template <class R>
concept CommitRecords = requires(const R records, NodeId node) {
  { records.processes() } -> std::convertible_to<std::size_t>;
  { records.decision(node) } -> std::same_as<Decision>;
  { records.is_participant(node) } -> std::same_as<bool>;
  { records.voted_yes(node) } -> std::same_as<bool>;
};

/// The first process with this decision that `is_meant`; nobody if there is none.
template <CommitRecords Records, std::predicate<NodeId> Filter>
[[nodiscard]] NodeId first_that_decided(const Records& records, Decision decision,
                                        Filter is_meant) {
  for (std::size_t index = 0; index < records.processes(); ++index) {
    const NodeId node = NodeId::at(index);
    if (is_meant(node) && records.decision(node) == decision) return node;
  }
  return NodeId::none();
}

/// Atomicity, AC1: no participant commits while another aborts.
template <CommitRecords Records>
[[nodiscard]] Refutation atomicity(const Records& records) {
  const auto is_participant = [&](NodeId node) { return records.is_participant(node); };
  const NodeId committed = first_that_decided(records, Decision::commit, is_participant);
  const NodeId aborted = first_that_decided(records, Decision::abort, is_participant);
  if (committed.is_none() || aborted.is_none()) return std::nullopt;
  return fmt::format("{} has committed and {} has aborted", text_of(committed), text_of(aborted));
}

/// Validity, AC3: nobody commits, the coordinator included, unless all participants voted Yes.
template <CommitRecords Records>
[[nodiscard]] Refutation validity(const Records& records) {
  const auto anybody = [](NodeId) { return true; };
  const NodeId committed = first_that_decided(records, Decision::commit, anybody);
  if (committed.is_none()) return std::nullopt;
  for (std::size_t index = 0; index < records.processes(); ++index) {
    const NodeId node = NodeId::at(index);
    if (records.is_participant(node) && !records.voted_yes(node)) {
      return fmt::format("{} has committed, though {} has no Yes vote on record",
                         text_of(committed), text_of(node));
    }
  }
  return std::nullopt;
}

/// Stability, AC2: a process never reverses a decision, nor forgets it.
template <CommitRecords Records>
[[nodiscard]] Refutation stability(const Records& before, const Records& after) {
  for (std::size_t index = 0; index < before.processes(); ++index) {
    const NodeId node = NodeId::at(index);
    const Decision old = before.decision(node);
    if (old != Decision::none && after.decision(node) != old) {
      return fmt::format("{} had decided {}, and now has {}", text_of(node), text_of(old),
                         text_of(after.decision(node)));
    }
  }
  return std::nullopt;
}

/// Whether every participant has this decision.
template <CommitRecords Records>
[[nodiscard]] bool all_participants_decided(const Records& records, Decision decision) {
  for (std::size_t index = 0; index < records.processes(); ++index) {
    const NodeId node = NodeId::at(index);
    if (records.is_participant(node) && records.decision(node) != decision) return false;
  }
  return true;
}

}  // namespace everyway::atomic_commit
