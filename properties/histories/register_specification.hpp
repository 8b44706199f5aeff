#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "properties/histories/specification.hpp"

namespace everyway::histories {

/// What operations on registers are still to come: a value that someone must yet find, and that
/// nobody is left to write, must not be overwritten.
template <class Registers>
class RegisterOutlook {
 public:
  RegisterOutlook(const Registers& registers, const std::vector<Operation>& operations, Order)
      : registers_(registers), operations_(operations) {
    for (std::size_t i = 0; i < operations.size(); ++i) give_back(i);
  }

  void take(std::size_t i) { count(operations_[i], -1); }
  void give_back(std::size_t i) { count(operations_[i], 1); }

  [[nodiscard]] bool is_hopeless(const typename Registers::State& before,
                                 const typename Registers::State& after, std::size_t i) const {
    const std::uint32_t key = operations_[i].key;
    const Value lost = registers_.value(before, key);
    if (lost == registers_.value(after, key)) return false;
    const auto uses = uses_.find(place(key, lost));
    return uses != uses_.end() && uses->second.must_be_found > 0 && uses->second.makers == 0;
  }

  /// One whose value nobody could find might as well not take effect.
  [[nodiscard]] bool is_useful(const typename Registers::State&, std::size_t i) const {
    const Operation& operation = operations_[i];
    const auto mismatches = mismatches_.find(operation.key);
    if (mismatches != mismatches_.end() && mismatches->second > 0) return true;
    const auto uses = uses_.find(place(operation.key, operation.argument));
    const bool finds_its_own =
        observes_value(operation) && operation.expected == operation.argument;
    return uses != uses_.end() && uses->second.may_be_found > (finds_its_own ? 1 : 0);
  }

 private:
  struct Uses {
    int must_be_found = 0;  ///< by so many operations that are `ok`
    int may_be_found = 0;   ///< by so many, those that are indeterminate included
    int makers = 0;         ///< so many would put it there
  };

  static std::uint64_t place(std::uint32_t key, Value value) {
    return std::uint64_t{key} << 32U | value;
  }

  void count(const Operation& operation, int step) {
    if (operation.function == Function::cas_mismatch) mismatches_[operation.key] += step;
    if (observes_value(operation)) {
      Uses& uses = uses_[place(operation.key, observed_value(operation))];
      uses.may_be_found += step;
      if (operation.outcome == Outcome::ok) uses.must_be_found += step;
    }
    if (makes_value(operation)) uses_[place(operation.key, operation.argument)].makers += step;
  }

  const Registers& registers_;
  const std::vector<Operation>& operations_;
  std::unordered_map<std::uint64_t, Uses> uses_;
  std::unordered_map<std::uint32_t, int> mismatches_;
};

namespace detail {

/// One operation on a register that holds `value`.
[[nodiscard]] inline bool apply_to_register(Value& value, const Operation& operation) {
  switch (operation.function) {
    case Function::read:
      return operation.outcome != Outcome::ok || value == operation.result;
    case Function::write:
      value = operation.argument;
      return true;
    case Function::cas:
      if (value != operation.expected) return operation.outcome != Outcome::ok;
      value = operation.argument;
      return true;
    case Function::cas_mismatch:
      return value != operation.expected;
    case Function::enqueue:
    case Function::dequeue:
      break;
  }
  return false;
}

}  // namespace detail

/// One register with read, write and compare-and-set. Keys are not looked at.
class RegisterSpecification {
 public:
  using State = Value;
  using Outlook = RegisterOutlook<RegisterSpecification>;

  explicit RegisterSpecification(Value initial) : initial_(initial) {}

  [[nodiscard]] State initial() const { return initial_; }
  [[nodiscard]] bool apply(State& state, const Operation& operation) const {
    return detail::apply_to_register(state, operation);
  }
  void append_words(const State& state, std::vector<std::uint32_t>& words) const {
    words.push_back(state);
  }
  [[nodiscard]] Value value(const State& state, std::uint32_t) const { return state; }

 private:
  Value initial_;
};

/// A register for each key.
class KeyValueSpecification {
 public:
  using State = std::vector<Value>;  ///< by key
  using Outlook = RegisterOutlook<KeyValueSpecification>;

  KeyValueSpecification(Value initial, const History& history) : initial_(initial) {
    for (const Operation& operation : history.operations) {
      keys_ = std::max(keys_, std::size_t{operation.key} + 1);
    }
  }

  [[nodiscard]] State initial() const { return State(keys_, initial_); }
  [[nodiscard]] bool apply(State& state, const Operation& operation) const {
    return detail::apply_to_register(state[operation.key], operation);
  }
  void append_words(const State& state, std::vector<std::uint32_t>& words) const {
    words.insert(words.end(), state.begin(), state.end());
  }
  [[nodiscard]] Value value(const State& state, std::uint32_t key) const { return state[key]; }

 private:
  Value initial_;
  std::size_t keys_ = 0;
};

static_assert(Specification<RegisterSpecification> && Specification<KeyValueSpecification>);

}  // namespace everyway::histories
