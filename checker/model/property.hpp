#pragma once

#include <boost/describe/enum.hpp>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace everyway {

/// What a property speaks about.
enum class PropertyKind : std::uint8_t {
  always,       ///< a state refutes it
  always_step,  ///< a transition refutes it: logs that only grow, terms that never fall
  reachable,    ///< an exhausted search that never saw it refutes it: no vacuous success
  deadlock,     ///< a state with no enabled action, unless the model expects it to end there
};
BOOST_DESCRIBE_ENUM(PropertyKind, always, always_step, reachable, deadlock)

/// Why a property fails, in words; nothing when it holds.
using Refutation = std::optional<std::string>;

/// One claim about a model. Made by `always`, `always_step` or `reachable` below.
template <class State, class Action>
struct Property {
  PropertyKind kind;
  std::string name;     ///< the name of the literature, such as "Election Safety"
  std::string meaning;  ///< one sentence, with its source
  /// For `always`: why this state refutes it.
  std::function<Refutation(const State&)> refuted_by_state;
  /// For `always_step`: why this transition refutes it.
  std::function<Refutation(const State&, const Action&, const State&)> refuted_by_step;
  /// For `reachable`: whether this state is a witness.
  std::function<bool(const State&)> witnessed_by;
};

template <class State, class Action>
using Properties = std::vector<Property<State, Action>>;

/// Makes the properties of one model; `Make<State, Action>{}.always(...)` reads best through
/// `using property = PropertyOf<State, Action>` in the model.
template <class State, class Action>
struct PropertyOf {
  using Made = Property<State, Action>;

  /// Holds if no reachable state refutes it. `check` returns why it fails (a `Refutation`), or
  /// whether it holds (a bool).
  template <class Check>
  requires std::invocable<const Check&, const State&>
  [[nodiscard]] static Made always(std::string name, std::string meaning, Check check) {
    Made made{PropertyKind::always, std::move(name), std::move(meaning), {}, {}, {}};
    if constexpr (std::same_as<std::invoke_result_t<const Check&, const State&>, bool>) {
      made.refuted_by_state = [check](const State& state) -> Refutation {
        if (check(state)) return std::nullopt;
        return "the state does not satisfy it";
      };
    } else {
      made.refuted_by_state = std::move(check);
    }
    return made;
  }

  /// Holds if no reachable transition refutes it.
  template <class Check>
  requires std::invocable<const Check&, const State&, const Action&, const State&>
  [[nodiscard]] static Made always_step(std::string name, std::string meaning, Check check) {
    using Result = std::invoke_result_t<const Check&, const State&, const Action&, const State&>;
    Made made{PropertyKind::always_step, std::move(name), std::move(meaning), {}, {}, {}};
    if constexpr (std::same_as<Result, bool>) {
      made.refuted_by_step = [check](const State& before, const Action& action,
                                     const State& after) -> Refutation {
        if (check(before, action, after)) return std::nullopt;
        return "the step does not satisfy it";
      };
    } else {
      made.refuted_by_step = std::move(check);
    }
    return made;
  }

  /// Holds if some reachable state is a witness.
  template <std::predicate<const State&> Check>
  [[nodiscard]] static Made reachable(std::string name, std::string meaning, Check check) {
    return {PropertyKind::reachable, std::move(name), std::move(meaning), {}, {}, std::move(check)};
  }
};

}  // namespace everyway
