#pragma once

#include <stdexcept>
#include <string>

namespace everyway {

/// Thrown when a model needs more room than its state has: a full inline container, a counter past
/// its type. The search that meets it ends as `unknown` and reports the text; nothing is ever
/// truncated.
class ModelBoundError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Out of line and cold, so that the check costs the hot path one predictable branch.
[[noreturn]] void throw_capacity_exceeded(const char* container, std::size_t capacity);

}  // namespace everyway
