// Linearizability and sequential consistency, against twins that try every order.
#include <gtest/gtest.h>

#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include <set>

#include "properties/histories/linearizability.hpp"
#include "properties/histories/sequential.hpp"
#include "properties/histories/smallest.hpp"
#include "tests/properties/histories/random_history.hpp"
#include "tests/properties/histories/twin.hpp"

namespace everyway::histories::testing {
namespace {

using Judge = Judgement (*)(const History&, const Object&, const Limits&);

/// Nothing can be left out of a counterexample by itself, and it is one.
void is_smallest(const History& counterexample, const Object& object, Order order) {
  RC_ASSERT(!has_explanation(counterexample, object, order));
  for (std::size_t i = 0; i < counterexample.operations.size(); ++i) {
    std::vector<bool> is_left_out(counterexample.operations.size());
    is_left_out[i] = true;
    histories::detail::leave_out_dependents(counterexample, is_left_out);
    History rest;
    for (std::size_t k = 0; k < is_left_out.size(); ++k) {
      if (!is_left_out[k]) rest.operations.push_back(counterexample.operations[k]);
    }
    const bool is_less = rest.operations.size() < counterexample.operations.size();
    RC_ASSERT(!is_less || has_explanation(rest, object, order));
  }
}

void agree_on(const History& history, const Object& object, Judge judge, Order order) {
  const Judgement judgement = judge(history, object, {});
  const bool holds = has_explanation(history, object, order);
  RC_ASSERT(judgement.verdict == (holds ? Verdict::holds : Verdict::violated));
  if (holds) {
    RC_ASSERT(is_witness(history, judgement.witness, object, order));
  } else {
    RC_ASSERT(judgement.counterexample_is_minimal);
    RC_ASSERT(!judgement.why.empty());
    is_smallest(judgement.counterexample, object, order);
  }
}

/// RapidCheck takes longer to begin than a small history to be judged: several at once.
constexpr int histories_at_once = 10;

void agree(const Mix& mix, const Object& object, Judge judge, Order order) {
  for (int i = 0; i < histories_at_once; ++i) agree_on(any_history(mix), object, judge, order);
}

[[nodiscard]] Mix queue_mix(bool differ) {
  Mix mix;
  mix.is_queue = true;
  mix.writes_differ = differ;
  return mix;
}
[[nodiscard]] Mix key_value_mix() {
  Mix mix;
  mix.keys = 2;
  mix.values = 2;
  mix.indeterminate_in_ten = 1;
  return mix;
}
[[nodiscard]] Mix differing_mix() {
  Mix mix;
  mix.keys = 2;
  mix.has_cas = false;
  mix.writes_differ = true;
  return mix;
}
[[nodiscard]] Object queue() { return {ObjectKind::queue, nil}; }
[[nodiscard]] Object registers() { return {ObjectKind::registers, below<Value>(2)}; }

RC_GTEST_PROP(Linearizability, OfARegisterIsWhatEveryOrderSays, ()) {
  agree({}, registers(), judge_linearizability, Order::real_time);
}
RC_GTEST_PROP(Linearizability, OfManyIndeterminateOperationsIsWhatEveryOrderSays, ()) {
  Mix mix;
  mix.indeterminate_in_ten = 6;
  mix.values = 2;
  agree(mix, registers(), judge_linearizability, Order::real_time);
}
RC_GTEST_PROP(Linearizability, OfSeveralKeysIsWhatEveryOrderSays, ()) {
  agree(key_value_mix(), registers(), judge_linearizability, Order::real_time);
}
RC_GTEST_PROP(Linearizability, OfAQueueIsWhatEveryOrderSays, ()) {
  agree(queue_mix(false), queue(), judge_linearizability, Order::real_time);
}
RC_GTEST_PROP(Linearizability, OfAQueueOfDifferentValuesIsWhatEveryOrderSays, ()) {
  agree(queue_mix(true), queue(), judge_linearizability, Order::real_time);
}
RC_GTEST_PROP(SequentialConsistency, OfARegisterIsWhatEveryOrderSays, ()) {
  agree({}, registers(), judge_sequential_consistency, Order::program);
}
RC_GTEST_PROP(SequentialConsistency, OfSeveralKeysIsWhatEveryOrderSays, ()) {
  agree(key_value_mix(), registers(), judge_sequential_consistency, Order::program);
}
RC_GTEST_PROP(SequentialConsistency, OfDifferentValuesIsWhatEveryOrderSays, ()) {
  agree(differing_mix(), {}, judge_sequential_consistency, Order::program);
}
RC_GTEST_PROP(SequentialConsistency, OfAQueueIsWhatEveryOrderSays, ()) {
  agree(queue_mix(false), queue(), judge_sequential_consistency, Order::program);
}
RC_GTEST_PROP(SequentialConsistency, OfAQueueOfDifferentValuesIsWhatEveryOrderSays, ()) {
  agree(queue_mix(true), queue(), judge_sequential_consistency, Order::program);
}

/// Without this, a counterexample would prove nothing about the history that it is a part of.
void stays_explained(const Mix& mix, const Object& object, Order order) {
  const History history = relevant(any_history(mix));
  RC_PRE(has_explanation(history, object, order));
  std::vector<bool> is_left_out;
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    is_left_out.push_back(below(3) == 0);
  }
  histories::detail::leave_out_dependents(history, is_left_out);
  History rest;
  for (std::size_t i = 0; i < is_left_out.size(); ++i) {
    if (!is_left_out[i]) rest.operations.push_back(history.operations[i]);
  }
  RC_ASSERT(has_explanation(rest, object, order));
}

RC_GTEST_PROP(LeavingOut, KeepsTheExplanationOfRegisters, ()) {
  stays_explained({}, {}, Order::real_time);
  stays_explained(key_value_mix(), {}, Order::program);
}
RC_GTEST_PROP(LeavingOut, KeepsTheExplanationOfQueues, ()) {
  stays_explained(queue_mix(false), queue(), Order::real_time);
  stays_explained(queue_mix(true), queue(), Order::program);
}

RC_GTEST_PROP(Prefix, OfAnExplainedHistoryIsExplained, ()) {
  const History history = any_history({});
  RC_PRE(has_explanation(history, {}, Order::real_time));
  RC_ASSERT(has_explanation(prefix(history, below<Position>(20)), {}, Order::real_time));
}

}  // namespace
}  // namespace everyway::histories::testing
