#include "properties/histories/queue_specification.hpp"

#include <algorithm>

namespace everyway::histories {

bool QueueSpecification::apply(State& state, const Operation& operation) const {
  if (operation.function == Function::enqueue) {
    state.push_back(operation.argument);
    return true;
  }
  if (operation.function != Function::dequeue) return false;
  if (operation.outcome == Outcome::ok) {
    if (operation.result == nil) return state.empty();
    if (state.empty() || state.front() != operation.result) return false;
  }
  if (!state.empty()) state.erase(state.begin());
  return true;
}

QueueSpecification::Outlook::Outlook(const QueueSpecification&,
                                     const std::vector<Operation>& operations, Order order)
    : operations_(operations), order_(order) {
  Value most = nil;
  for (const Operation& operation : operations) {
    most = std::max({most, operation.argument, operation.result});
  }
  to_be_taken_.resize(std::size_t{most} + 1);
  taker_.resize(std::size_t{most} + 1, nobody);
  is_to_come_.resize(operations.size());
  for (std::size_t i = 0; i < operations.size(); ++i) give_back(i);
  find_takers();
}

void QueueSpecification::Outlook::find_takers() {
  std::vector<int> made(taker_.size());
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& operation = operations_[i];
    if (makes_value(operation)) {
      enqueues_.push_back(i);
      if (++made[operation.argument] > 1) values_are_unique_ = false;
    }
    if (operation.function != Function::dequeue) continue;
    if (is_pure(operation)) found_empty_.push_back(i);
    if (!observes_value(operation)) continue;
    if (taker_[operation.result] != nobody) values_are_unique_ = false;
    taker_[operation.result] = i;
  }
}

void QueueSpecification::Outlook::count(std::size_t i, int step) {
  const Operation& operation = operations_[i];
  is_to_come_[i] = step > 0;
  if (operation.function != Function::dequeue) return;
  if (operation.outcome != Outcome::ok) {
    indeterminate_dequeues_ += step;
  } else if (operation.result != nil) {
    to_be_taken_[operation.result] += step;
  }
}

/// Whether a dequeue that found the queue empty is still to come before `taker`, or at any time if
/// there is none: before the value leaves that `taker` takes.
bool QueueSpecification::Outlook::is_to_be_found_empty_before(std::size_t taker) const {
  if (taker == nobody && indeterminate_dequeues_ > 0) return false;
  return std::any_of(found_empty_.begin(), found_empty_.end(), [&](std::size_t empty) {
    return is_to_come_[empty] &&
           (taker == nobody || must_precede(operations_[empty], operations_[taker], order_));
  });
}

/// Whether a value that is not in the queue yet must leave it before `taker` takes another that is:
/// it never will, for it comes behind.
bool QueueSpecification::Outlook::is_to_be_overtaken(std::size_t taker) const {
  if (taker == nobody && indeterminate_dequeues_ > 0) return false;
  return std::any_of(enqueues_.begin(), enqueues_.end(), [&](std::size_t enqueue) {
    const std::size_t other = taker_[operations_[enqueue].argument];
    return is_to_come_[enqueue] && other != nobody &&
           (taker == nobody || must_precede(operations_[other], operations_[taker], order_));
  });
}

bool QueueSpecification::Outlook::is_hopeless(const State& before, const State&,
                                              std::size_t i) const {
  const Operation& operation = operations_[i];
  if (!values_are_unique_ || operation.function != Function::enqueue) return false;
  const std::size_t taker = taker_[operation.argument];
  if (is_to_be_found_empty_before(taker) || is_to_be_overtaken(taker)) return true;
  if (taker == nobody) return false;
  // Whatever nobody is known to have taken must be gone before this value can be taken.
  const auto in_the_way = std::count_if(before.begin(), before.end(),
                                        [&](Value value) { return taker_[value] == nobody; });
  return in_the_way > indeterminate_dequeues_;
}

bool QueueSpecification::Outlook::is_useful(const State& state, std::size_t i) const {
  const Operation& operation = operations_[i];
  // A value that nobody is known to have taken might as well never have been in the queue.
  if (operation.function == Function::enqueue) return to_be_taken_[operation.argument] > 0;
  return !state.empty() && !(values_are_unique_ && taker_[state.front()] != nobody);
}

}  // namespace everyway::histories
