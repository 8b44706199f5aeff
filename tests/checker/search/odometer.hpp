#pragma once

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "checker/search/chooser.hpp"

namespace everyway::testing {

/// Counts through all sequences of choices, the last choice fastest: a walk for each of them, and
/// `advance` between two walks.
class Odometer {
 public:
  [[nodiscard]] std::uint64_t choose(std::uint64_t count) {
    if (count < 2) throw std::logic_error("there is nothing to choose");
    if (next_ == wheels_.size()) wheels_.push_back({0, count});
    if (wheels_[next_].count != count) throw std::logic_error("the walk is not deterministic");
    return wheels_[next_++].position;
  }
  /// Turns to the next sequence. False if there is none.
  [[nodiscard]] bool advance() {
    next_ = 0;
    while (!wheels_.empty() && ++wheels_.back().position == wheels_.back().count) {
      wheels_.pop_back();
    }
    return !wheels_.empty();
  }

 private:
  struct Wheel {
    std::uint64_t position;
    std::uint64_t count;
  };
  std::vector<Wheel> wheels_;
  std::size_t next_ = 0;
};
static_assert(Chooser<Odometer>);

}  // namespace everyway::testing
