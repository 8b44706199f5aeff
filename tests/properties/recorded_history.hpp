#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "properties/histories/history.hpp"
#include "properties/histories/judge.hpp"
#include "properties/small_history.hpp"

namespace everyway::testing {

/// A small history as properties/histories knows them. Its events are put into some order in which
/// each operation returned before those that say so, and before no others.
template <std::size_t Clients, std::size_t Each>
[[nodiscard]] histories::History recorded(const small_history::History<Clients, Each>& small) {
  histories::History history;
  std::vector<const small_history::Operation<Clients>*> operations;
  std::vector<std::size_t> index;  // by operation, among those of its client
  for (std::size_t client = 0; client < Clients; ++client) {
    for (std::size_t each = 0; each < small.invoked(NodeId::at(client)); ++each) {
      operations.push_back(&small.operations[client][each]);
      index.push_back(each);
      histories::Operation operation;
      operation.process = static_cast<std::uint32_t>(client);
      operation.key = operations.back()->key;
      const bool reads = operations.back()->kind == small_history::Kind::read;
      operation.function = reads ? histories::Function::read : histories::Function::write;
      (reads ? operation.result : operation.argument) = operations.back()->value;
      operation.outcome =
          operations.back()->is_done ? histories::Outcome::ok : histories::Outcome::info;
      history.operations.push_back(operation);
    }
  }
  // Whether operation `a` returned before operation `b` was invoked.
  const auto precedes = [&](std::size_t a, std::size_t b) {
    const std::size_t client = history.operations[a].process;
    return index[a] < operations[b]->returned_before[client];
  };
  const std::size_t count = operations.size();
  std::vector<bool> invoked(count);
  std::vector<bool> returned(count);
  histories::Position position = 0;
  for (bool is_news = true; is_news;) {
    is_news = false;
    for (std::size_t at = 0; at < count; ++at) {
      if (!invoked[at]) {
        bool may = true;
        for (std::size_t other = 0; other < count; ++other) {
          may = may && (!precedes(other, at) || returned[other]);
        }
        if (!may) continue;
        invoked[at] = true;
        history.operations[at].invoked = position++;
        is_news = true;
      } else if (!returned[at] && operations[at]->is_done) {
        bool may = true;
        for (std::size_t other = 0; other < count; ++other) {
          may = may && (other == at || precedes(at, other) || invoked[other]);
        }
        if (!may) continue;
        returned[at] = true;
        history.operations[at].responded = position++;
        is_news = true;
      }
    }
  }
  for (std::size_t at = 0; at < count; ++at) {
    if (!invoked[at] || returned[at] != operations[at]->is_done) {
      throw std::logic_error("no order of events has this real time: " + small.text());
    }
  }
  std::sort(history.operations.begin(), history.operations.end(),
            [](const auto& a, const auto& b) { return a.invoked < b.invoked; });
  return history;
}

/// Whether the history has this level. Throws `std::logic_error` if its judge does not know.
[[nodiscard]] inline bool judged(const histories::History& history,
                                 histories::Consistency consistency) {
  const auto judgement = histories::judge(history, {}, consistency);
  if (judgement.verdict == Verdict::unknown) throw std::logic_error(judgement.why);
  return judgement.verdict == Verdict::holds;
}

}  // namespace everyway::testing
