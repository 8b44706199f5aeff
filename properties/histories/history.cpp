#include "properties/histories/history.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace everyway::histories {

History relevant(const History& history) {
  History kept;
  std::copy_if(history.operations.begin(), history.operations.end(),
               std::back_inserter(kept.operations), [](const Operation& operation) {
                 if (operation.outcome == Outcome::fail) return false;
                 return operation.outcome == Outcome::ok || !is_pure(operation);
               });
  return kept;
}

History prefix(const History& history, Position position) {
  History begun;
  for (Operation operation : history.operations) {
    if (operation.invoked >= position) break;
    if (operation.responded >= position) {
      operation.outcome = Outcome::info;
      operation.responded = never;
      operation.result = nil;
    }
    begun.operations.push_back(operation);
  }
  return relevant(begun);
}

std::string operation_text(const Operation& operation, const Names& names) {
  const std::string key = names.keys.empty() ? "" : names.keys[operation.key] + " ";
  const auto value = [&](Value number) { return names.values[number]; };
  const bool has_result = operation.outcome == Outcome::ok;
  std::string text;
  switch (operation.function) {
    case Function::read:
      text = fmt::format("read {}{}", key, has_result ? value(operation.result) : "?");
      break;
    case Function::write:
      text = fmt::format("write {}{}", key, value(operation.argument));
      break;
    case Function::cas:
      text =
          fmt::format("cas {}{} to {}", key, value(operation.expected), value(operation.argument));
      break;
    case Function::cas_mismatch:
      text = fmt::format("cas {}{} to {} found another", key, value(operation.expected),
                         value(operation.argument));
      break;
    case Function::enqueue:
      text = fmt::format("enqueue {}{}", key, value(operation.argument));
      break;
    case Function::dequeue:
      text = fmt::format("dequeue {}{}", key,
                         !has_result               ? "?"
                         : operation.result == nil ? "nothing"
                                                   : value(operation.result));
      break;
  }
  return text + (operation.outcome == Outcome::fail ? " (failed)" : "");
}

}  // namespace everyway::histories
