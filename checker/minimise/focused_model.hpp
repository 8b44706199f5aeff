#pragma once

#include "checker/minimise/violation.hpp"

namespace everyway {

/// A model with one question: how soon does a run show a violation? The model and the violation
/// must outlive it.
template <Model M>
class FocusedModel {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  FocusedModel(const M& model, const Violation<M>& violation)
      : model_(&model), violation_(&violation) {}

  void init(auto&& emit) const { model_->init(emit); }
  void next(const State& state, auto&& step) const { model_->next(state, step); }
  void apply(State& state, const Action& action) const requires ModelThatApplies<M> {
    model_->apply(state, action);
  }
  [[nodiscard]] bool within(const State& state) const requires BoundedModel<M> {
    return model_->within(state);
  }
  [[nodiscard]] Interchangeable interchangeable() const requires SymmetricModel<M> {
    return model_->interchangeable();
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    using property = PropertyOf<State, Action>;
    Properties<State, Action> all;
    const Violation<M>* const violation = violation_;
    if (violation->property().kind == PropertyKind::always_step) {
      all.push_back(property::always_step(
          "violation", "",
          [violation](const State& before, const Action& action, const State& after) -> Refutation {
            return violation->shown_by_step(before, action, after);
          }));
    } else {
      all.push_back(
          property::always("violation", "", [violation](const State& state) -> Refutation {
            return violation->shown_by_state(state);
          }));
    }
    return all;
  }

 private:
  const M* model_;
  const Violation<M>* violation_;
};

}  // namespace everyway
