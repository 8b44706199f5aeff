#pragma once

#include <cstdint>

namespace everyway {

/// How a visited set names a state that it holds. What the number means is the set's business.
using StateId = std::uint64_t;
/// The parent of an initial state.
inline constexpr StateId no_parent = 0;

/// The answer of a visited set to an insertion.
struct Inserted {
  StateId id;
  bool fresh;  ///< whether the state was not there before
};

}  // namespace everyway
