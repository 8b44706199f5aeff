// What replication must guarantee though some replicas are faulty in any way, after Miguel Castro
// and Barbara Liskov, "Practical Byzantine Fault Tolerance" (OSDI 1999), sections 3 and 4.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstddef>

#include "checker/model/node_id.hpp"
#include "checker/model/property.hpp"
#include "checker/model/text.hpp"
#include "checker/model/value_id.hpp"

namespace everyway::byzantine {

/// What the correct replicas have on record about one sequence number. Nothing is claimed about
/// faulty ones.
///
///   replicas(), views(), values()   how many there are; all are numbered from 0
///   is_correct(NodeId)              whether the replica follows the protocol
///   accepted(NodeId, view, v)       whether it let itself in for this request in this view
///   prepared(NodeId, view, v)       whether it holds a certificate that the view has this request
///   committed(NodeId, view, v)      whether it executes this request, on the word of this view
///   is_requested(v)                 whether a client sent this request
template <class R>
concept AgreementRecords = requires(const R records, NodeId node, std::size_t view, ValueId v) {
  { records.replicas() } -> std::convertible_to<std::size_t>;
  { records.views() } -> std::convertible_to<std::size_t>;
  { records.values() } -> std::convertible_to<std::size_t>;
  { records.is_correct(node) } -> std::same_as<bool>;
  { records.accepted(node, view, v) } -> std::same_as<bool>;
  { records.prepared(node, view, v) } -> std::same_as<bool>;
  { records.committed(node, view, v) } -> std::same_as<bool>;
  { records.is_requested(v) } -> std::same_as<bool>;
};

/// Something that one correct replica has on record.
struct Entry {
  NodeId replica;
  std::size_t view = 0;
  ValueId value;
};

/// Calls visit(entry) for every view and value of every correct replica, whether that is on record
/// or not.
template <AgreementRecords Records, class Visit>
void for_each_entry(const Records& records, const Visit& visit) {
  for (std::size_t index = 0; index < records.replicas(); ++index) {
    if (!records.is_correct(NodeId::at(index))) continue;
    for (std::size_t view = 0; view < records.views(); ++view) {
      for (std::size_t value = 0; value < records.values(); ++value) {
        visit(Entry{NodeId::at(index), view, ValueId::at(value)});
      }
    }
  }
}

/// Agreement: no two correct replicas execute different requests under one sequence number, in one
/// view or in several (section 4, safety: "all non-faulty replicas agree on the sequence numbers of
/// requests that commit locally").
template <AgreementRecords Records>
[[nodiscard]] Refutation agreement(const Records& records) {
  Entry first;
  Refutation why;
  for_each_entry(records, [&](const Entry& entry) {
    if (why || !records.committed(entry.replica, entry.view, entry.value)) return;
    if (first.value.is_none()) first = entry;
    if (first.value == entry.value) return;
    why = because([&] {
      return fmt::format("{} has committed {} in view {}, and {} has committed {} in view {}",
                         text_of(first.replica), text_of(first.value), first.view,
                         text_of(entry.replica), text_of(entry.value), entry.view);
    });
  });
  return why;
}

/// Validity: a correct replica executes only what a client requested.
template <AgreementRecords Records>
[[nodiscard]] Refutation validity(const Records& records) {
  Refutation why;
  for_each_entry(records, [&](const Entry& entry) {
    if (why || !records.committed(entry.replica, entry.view, entry.value)) return;
    if (records.is_requested(entry.value)) return;
    why = because([&] {
      return fmt::format("{} has committed {}, and no client requested it", text_of(entry.replica),
                         text_of(entry.value));
    });
  });
  return why;
}

/// Section 4.2: "if prepared(m, v, n, i) is true then prepared(m', v, n, j) is false for any
/// non-faulty replica j (including i = j) and any m' such that D(m') != D(m)".
template <AgreementRecords Records>
[[nodiscard]] Refutation one_request_per_view(const Records& records) {
  Refutation why;
  for_each_entry(records, [&](const Entry& entry) {
    if (why || !records.prepared(entry.replica, entry.view, entry.value)) return;
    for_each_entry(records, [&](const Entry& other) {
      if (why || other.view != entry.view || other.value == entry.value) return;
      if (!records.prepared(other.replica, other.view, other.value)) return;
      why = because([&] {
        return fmt::format("in view {}, {} is prepared for {} and {} for {}", entry.view,
                           text_of(entry.replica), text_of(entry.value), text_of(other.replica),
                           text_of(other.value));
      });
    });
  });
  return why;
}

/// Section 4.4: what is committed in a view is what all later views propose; a correct replica
/// accepts nothing else in them.
template <AgreementRecords Records>
[[nodiscard]] Refutation carried_over(const Records& records) {
  Refutation why;
  for_each_entry(records, [&](const Entry& entry) {
    if (why || !records.committed(entry.replica, entry.view, entry.value)) return;
    for_each_entry(records, [&](const Entry& later) {
      if (why || later.view <= entry.view || later.value == entry.value) return;
      if (!records.accepted(later.replica, later.view, later.value)) return;
      why = because([&] {
        return fmt::format("{} has committed {} in view {}, and {} accepts {} in view {}",
                           text_of(entry.replica), text_of(entry.value), entry.view,
                           text_of(later.replica), text_of(later.value), later.view);
      });
    });
  });
  return why;
}

}  // namespace everyway::byzantine
