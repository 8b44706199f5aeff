// Histories of concurrent operations on a shared object, after
// Maurice Herlihy and Jeannette Wing, "Linearizability: A Correctness Condition for Concurrent
// Objects" (1990), section 2, and Jepsen's three outcomes of an operation.
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace everyway::histories {

/// What an operation does to the object.
enum class Function : std::uint8_t {
  read,          ///< returns the value of the register
  write,         ///< puts `argument` there
  cas,           ///< compare-and-set: puts `argument` there, since the value was `expected`
  cas_mismatch,  ///< a compare-and-set that changed nothing, since the value was not `expected`
  enqueue,       ///< appends `argument` to the queue
  dequeue        ///< takes the value at the head; nil if the queue is empty
};
BOOST_DESCRIBE_ENUM(Function, read, write, cas, cas_mismatch, enqueue, dequeue)

/// How an operation ended.
enum class Outcome : std::uint8_t {
  ok,    ///< it took effect between its invocation and its response
  fail,  ///< it took no effect, and never will
  info   ///< nobody knows: it may take effect at any time after its invocation, or never
};
BOOST_DESCRIBE_ENUM(Outcome, ok, fail, info)

/// A value of the history by its number in `Names::values`. Equal numbers are equal values.
using Value = std::uint32_t;
/// "Nothing": what a register holds that nobody has written, unless the user says otherwise.
inline constexpr Value nil = 0;

/// A place in the order of invocations and responses, counted from 0. No two events share one.
using Position = std::uint32_t;
/// The response of an operation that never responded.
inline constexpr Position never = std::numeric_limits<Position>::max();

/// One operation of one process.
struct Operation {
  std::uint32_t process = 0;  ///< number in `Names::processes`
  Function function = Function::read;
  Outcome outcome = Outcome::ok;
  std::uint32_t key = 0;       ///< number in `Names::keys`; 0 if the object has none
  Value argument = nil;        ///< of write, cas and enqueue
  Value expected = nil;        ///< of cas
  Value result = nil;          ///< of read and dequeue, if `ok`
  Position invoked = 0;        ///< where it began
  Position responded = never;  ///< where it ended; `never` unless it is `ok` or `fail`
  std::uint32_t line = 0;      ///< of the invocation in its file, from 1; 0 for none

  friend bool operator==(const Operation&, const Operation&) = default;
};

/// Operations in the order of their invocations. A process has one operation at a time: it invokes
/// the next after the response to the last, or, of an indeterminate one, after it has given up.
struct History {
  std::vector<Operation> operations;
};

/// What stands behind the numbers of a history.
struct Names {
  std::vector<std::string> processes;
  std::vector<std::string> keys;              ///< empty if the object has none
  std::vector<std::string> values = {"nil"};  ///< the first is `nil`
};

/// A history as it was recorded.
struct Recording {
  History history;
  Names names;
};

/// Whether the operation may change the object. Those that may not are taken as soon as they can.
[[nodiscard]] constexpr bool is_pure(const Operation& operation) noexcept {
  return operation.function == Function::read || operation.function == Function::cas_mismatch ||
         (operation.function == Function::dequeue && operation.outcome == Outcome::ok &&
          operation.result == nil);
}

/// Whether the operation puts a value into the object, if it takes effect: its argument.
[[nodiscard]] constexpr bool makes_value(const Operation& operation) noexcept {
  return operation.function == Function::write || operation.function == Function::cas ||
         operation.function == Function::enqueue;
}

/// Whether the operation can take effect only where a certain value is: `observed_value`.
[[nodiscard]] constexpr bool observes_value(const Operation& operation) noexcept {
  return operation.function == Function::cas ||
         (operation.outcome == Outcome::ok &&
          (operation.function == Function::read ||
           (operation.function == Function::dequeue && operation.result != nil)));
}

/// The value that an operation that `observes_value` found.
[[nodiscard]] constexpr Value observed_value(const Operation& operation) noexcept {
  return operation.function == Function::cas ? operation.expected : operation.result;
}

/// The operations that say anything: those that failed took no effect, and an indeterminate read
/// has neither an effect nor a result.
[[nodiscard]] History relevant(const History& history);

/// What the clients knew just before `position`: later invocations are left out, and operations
/// without a response by then are indeterminate.
[[nodiscard]] History prefix(const History& history, Position position);

/// "write 3", "read x 3", "cas 3 to 0", "dequeue nothing", "write 3 (failed)".
[[nodiscard]] std::string operation_text(const Operation& operation, const Names& names);

}  // namespace everyway::histories
