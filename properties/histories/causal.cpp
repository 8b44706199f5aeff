#include "properties/histories/causal.hpp"

#include <utility>
#include <vector>

#include "properties/histories/reads_from.hpp"
#include "properties/histories/relation.hpp"
#include "properties/histories/smallest.hpp"

namespace everyway::histories {

namespace {

constexpr const char* cyclic_order = "CyclicCO: what caused what makes a cycle";
constexpr const char* thin_air = "ThinAirRead: a value is read that nobody wrote";
constexpr const char* initial_after_write =
    "WriteCOInitRead: a register is read as it was initially, after a write of it that caused the "
    "read";
constexpr const char* overwritten =
    "WriteCORead: a value is read after another write had overwritten it, which caused the read";
constexpr const char* cyclic_conflicts =
    "CyclicCF: readers leave writes no order in which they could win";
constexpr const char* initial_after_write_seen =
    "WriteHBInitRead: a process reads a register as it was initially, after a write of it had to "
    "come before";
constexpr const char* cyclic_happened_before =
    "CyclicHB: what one process read leaves no order for the writes before it";

/// The relations of the paper between the operations of a differentiated history.
class Patterns {
 public:
  Patterns(const ReadsFrom& history, Budget& budget)
      : history_(history), budget_(budget), causal_(history.operations.size()) {}

  /// The first bad pattern of the level; empty if there is none, or if the budget is spent. Then
  /// `order` says how the operations may be put in order.
  std::string find(Causal level, std::vector<std::size_t>& order) {
    for (std::size_t i = 0; i < causal_.size(); ++i) {
      if (history_.is_read(i) && history_.source[i] == ReadsFrom::nowhere) return thin_air;
    }
    add_causes(causal_);
    Relation::Closed closed = causal_.close();
    if (!closed.cycle.empty()) return cyclic_order;
    order = std::move(closed.order);
    for (std::size_t read = 0; read < causal_.size(); ++read) {
      if (budget_.is_spent()) return "";
      if (!history_.is_read(read)) continue;
      if (const char* const pattern = stale(read)) return pattern;
    }
    if (level == Causal::convergence) return find_conflicts(order);
    return level == Causal::memory ? find_memory() : "";
  }

 private:
  static constexpr std::size_t initially = ReadsFrom::initially;

  void add_causes(Relation& relation) const {
    for (std::size_t i = 0; i < relation.size(); ++i) {
      for (const std::size_t next : history_.next[i]) relation.add(i, next);
      if (history_.is_read(i) && history_.source[i] != initially) {
        relation.add(history_.source[i], i);
      }
    }
  }

  [[nodiscard]] const std::vector<std::size_t>& rivals(std::size_t operation) const {
    return history_.writes_of_key[history_.operations[operation].key];
  }

  /// What is wrong with a read if only its causal past is looked at.
  [[nodiscard]] const char* stale(std::size_t read) const {
    const std::size_t source = history_.source[read];
    for (const std::size_t write : rivals(read)) {
      if (write == source || !causal_.has(write, read)) continue;
      if (source == initially) return initial_after_write;
      if (causal_.has(source, write)) return overwritten;
    }
    return nullptr;
  }

  /// CF: a write that caused a read loses against the write that was read.
  std::string find_conflicts(std::vector<std::size_t>& order) const {
    Relation wins(causal_.size());
    add_causes(wins);
    for (std::size_t read = 0; read < causal_.size(); ++read) {
      if (!history_.is_read(read) || history_.source[read] == initially) continue;
      for (const std::size_t write : rivals(read)) {
        if (write != history_.source[read] && causal_.has(write, read)) {
          wins.add(write, history_.source[read]);
        }
      }
    }
    Relation::Closed closed = wins.close();
    order = std::move(closed.order);
    return closed.cycle.empty() ? "" : cyclic_conflicts;
  }

  /// HB of the last operation of each process: it contains those of the operations before it.
  [[nodiscard]] std::string find_memory() const {
    for (std::size_t last = 0; last < causal_.size(); ++last) {
      if (!history_.is_read(last)) continue;
      bool is_last_read = true;
      for (std::size_t later = last + 1; later < causal_.size(); ++later) {
        const bool same = history_.operations[later].process == history_.operations[last].process;
        if (same && history_.is_read(later)) is_last_read = false;
      }
      if (!is_last_read) continue;
      if (const char* const pattern = find_memory_of(last)) return pattern;
    }
    return "";
  }

  [[nodiscard]] const char* find_memory_of(std::size_t last) const {
    Relation before(causal_.size());
    std::vector<std::size_t> reads;
    for (std::size_t i = 0; i < causal_.size(); ++i) {
      if (i != last && !causal_.has(i, last)) continue;
      causal_.for_each_of(i, [&](std::size_t to) {
        if (to == last || causal_.has(to, last)) before.add(i, to);
      });
      const bool same = history_.operations[i].process == history_.operations[last].process;
      if (same && history_.is_read(i)) reads.push_back(i);
    }
    for (bool is_news = true; is_news;) {
      is_news = false;
      for (const std::size_t read : reads) {
        if (budget_.is_spent()) return nullptr;
        if (const char* const pattern = saturate(before, read, is_news)) return pattern;
      }
    }
    return nullptr;
  }

  /// A write that comes before a read comes before the write that was read.
  const char* saturate(Relation& before, std::size_t read, bool& is_news) const {
    const std::size_t source = history_.source[read];
    for (const std::size_t write : rivals(read)) {
      if (write == source || !before.has(write, read)) continue;
      if (source == initially) return initial_after_write_seen;
      if (before.has(write, source)) continue;
      if (before.has(source, write)) return cyclic_happened_before;
      before.add_transitively(write, source);
      is_news = true;
    }
    return nullptr;
  }

  const ReadsFrom& history_;
  Budget& budget_;
  Relation causal_;
};

/// Of the relations.
std::size_t needed_bytes(const ReadsFrom& history) {
  return 3 * Relation::bytes(history.operations.size());
}

}  // namespace

std::string find_causal_pattern(const History& history, Value initial, Causal level,
                                Budget& budget) {
  const ReadsFrom known = reads_from(history, initial);
  if (!known.problem.empty() || needed_bytes(known) > budget.max_bytes()) return "";
  std::vector<std::size_t> order;
  return Patterns(known, budget).find(level, order);
}

Judgement judge_causal_consistency(const History& history, Value initial, Causal level,
                                   const Limits& limits) {
  Budget budget(limits);
  Judgement judgement;
  const ReadsFrom known = reads_from(history, initial);
  judgement.why = known.problem;
  if (!known.problem.empty()) return judgement;
  std::vector<std::size_t> order;
  if (!budget.is_spent(needed_bytes(known)))
    judgement.why = Patterns(known, budget).find(level, order);
  if (judgement.why.empty() && !budget.why().empty()) {
    judgement.why = budget.why();
    return judgement;
  }
  if (judgement.why.empty()) {
    judgement.verdict = Verdict::holds;
    for (const std::size_t i : order) judgement.witness.push_back(known.positions[i]);
    return judgement;
  }
  judgement.verdict = Verdict::violated;
  Smallest smallest = smallest_violating(
      relevant(history),
      [&](const History& part) {
        const std::string pattern = find_causal_pattern(part, initial, level, budget);
        if (!pattern.empty()) judgement.why = pattern;
        return !pattern.empty();
      },
      budget);
  judgement.counterexample = std::move(smallest.history);
  judgement.counterexample_is_minimal = smallest.is_minimal;
  return judgement;
}

}  // namespace everyway::histories
