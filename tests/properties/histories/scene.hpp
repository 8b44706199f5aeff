#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "properties/histories/history.hpp"

namespace everyway::histories::testing {

[[nodiscard]] inline Operation read(std::uint32_t key = 0) {
  Operation operation;
  operation.key = key;
  return operation;
}
[[nodiscard]] inline Operation write(Value value, std::uint32_t key = 0) {
  Operation operation = read(key);
  operation.function = Function::write;
  operation.argument = value;
  return operation;
}
[[nodiscard]] inline Operation cas(Value expected, Value value, std::uint32_t key = 0) {
  Operation operation = write(value, key);
  operation.function = Function::cas;
  operation.expected = expected;
  return operation;
}
[[nodiscard]] inline Operation enqueue(Value value) {
  Operation operation = write(value);
  operation.function = Function::enqueue;
  return operation;
}
[[nodiscard]] inline Operation dequeue() {
  Operation operation;
  operation.function = Function::dequeue;
  return operation;
}

/// A history, event by event.
class Scene {
 public:
  void begin(std::uint32_t process, Operation operation) {
    operation.process = process;
    operation.outcome = Outcome::info;
    operation.invoked = position_++;
    operation.responded = never;
    operation.line = operation.invoked + 1;
    running_[process] = history_.operations.size();
    history_.operations.push_back(operation);
  }
  void end(std::uint32_t process, Value result = nil, Outcome outcome = Outcome::ok) {
    Operation& operation = history_.operations[running_.at(process)];
    operation.outcome = outcome;
    operation.result = outcome == Outcome::ok ? result : nil;
    operation.responded = outcome == Outcome::info ? never : position_;
    ++position_;
    running_.erase(process);
  }
  /// An operation with nothing else between its invocation and its response.
  void run(std::uint32_t process, const Operation& operation, Value result = nil) {
    begin(process, operation);
    end(process, result);
  }

  [[nodiscard]] bool is_running(std::uint32_t process) const {
    return running_.count(process) != 0;
  }
  [[nodiscard]] const Operation& running(std::uint32_t process) const {
    return history_.operations[running_.at(process)];
  }
  [[nodiscard]] const History& history() const { return history_; }

 private:
  History history_;
  std::map<std::uint32_t, std::size_t> running_;
  Position position_ = 0;
};

}  // namespace everyway::histories::testing
