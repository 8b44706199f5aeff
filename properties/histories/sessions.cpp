#include "properties/histories/sessions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "properties/histories/reads_from.hpp"
#include "properties/histories/relation.hpp"
#include "properties/histories/smallest.hpp"

namespace everyway::histories {

namespace {

/// What keeps the reads from being explained; empty if nothing does. Then `order` is one in which
/// the writes may win.
std::string find_problem(const ReadsFrom& history, Guarantees guarantees,
                         std::vector<std::size_t>& order) {
  const std::size_t size = history.operations.size();
  // (w, r): the read r sees w. (w, v), between writes: who sees v sees w, and v wins.
  Relation sees(size);
  for (std::size_t i = 0; i < size; ++i) {
    if (history.is_read(i) && history.source[i] == ReadsFrom::nowhere) {
      return "a value is read that nobody wrote";
    }
    if (history.is_read(i) && history.source[i] != ReadsFrom::initially) {
      sees.add(history.source[i], i);
    }
  }
  std::map<std::uint32_t, std::vector<std::size_t>> sessions;
  for (std::size_t i = 0; i < size; ++i) {
    const Operation& operation = history.operations[i];
    std::vector<std::size_t>& session = sessions[operation.process];
    for (const std::size_t earlier : session) {
      const bool is_kept =
          history.is_read(earlier)
              ? (history.is_read(i) ? guarantees.monotonic_reads : guarantees.writes_follow_reads)
              : (history.is_read(i) ? guarantees.read_your_writes : guarantees.monotonic_writes);
      if (is_kept) sees.add(earlier, i);
    }
    if (operation.outcome == Outcome::ok) session.push_back(i);
  }
  if (!sees.close().cycle.empty()) return "writes would have to be seen before themselves";

  Relation wins(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (const std::size_t write : history.writes_of_key[history.operations[i].key]) {
      if (!history.is_read(i) || write == history.source[i] || !sees.has(write, i)) continue;
      if (history.source[i] == ReadsFrom::initially) {
        return "a register is read as it was initially, although a write of it must be seen";
      }
      wins.add(write, history.source[i]);
    }
    if (history.is_read(i)) continue;
    sees.for_each_of(i, [&](std::size_t to) {
      if (!history.is_read(to)) wins.add(i, to);
    });
  }
  const Relation::Closed closed = wins.close();
  if (!closed.cycle.empty()) return "readers leave writes no order in which they could win";
  for (const std::size_t i : closed.order) {
    if (!history.is_read(i)) order.push_back(i);
  }
  return "";
}

}  // namespace

Judgement judge_sessions(const History& history, Value initial, Guarantees guarantees,
                         const Limits& limits) {
  Budget budget(limits);
  Judgement judgement;
  const ReadsFrom known = reads_from(history, initial);
  judgement.why = known.problem;
  if (!known.problem.empty()) return judgement;
  if (budget.is_spent(2 * Relation::bytes(known.operations.size()))) {
    judgement.why =
        fmt::format("{} operations are too many: {}", known.operations.size(), budget.why());
    return judgement;
  }
  std::vector<std::size_t> order;
  judgement.why = find_problem(known, guarantees, order);
  if (judgement.why.empty()) {
    judgement.verdict = Verdict::holds;
    for (const std::size_t i : order) judgement.witness.push_back(known.positions[i]);
    return judgement;
  }
  judgement.verdict = Verdict::violated;
  Smallest smallest = smallest_violating(
      relevant(history),
      [&](const History& part) {
        const ReadsFrom less = reads_from(part, initial);
        std::vector<std::size_t> unused;
        const std::string problem =
            less.problem.empty() ? find_problem(less, guarantees, unused) : "";
        if (!problem.empty()) judgement.why = problem;
        return !problem.empty();
      },
      budget);
  judgement.counterexample = std::move(smallest.history);
  judgement.counterexample_is_minimal = smallest.is_minimal;
  return judgement;
}

}  // namespace everyway::histories
