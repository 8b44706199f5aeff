#include "properties/histories/convergence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace everyway::histories {

namespace {

/// What happened to one key.
struct KeyEnd {
  Position last_write = 0;  ///< its response
  bool is_written = false;
  std::set<Value> written;
  std::set<Value> perhaps;                          ///< written by indeterminate operations
  std::map<std::uint32_t, std::size_t> last_reads;  ///< by process
};

std::map<std::uint32_t, KeyEnd> ends_of(const std::vector<Operation>& operations) {
  std::map<std::uint32_t, KeyEnd> ends;
  for (const Operation& operation : operations) {
    KeyEnd& end = ends[operation.key];
    if (!makes_value(operation) || operation.outcome == Outcome::fail) continue;
    end.written.insert(operation.argument);
    if (operation.outcome == Outcome::info) {
      end.perhaps.insert(operation.argument);
    } else {
      end.is_written = true;
      end.last_write = std::max(end.last_write, operation.responded);
    }
  }
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const Operation& operation = operations[i];
    if (operation.function != Function::read || operation.outcome != Outcome::ok) continue;
    KeyEnd& end = ends[operation.key];
    const bool is_late = !end.is_written || operation.invoked > end.last_write;
    if (is_late) end.last_reads[operation.process] = i;
  }
  return ends;
}

/// What is to be said of the end of one key.
Judgement judge_end(const std::vector<Operation>& operations, const KeyEnd& end, Value initial) {
  Judgement judgement;
  if (end.last_reads.empty()) {
    judgement.why = "of some key nobody read after the last write";
    return judgement;
  }
  std::map<Value, std::size_t> seen;
  for (const auto& entry : end.last_reads) {
    judgement.witness.push_back(entry.second);
    seen.try_emplace(operations[entry.second].result, entry.second);
  }
  for (const auto& entry : seen) {
    const bool is_explained =
        end.written.count(entry.first) != 0 || (entry.first == initial && !end.is_written);
    if (is_explained) continue;
    judgement.verdict = Verdict::violated;
    judgement.why = entry.first == initial
                        ? "after the last write a register is read as it was initially"
                        : "a value is read that nobody wrote";
    judgement.counterexample.operations = {operations[entry.second]};
    return judgement;
  }
  const auto certain =
      static_cast<std::size_t>(std::count_if(seen.begin(), seen.end(), [&](const auto& entry) {
        return end.perhaps.count(entry.first) == 0;
      }));
  if (certain > 1) {
    judgement.verdict = Verdict::violated;
    judgement.why = "after the last write the last reads differ";
    for (const auto& entry : seen) {
      if (end.perhaps.count(entry.first) != 0) continue;
      if (judgement.counterexample.operations.size() == 2) break;
      judgement.counterexample.operations.push_back(operations[entry.second]);
    }
    return judgement;
  }
  judgement.verdict = seen.size() == 1 ? Verdict::holds : Verdict::unknown;
  if (seen.size() > 1) {
    judgement.why = "the last reads differ by an indeterminate write, which may still take effect";
  }
  return judgement;
}

/// The writes that those reads read from, and the last one, so that the reader sees what was
/// written when.
void add_writes(const std::vector<Operation>& operations, History& counterexample) {
  const std::vector<Operation> reads = counterexample.operations;
  for (const Operation& operation : operations) {
    if (!makes_value(operation) || operation.outcome == Outcome::fail) continue;
    const bool is_read = std::any_of(reads.begin(), reads.end(), [&](const Operation& read) {
      return read.key == operation.key && read.result == operation.argument;
    });
    const bool is_only = reads.size() == 1 && reads.front().key == operation.key &&
                         operation.outcome == Outcome::ok && counterexample.operations.size() == 1;
    if (is_read || is_only) counterexample.operations.push_back(operation);
  }
  std::sort(
      counterexample.operations.begin(), counterexample.operations.end(),
      [](const Operation& left, const Operation& right) { return left.invoked < right.invoked; });
}

}  // namespace

Judgement judge_convergence(const History& history, Value initial) {
  const std::vector<Operation>& operations = history.operations;
  Judgement all;
  all.verdict = Verdict::holds;
  for (const auto& entry : ends_of(operations)) {
    Judgement judgement = judge_end(operations, entry.second, initial);
    if (judgement.verdict == Verdict::violated) {
      add_writes(operations, judgement.counterexample);
      judgement.counterexample_is_minimal = true;
      judgement.witness.clear();
      return judgement;
    }
    if (judgement.verdict == Verdict::unknown && all.verdict == Verdict::holds) {
      all.verdict = Verdict::unknown;
      all.why = judgement.why;
    }
    all.witness.insert(all.witness.end(), judgement.witness.begin(), judgement.witness.end());
  }
  if (all.verdict != Verdict::holds) all.witness.clear();
  return all;
}

}  // namespace everyway::histories
