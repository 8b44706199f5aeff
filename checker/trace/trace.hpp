#pragma once

#include <vector>

#include "checker/model/model.hpp"

namespace everyway {

/// A run: an initial state and the actions taken from it. The states between are never stored;
/// `replay` computes them again.
template <Model M>
struct Trace {
  StateOf<M> initial;
  std::vector<ActionOf<M>> actions;
};

}  // namespace everyway
