#include "properties/histories/reads_from.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace everyway::histories {

namespace {

using Place = std::pair<std::uint32_t, Value>;

/// Why who read from whom is not known; empty if it is.
std::string problem_of(const History& history, Value initial) {
  std::map<Place, std::uint32_t> lines;
  for (const Operation& operation : history.operations) {
    if (operation.function == Function::read) continue;
    if (operation.function != Function::write) {
      return fmt::format(
          "this level is defined for reads and writes only, and line {} has another "
          "operation",
          operation.line);
    }
    if (operation.argument == initial) {
      return fmt::format(
          "who read from whom is not known: line {} writes the initial value, and "
          "every value is to be written once",
          operation.line);
    }
    const auto first = lines.try_emplace({operation.key, operation.argument}, operation.line);
    if (!first.second) {
      return fmt::format(
          "who read from whom is not known: lines {} and {} write the same value, "
          "and every value is to be written once",
          first.first->second, operation.line);
    }
  }
  return "";
}

std::set<Place> values_read(const History& history) {
  std::set<Place> values;
  for (const Operation& operation : history.operations) {
    if (operation.function == Function::read) values.insert({operation.key, operation.result});
  }
  return values;
}

void find_sources(ReadsFrom& found, Value initial) {
  std::map<Place, std::size_t> writers;
  for (std::size_t i = 0; i < found.operations.size(); ++i) {
    const Operation& operation = found.operations[i];
    if (found.writes_of_key.size() <= operation.key) found.writes_of_key.resize(operation.key + 1);
    if (operation.function != Function::write) continue;
    writers[{operation.key, operation.argument}] = i;
    found.writes_of_key[operation.key].push_back(i);
  }
  found.source.assign(found.operations.size(), ReadsFrom::nowhere);
  for (std::size_t i = 0; i < found.operations.size(); ++i) {
    const Operation& operation = found.operations[i];
    if (!found.is_read(i)) continue;
    const auto writer = writers.find({operation.key, operation.result});
    if (writer != writers.end()) {
      found.source[i] = writer->second;
    } else if (operation.result == initial) {
      found.source[i] = ReadsFrom::initially;
    }
  }
}

void find_next(ReadsFrom& found) {
  std::map<std::uint32_t, std::size_t> last;
  found.next.resize(found.operations.size());
  for (std::size_t i = 0; i < found.operations.size(); ++i) {
    const Operation& operation = found.operations[i];
    const auto before = last.find(operation.process);
    if (before != last.end()) found.next[before->second].push_back(i);
    if (operation.outcome == Outcome::ok) last[operation.process] = i;
  }
}

}  // namespace

ReadsFrom reads_from(const History& history, Value initial) {
  ReadsFrom found;
  const History kept = relevant(history);
  found.problem = problem_of(kept, initial);
  if (!found.problem.empty()) return found;
  const std::set<Place> read = values_read(kept);
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    const Operation& operation = history.operations[i];
    if (relevant({{operation}}).operations.empty()) continue;
    const bool happened =
        operation.outcome == Outcome::ok || read.count({operation.key, operation.argument}) != 0;
    if (!happened) continue;
    found.operations.push_back(operation);
    found.positions.push_back(i);
  }
  find_sources(found, initial);
  find_next(found);
  return found;
}

}  // namespace everyway::histories
