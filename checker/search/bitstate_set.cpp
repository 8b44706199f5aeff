#include "checker/search/bitstate_set.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace everyway {

BitstateCoverage BitstateSet::coverage() const noexcept {
  constexpr std::uint64_t most_samples = std::uint64_t{1} << 16U;
  const std::uint64_t samples = std::min(table_.lines(), most_samples);
  double fill = 0;
  double omission = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    // Spread over the table; which lines these are has nothing to do with what they hold.
    const Line& line = lines()[i * (table_.lines() / samples)];
    int set = 0;
    for (const auto& word : line.words) set += std::popcount(word.load(std::memory_order_relaxed));
    const double filled = set / double{LineTable::line_bytes * 8};
    fill += filled;
    omission += std::pow(filled, bits_per_state_);
  }
  const auto count = static_cast<double>(samples);
  return {bits_per_state_, fill / count, omission / count};
}

}  // namespace everyway
