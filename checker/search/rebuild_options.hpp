#pragma once

#include <cstdint>

#include "checker/search/options.hpp"

namespace everyway {

/// A search for a state that an earlier search found.
struct Errand {
  std::uint32_t depth = 0;   ///< the state is at most so many actions from the start
  bool from_within = false;  ///< the start is a state on the way, not the initial states
  unsigned attempt = 0;      ///< how often it was not found already
  std::uint64_t found = 0;   ///< distinct states of the earlier search
};

/// The options of a search that finds again, breadth-first, what one with the completed options
/// `before` found in compact or bitstate storage.
[[nodiscard]] SearchOptions options_to_find_again(const SearchOptions& before,
                                                  const Errand& errand);

}  // namespace everyway
