// The checkers again, so simple that they can only be right: every order is tried.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <numeric>
#include <vector>

#include "properties/histories/object.hpp"
#include "properties/histories/specification.hpp"

namespace everyway::histories::testing {

/// Plays operations one after the other.
class Play {
 public:
  explicit Play(const Object& object) : object_(object) {}

  /// Whether the object could answer so. An indeterminate operation takes effect here if it can.
  bool take(const Operation& operation) {
    Value& held = registers_.try_emplace(operation.key, object_.initial).first->second;
    const bool is_certain = operation.outcome == Outcome::ok;
    switch (operation.function) {
      case Function::read:
        return !is_certain || held == operation.result;
      case Function::write:
        held = operation.argument;
        return true;
      case Function::cas:
        if (held == operation.expected) {
          held = operation.argument;
          return true;
        }
        return !is_certain;
      case Function::cas_mismatch:
        return !is_certain || held != operation.expected;
      case Function::enqueue:
        queue_.push_back(operation.argument);
        return true;
      case Function::dequeue:
        break;
    }
    const Value head = queue_.empty() ? nil : queue_.front();
    if (!queue_.empty()) queue_.pop_front();
    return !is_certain || head == operation.result;
  }

 private:
  Object object_;
  std::map<std::uint32_t, Value> registers_;
  std::deque<Value> queue_;
};

/// Whether `order` of operations keeps what must come before what, and the object allows it.
[[nodiscard]] inline bool is_explanation(const std::vector<Operation>& order, const Object& object,
                                         Order constraint) {
  Play play(object);
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t later = i + 1; later < order.size(); ++later) {
      const bool same = order[later].process == order[i].process;
      const bool is_turned = order[later].outcome == Outcome::ok &&
                             order[later].responded < order[i].invoked &&
                             (same || constraint == Order::real_time);
      if (is_turned) return false;
    }
    if (!play.take(order[i])) return false;
  }
  return true;
}

/// Calls `visit(chosen)` for all `ok` operations with each selection of indeterminate ones, until
/// it returns true. Returns whether it did.
[[nodiscard]] inline bool any_selection(const History& history,
                                        const std::function<bool(std::vector<Operation>)>& visit) {
  std::vector<Operation> certain;
  std::vector<Operation> perhaps;
  for (const Operation& operation : history.operations) {
    if (operation.outcome == Outcome::ok) certain.push_back(operation);
    if (operation.outcome == Outcome::info) perhaps.push_back(operation);
  }
  for (std::size_t selection = 0; selection >> perhaps.size() == 0; ++selection) {
    std::vector<Operation> chosen = certain;
    for (std::size_t i = 0; i < perhaps.size(); ++i) {
      if ((selection >> i & 1) != 0) chosen.push_back(perhaps[i]);
    }
    if (visit(std::move(chosen))) return true;
  }
  return false;
}

/// Whether some order explains the history. O(n! * 2^n) steps.
[[nodiscard]] inline bool has_explanation(const History& history, const Object& object,
                                          Order constraint) {
  return any_selection(history, [&](const std::vector<Operation>& chosen) {
    std::vector<std::size_t> turns(chosen.size());
    std::iota(turns.begin(), turns.end(), std::size_t{0});
    do {
      std::vector<Operation> order;
      for (const std::size_t turn : turns) order.push_back(chosen[turn]);
      if (is_explanation(order, object, constraint)) return true;
    } while (std::next_permutation(turns.begin(), turns.end()));
    return false;
  });
}

/// Whether the witness has each `ok` operation once and no failed one, and explains the history.
[[nodiscard]] inline bool is_witness(const History& history,
                                     const std::vector<std::size_t>& witness, const Object& object,
                                     Order constraint) {
  std::vector<int> times(history.operations.size());
  std::vector<Operation> order;
  for (const std::size_t i : witness) {
    ++times.at(i);
    order.push_back(history.operations[i]);
  }
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Outcome outcome = history.operations[i].outcome;
    if (times[i] > (outcome == Outcome::fail ? 0 : 1)) return false;
    if (times[i] == 0 && outcome == Outcome::ok) return false;
  }
  return is_explanation(order, object, constraint);
}

}  // namespace everyway::histories::testing
