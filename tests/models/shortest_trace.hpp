#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "checker/search/search.hpp"

namespace everyway::testing {

/// Actions of the shortest trace that settles the property: a counterexample, which violates it, or
/// a witness; -1 if no reachable state has one. The search must be exhaustive to say so.
template <Model M>
[[nodiscard]] int shortest_trace_of(const M& model, std::string_view property) {
  SearchOptions only;
  only.properties = {std::string(property)};
  const auto result = search(model, only);
  const auto& outcome = result.properties.front();
  if (!outcome.trace) {
    EXPECT_EQ(result.stop, Stop::exhausted) << property;
    return -1;
  }
  const bool is_witness = outcome.kind == PropertyKind::reachable;
  EXPECT_EQ(result.verdict, is_witness ? Verdict::holds : Verdict::violated) << property;
  return static_cast<int>(outcome.trace->actions.size());
}

}  // namespace everyway::testing
