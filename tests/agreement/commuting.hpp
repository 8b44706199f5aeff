#pragma once

#include <set>
#include <string_view>

namespace everyway::testing {

/// Whether the model tells which of its actions commute: others refuse a reduced search.
[[nodiscard]] inline bool tells_what_commutes(std::string_view model) {
  static const std::set<std::string_view> all{"raft",
                                              "request_vote",
                                              "paxos",
                                              "two_phase_commit",
                                              "three_phase_commit",
                                              "saga_choreography",
                                              "saga_orchestration",
                                              "rebalancing",
                                              "two_phase_tla"};
  return all.contains(model);
}

}  // namespace everyway::testing
