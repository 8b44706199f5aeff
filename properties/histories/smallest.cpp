#include "properties/histories/smallest.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace everyway::histories {

namespace {

using Place = std::pair<std::uint32_t, Value>;  ///< a value of a key

/// What was left out so far, and what that means for the rest.
class LeftOut {
 public:
  /// Whether anything new was learned from an operation that is left out.
  bool learn(const Operation& operation) {
    bool is_news = false;
    if (makes_value(operation)) {
      is_news = values_.insert({operation.key, operation.argument}).second;
      is_news = keys_.insert(operation.key).second || is_news;
    }
    if (operation.function == Function::dequeue && observes_value(operation)) {
      is_news = values_.insert({operation.key, operation.result}).second || is_news;
    }
    return is_news;
  }

  /// Whether an operation cannot stay.
  [[nodiscard]] bool takes_along(const Operation& operation) const {
    // That the register held another value may be owed to any of the others.
    if (operation.function == Function::cas_mismatch) return keys_.count(operation.key) != 0;
    if (observes_value(operation) && has(operation.key, observed_value(operation))) return true;
    // Values that wait in a queue are in the way of others: all of a value goes, or nothing.
    return operation.function == Function::enqueue && has(operation.key, operation.argument);
  }

 private:
  [[nodiscard]] bool has(std::uint32_t key, Value value) const {
    return values_.count(Place{key, value}) != 0;
  }

  std::set<Place> values_;        ///< some operation that made it, or took it, is left out
  std::set<std::uint32_t> keys_;  ///< some operation that wrote it is left out
};

/// A dequeue that may have taken anything can be left out only where every value has another taker.
bool may_leave_out_dequeues(const History& history, const std::vector<bool>& is_left_out) {
  std::multiset<Value> waiting;
  std::multiset<Value> taken;
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    const Operation& operation = history.operations[i];
    if (is_left_out[i]) continue;
    if (operation.function == Function::enqueue) waiting.insert(operation.argument);
    if (observes_value(operation)) taken.insert(operation.result);
  }
  return std::includes(taken.begin(), taken.end(), waiting.begin(), waiting.end());
}

History without(const History& history, const std::vector<bool>& is_left_out) {
  History rest;
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    if (!is_left_out[i]) rest.operations.push_back(history.operations[i]);
  }
  return rest;
}

/// `history` without `count` operations from `first`; nothing is left if that is not possible.
History without(const History& history, std::size_t first, std::size_t count) {
  std::vector<bool> is_left_out(history.operations.size());
  for (std::size_t i = first; i < std::min(first + count, is_left_out.size()); ++i) {
    is_left_out[i] = true;
  }
  detail::leave_out_dependents(history, is_left_out);
  return without(history, is_left_out);
}

}  // namespace

void detail::leave_out_dependents(const History& history, std::vector<bool>& is_left_out) {
  const std::vector<Operation>& operations = history.operations;
  LeftOut left_out;
  for (bool is_news = true; is_news;) {
    is_news = false;
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!is_left_out[i]) is_left_out[i] = left_out.takes_along(operations[i]);
      if (is_left_out[i]) is_news = left_out.learn(operations[i]) || is_news;
    }
  }
  if (may_leave_out_dequeues(history, is_left_out)) return;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const bool may_take_any =
        operations[i].function == Function::dequeue && operations[i].outcome == Outcome::info;
    if (may_take_any) is_left_out[i] = false;
  }
}

Smallest smallest_violating(History history, const std::function<bool(const History&)>& violates,
                            Budget& budget) {
  for (std::size_t size = (history.operations.size() + 1) / 2; size > 0;) {
    bool is_smaller = false;
    for (std::size_t first = 0; first < history.operations.size();) {
      if (budget.is_spent()) return {std::move(history), false};
      History rest = without(history, first, size);
      if (rest.operations.size() < history.operations.size() && violates(rest)) {
        history = std::move(rest);
        is_smaller = true;
      } else {
        first += size;
      }
    }
    if (size > 1) {
      size = std::min(size / 2, std::max<std::size_t>(1, history.operations.size() / 2));
    } else if (!is_smaller) {
      break;
    }
  }
  return {std::move(history), true};
}

History shortest_violating_prefix(const History& history,
                                  const std::function<bool(const History&)>& violates) {
  std::vector<Position> ends;
  for (const Operation& operation : history.operations) {
    if (operation.responded != never) ends.push_back(operation.responded + 1);
  }
  std::sort(ends.begin(), ends.end());
  const auto shortest = std::partition_point(
      ends.begin(), ends.end(), [&](Position end) { return !violates(prefix(history, end)); });
  return shortest == ends.end() ? history : prefix(history, *shortest);
}

}  // namespace everyway::histories
