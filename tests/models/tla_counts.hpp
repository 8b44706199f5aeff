#pragma once

#include <cstdint>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "checker/search/search.hpp"
#include "tests/laws/arguments.hpp"
#include "tests/models/shortest_trace.hpp"

namespace everyway::testing {

/// What TLC prints at the end of a run: states found and generated, and the depth of the graph.
struct TlcCounts {
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint32_t depth = 0;
  Verdict verdict = Verdict::holds;

  friend bool operator==(const TlcCounts&, const TlcCounts&) = default;
  friend std::ostream& operator<<(std::ostream& out, const TlcCounts& counts) {
    return out << counts.distinct << " distinct, " << counts.generated << " generated, depth "
               << counts.depth << ", " << enum_name(counts.verdict);
  }
};

/// The counts of a whole search, in the words of the command line: "--managers 3".
template <ModelFamily Family>
[[nodiscard]] TlcCounts counts_of(std::string_view parameters) {
  const auto options = options_from<Family>(parameters);
  return Family::with_model(options, "", [](const auto& model) {
    const auto result = search(model, SearchOptions{});
    return TlcCounts{result.distinct, result.generated, result.depth, result.verdict};
  });
}

/// `shortest_trace_of` the model that the command line would make of `parameters`.
template <ModelFamily Family>
[[nodiscard]] int shortest_trace(std::string_view parameters, std::string_view property,
                                 std::string_view mutant = "") {
  const auto options = options_from<Family>(parameters);
  return Family::with_model(options, mutant,
                            [&](const auto& model) { return shortest_trace_of(model, property); });
}

/// The same for a mutant, in the configuration that shows it and for the property that it breaks.
template <ModelFamily Family>
[[nodiscard]] int shortest_counterexample(std::string_view mutant) {
  for (const MutantInfo& info : Family::mutants()) {
    if (info.name == mutant) return shortest_trace<Family>(info.parameters, info.breaks, mutant);
  }
  throw std::invalid_argument("there is no mutant " + std::string(mutant));
}

}  // namespace everyway::testing
