#include "properties/histories/sequential.hpp"

#include "properties/histories/causal.hpp"
#include "properties/histories/queue_specification.hpp"
#include "properties/histories/register_specification.hpp"
#include "properties/histories/smallest.hpp"
#include "properties/histories/witness_search.hpp"

namespace everyway::histories {

namespace {

template <Specification Spec>
Judgement search(const Spec& specification, const History& history, Budget& budget) {
  WitnessSearch<Spec> search(specification, history.operations, Order::program, budget);
  Judgement judgement;
  judgement.verdict = search.run();
  if (judgement.verdict == Verdict::holds) judgement.witness = search.witness();
  if (judgement.verdict == Verdict::unknown) judgement.why = budget.why();
  judgement.configurations = search.configurations();
  return judgement;
}

/// Beyond, the patterns of causal memory may take longer to find than the search.
constexpr std::size_t longest_for_memory = 500;

/// `history` is relevant.
Judgement judge(const History& history, const Object& object, Budget& budget) {
  if (object.kind == ObjectKind::queue) return search(QueueSpecification{}, history, budget);
  for (const Causal level : {Causal::convergence, Causal::memory}) {
    if (level == Causal::memory && history.operations.size() > longest_for_memory) break;
    Judgement judgement;
    judgement.why = find_causal_pattern(history, object.initial, level, budget);
    if (judgement.why.empty()) continue;
    judgement.verdict = Verdict::violated;
    return judgement;
  }
  return search(KeyValueSpecification(object.initial, history), history, budget);
}

}  // namespace

Judgement judge_sequential_consistency(const History& history, const Object& object,
                                       const Limits& limits) {
  Budget budget(limits);
  History kept;
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    if (relevant({{history.operations[i]}}).operations.empty()) continue;
    kept.operations.push_back(history.operations[i]);
    positions.push_back(i);
  }
  Judgement judgement = judge(kept, object, budget);
  for (std::size_t& i : judgement.witness) i = positions[i];
  if (judgement.verdict != Verdict::violated) return judgement;

  const auto violates = [&](const History& part) {
    Judgement found = judge(part, object, budget);
    if (found.verdict == Verdict::violated) judgement.why = found.why;
    return found.verdict == Verdict::violated;
  };
  Smallest smallest = smallest_violating(std::move(kept), violates, budget);
  judgement.counterexample = std::move(smallest.history);
  judgement.counterexample_is_minimal = smallest.is_minimal;
  if (judgement.why.empty()) {
    judgement.why =
        "no order of these operations that keeps the order of each process gives them the results "
        "that they had";
  }
  return judgement;
}

}  // namespace everyway::histories
