#include "checker/search/simulation_result.hpp"

#include <algorithm>

namespace everyway {

void WalkCounts::add(const WalkCounts& other) noexcept {
  walks += other.walks;
  steps += other.steps;
  turned_back += other.turned_back;
  named += other.named;
  generated += other.generated;
  longest = std::max(longest, other.longest);
  ended_at_depth += other.ended_at_depth;
  ended_as_expected += other.ended_as_expected;
  deadlocked += other.deadlocked;
  cornered += other.cornered;
  violating += other.violating;
  cut_short += other.cut_short;
}

}  // namespace everyway
