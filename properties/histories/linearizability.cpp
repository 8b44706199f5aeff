#include "properties/histories/linearizability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "properties/histories/queue_patterns.hpp"
#include "properties/histories/queue_specification.hpp"
#include "properties/histories/register_specification.hpp"
#include "properties/histories/smallest.hpp"
#include "properties/histories/witness_search.hpp"

namespace everyway::histories {

namespace {

template <Specification Spec>
Judgement search(const Spec& specification, const History& history, Budget& budget) {
  WitnessSearch<Spec> search(specification, history.operations, Order::real_time, budget);
  Judgement judgement;
  judgement.verdict = search.run();
  if (judgement.verdict == Verdict::holds) judgement.witness = search.witness();
  judgement.configurations = search.configurations();
  return judgement;
}

/// One object: a register, or a queue. `history` is relevant.
Judgement judge_object(const History& history, const Object& object, Budget& budget) {
  if (object.kind == ObjectKind::registers) {
    return search(RegisterSpecification(object.initial), history, budget);
  }
  if (const auto pattern = find_queue_pattern(history)) {
    Judgement judgement;
    judgement.verdict = Verdict::violated;
    judgement.why = pattern->why;
    return judgement;
  }
  return search(QueueSpecification{}, history, budget);
}

/// The operations of one object, and their positions in the whole history.
struct Part {
  History history;
  std::vector<std::size_t> positions;
};

std::vector<Part> parts_of(const History& history, ObjectKind kind) {
  std::map<std::uint32_t, Part> by_key;
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    const Operation& operation = history.operations[i];
    if (relevant({{operation}}).operations.empty()) continue;
    Part& part = by_key[kind == ObjectKind::queue ? 0 : operation.key];
    part.history.operations.push_back(operation);
    part.positions.push_back(i);
  }
  std::vector<Part> parts;
  for (auto& entry : by_key) parts.push_back(std::move(entry.second));
  return parts;
}

/// The orders of several objects as one, which keeps the order in real time.
class Merger {
 public:
  Merger(const History& history, const std::vector<std::vector<std::size_t>>& orders)
      : operations_(history.operations) {
    for (const auto& order : orders) lines_.push_back({order, earliest_responses(order), 0});
  }

  std::vector<std::size_t> merge() {
    std::vector<std::size_t> merged;
    while (Line* const line = next()) merged.push_back(line->order[line->taken++]);
    return merged;
  }

 private:
  struct Line {
    std::vector<std::size_t> order;
    std::vector<Position> earliest;  ///< response of those from here on
    std::size_t taken = 0;
  };

  [[nodiscard]] std::vector<Position> earliest_responses(
      const std::vector<std::size_t>& order) const {
    std::vector<Position> earliest(order.size() + 1, never);
    for (std::size_t i = order.size(); i-- > 0;) {
      earliest[i] = std::min(earliest[i + 1], operations_[order[i]].responded);
    }
    return earliest;
  }

  /// The one whose next operation nobody else must precede. There is one, as long as any is left:
  /// otherwise the orders and real time would make a cycle (Herlihy and Wing, theorem 1).
  Line* next() {
    Position bound = never;
    for (const Line& line : lines_) bound = std::min(bound, line.earliest[line.taken]);
    for (Line& line : lines_) {
      if (line.taken == line.order.size()) continue;
      const Operation& operation = operations_[line.order[line.taken]];
      if (operation.invoked < bound) return &line;
    }
    return nullptr;
  }

  const std::vector<Operation>& operations_;
  std::vector<Line> lines_;
};

/// Makes the violation of one object as small as there is time for.
void explain(Judgement& judgement, const History& history, const Object& object, Budget& budget) {
  std::string why = judgement.why;
  const auto violates = [&](const History& part) {
    const Judgement found = judge_object(part, object, budget);
    const bool is_violated = found.verdict == Verdict::violated;
    if (is_violated) why = found.why;
    return is_violated;
  };
  Smallest smallest =
      smallest_violating(shortest_violating_prefix(history, violates), violates, budget);
  judgement.counterexample = std::move(smallest.history);
  judgement.counterexample_is_minimal = smallest.is_minimal;
  judgement.why = why.empty() ? "no order of these operations, each between its invocation and its "
                                "response, gives them the results that they had"
                              : why;
}

}  // namespace

Judgement judge_linearizability(const History& history, const Object& object,
                                const Limits& limits) {
  Budget budget(limits);
  Judgement all;
  all.verdict = Verdict::holds;
  std::vector<std::vector<std::size_t>> orders;
  for (const Part& part : parts_of(history, object.kind)) {
    Judgement judgement = judge_object(part.history, object, budget);
    all.configurations += judgement.configurations;
    if (judgement.verdict == Verdict::violated) {
      explain(judgement, part.history, object, budget);
      judgement.configurations = all.configurations;
      return judgement;
    }
    if (judgement.verdict == Verdict::unknown) all.verdict = Verdict::unknown;
    orders.emplace_back();
    for (const std::size_t i : judgement.witness) orders.back().push_back(part.positions[i]);
  }
  if (all.verdict == Verdict::unknown) all.why = budget.why();
  if (all.verdict == Verdict::holds) all.witness = Merger(history, orders).merge();
  return all;
}

}  // namespace everyway::histories
