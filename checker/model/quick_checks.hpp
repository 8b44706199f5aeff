#pragma once

#include <cstdint>

namespace everyway {

/// Some properties of one list: bit i stands for the one at position i.
using PropertyBits = std::uint64_t;

/// What a search asks about each state and step that it meets: which properties of a list it
/// decides, with one call for all of them and without words. See `Property` for the words.
template <class State, class Action>
class QuickChecks {
 public:
  QuickChecks() = default;
  QuickChecks(const QuickChecks&) = delete;
  QuickChecks& operator=(const QuickChecks&) = delete;
  virtual ~QuickChecks() = default;

  /// The `always` properties that the state refutes.
  [[nodiscard]] virtual PropertyBits refuted_by_state(const State& state) const = 0;
  /// The `always_step` properties that the step refutes.
  [[nodiscard]] virtual PropertyBits refuted_by_step(const State& before, const Action& action,
                                                     const State& after) const = 0;
  /// The `reachable` properties of which the state is a witness.
  [[nodiscard]] virtual PropertyBits witnessed_by(const State& state) const = 0;
};

}  // namespace everyway
