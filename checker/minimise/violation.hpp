#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "checker/model/model.hpp"
#include "checker/trace/replay.hpp"

namespace everyway {

/// What a reason says apart from whom and which: "n1 and n2 are both leaders of term 3" becomes
/// "# and # are both leaders of term #". Two violations of a property with reasons of one shape are
/// the same mistake with other names.
[[nodiscard]] std::string reason_shape(std::string_view reason);

/// What a run shows and must go on to show when it is made shorter: a property that is refuted, for
/// reasons of one shape; a witness of a `reachable` property; or a deadlock.
template <Model M>
class Violation {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  /// `model` must outlive this. Any reason counts until `keep_reason` was called.
  Violation(const M& model, Property<State, Action> property)
      : model_(&model), property_(std::move(property)) {}

  /// From now on, only reasons of the shape of this one count.
  void keep_reason(const std::string& reason) { shape_ = reason_shape(reason); }

  [[nodiscard]] const Property<State, Action>& property() const noexcept { return property_; }

  /// Why `state`, where a run has come to, shows it; nothing if it does not.
  [[nodiscard]] Refutation shown_by_state(const State& state) const {
    switch (property_.kind) {
      case PropertyKind::always:
        return of_the_shape(property_.refuted_by_state(state));
      case PropertyKind::always_step:
        return std::nullopt;
      case PropertyKind::reachable:
        if (!is_within(*model_, state) || !property_.witnessed_by(state)) return std::nullopt;
        return "";
      case PropertyKind::deadlock:
        break;
    }
    return deadlock(state);
  }

  /// Why this step shows it, not counting where it leads.
  [[nodiscard]] Refutation shown_by_step(const State& before, const Action& action,
                                         const State& after) const {
    if (property_.kind != PropertyKind::always_step) return std::nullopt;
    return of_the_shape(property_.refuted_by_step(before, action, after));
  }

 private:
  [[nodiscard]] Refutation of_the_shape(Refutation why) const {
    if (why && shape_ && reason_shape(*why) != *shape_) return std::nullopt;
    return why;
  }

  [[nodiscard]] Refutation deadlock(const State& state) const {
    if (!is_within(*model_, state) || is_expected_end(*model_, state)) return std::nullopt;
    bool enabled = false;
    model_->next(state, [&](const Action&, auto&&) { enabled = true; });
    if (enabled) return std::nullopt;
    return "no action is enabled";
  }

  const M* model_;
  Property<State, Action> property_;
  std::optional<std::string> shape_;
};

/// The reason that `trace` shows first; nothing if it shows none. Throws `ReplayError` if the model
/// cannot take it.
template <Model M>
[[nodiscard]] Refutation first_reason(const M& model, const Violation<M>& violation,
                                      const Trace<M>& trace) {
  Refutation why = violation.shown_by_state(trace.initial);
  replay(model, trace,
         [&](std::size_t, const StateOf<M>& before, const ActionOf<M>& action,
             const StateOf<M>& after) {
           if (!why) why = violation.shown_by_step(before, action, after);
           if (!why) why = violation.shown_by_state(after);
         });
  return why;
}

}  // namespace everyway
