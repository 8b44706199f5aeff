#pragma once

#include <concepts>
#include <string>

#include "checker/model/fields.hpp"
#include "checker/model/property.hpp"
#include "checker/model/renaming.hpp"

namespace everyway {

namespace detail {

/// Stands for whatever a caller passes as `emit` when the concept is checked.
template <class State>
struct ArchetypeOfEmit {
  void operator()(const State&) const {}
};

/// Stands for whatever a caller passes as `step`.
template <class State, class Action>
struct ArchetypeOfStep {
  template <std::invocable<State&> Effect>
  void operator()(const Action&, Effect&&) const {}
};

}  // namespace detail

/// A state: flat, and every byte of it belongs to a field named in its description.
template <class T>
concept ModelState = FullyDescribed<T>;

/// An action: flat, fully described, and of a `kind` that names the rule it is an instance of.
template <class T>
concept ModelAction = FullyDescribed<T> && requires(const T action) {
  requires DescribedEnum<std::remove_cvref_t<decltype(action.kind)>>;
};

/// A protocol as guarded commands with lazy effects.
///
///   init(emit)         calls emit(state) once per initial state;
///   next(state, step)  calls step(action, effect) once per ENABLED action, where effect(State&)
///                      turns the state into the successor.
///
/// The actions of one state are distinct, and both functions are deterministic. The effect runs
/// only if the caller wants that successor, so that exploring, walking, replaying and fuzzing share
/// `next`.
///
/// Optional members, used when present:
///   void apply(State&, action) the effect of an enabled action, without naming the others: a walk
///                             then names the actions of a state once, not twice;
///   bool within(state)        the bound of the search (TLC's CONSTRAINT): a state outside is
///   checked
///                             and counted as generated, but neither distinct nor expanded;
///   bool may_end(state)       whether having no enabled action is expected here, not a deadlock;
///   bool offers(kind)         whether this configuration has actions of that kind at all: one that
///   it
///                             does not offer is not missed when it was never taken;
///   bool independent(state, a, b)
///                             of two different actions, both enabled in `state`: true only if they
///                             commute there. Each is still enabled after the other, as the same
///                             action (byte by byte), and both orders lead to the same state. To
///                             say false is always allowed. An order in which the model has no room
///                             (`ModelBoundError`) is as if it had: the search ends there anyway;
///   bool stays_within(state, action)
///                             of an action enabled in a state within the bound: true only if it
///                             leads to a state within the bound. To say false is always allowed,
///                             but tells a reduction less;
///   std::string explain(before, action, after)
///                             the sentence of a story for this step;
///   properties()              `Properties<State, Action>`: what must hold;
///   interchangeable()         `Interchangeable`: the names that do not matter, for symmetry
///                             reduction. A search checks the claim on the first states that it
///                             meets.
template <class M>
concept Model = ModelState<typename M::State> && ModelAction<typename M::Action> &&
    requires(const M model, const typename M::State state,
             detail::ArchetypeOfEmit<typename M::State> emit,
             detail::ArchetypeOfStep<typename M::State, typename M::Action> step) {
  model.init(emit);
  model.next(state, step);
};

template <class M>
using StateOf = typename M::State;
template <class M>
using ActionOf = typename M::Action;

template <class M>
concept ModelThatApplies = Model<M> &&
    requires(const M model, StateOf<M> state, const ActionOf<M> action) {
  model.apply(state, action);
};
template <class M>
concept BoundedModel = Model<M> && requires(const M model, const StateOf<M> state) {
  { model.within(state) } -> std::same_as<bool>;
};
template <class M>
concept ModelThatMayEnd = Model<M> && requires(const M model, const StateOf<M> state) {
  { model.may_end(state) } -> std::same_as<bool>;
};
template <class M>
using KindOf = std::remove_cvref_t<decltype(ActionOf<M>::kind)>;

template <class M>
concept ModelThatOffers = Model<M> && requires(const M model, const KindOf<M> kind) {
  { model.offers(kind) } -> std::same_as<bool>;
};
/// A model that can tell which of its actions commute: what partial-order reduction needs.
template <class M>
concept ModelWithIndependence = Model<M> &&
    requires(const M model, const StateOf<M> state, const ActionOf<M> action) {
      { model.independent(state, action, action) } -> std::same_as<bool>;
    };
template <class M>
concept ModelThatStaysWithin = BoundedModel<M> &&
    requires(const M model, const StateOf<M> state, const ActionOf<M> action) {
      { model.stays_within(state, action) } -> std::same_as<bool>;
    };
template <class M>
concept ModelThatExplains = Model<M> &&
    requires(const M model, const StateOf<M> state, const ActionOf<M> action) {
  { model.explain(state, action, state) } -> std::convertible_to<std::string>;
};
template <class M>
concept SymmetricModel = Model<M> && requires(const M model) {
  { model.interchangeable() } -> std::same_as<Interchangeable>;
};
template <class M>
concept ModelWithProperties = Model<M> && requires(const M model) {
  { model.properties() } -> std::same_as<Properties<StateOf<M>, ActionOf<M>>>;
};

/// Whether `state` is inside the model's bound; always, for a model without one.
template <Model M>
[[nodiscard]] bool is_within(const M& model, const StateOf<M>& state) {
  if constexpr (BoundedModel<M>) {
    return model.within(state);
  } else {
    return true;
  }
}

/// Whether `action`, enabled in `state` within the bound, is known to lead within it without asking
/// where it leads.
template <Model M>
[[nodiscard]] bool surely_stays_within(const M& model, const StateOf<M>& state,
                                       const ActionOf<M>& action) {
  if constexpr (ModelThatStaysWithin<M>) {
    return model.stays_within(state, action);
  } else {
    return !BoundedModel<M>;
  }
}

/// Whether a state without enabled actions is an expected end; never, unless the model says so.
template <Model M>
[[nodiscard]] bool is_expected_end(const M& model, const StateOf<M>& state) {
  if constexpr (ModelThatMayEnd<M>) {
    return model.may_end(state);
  } else {
    return false;
  }
}

/// Whether actions of this kind can be enabled at all; always, unless the model says otherwise.
template <Model M>
[[nodiscard]] bool is_offered(const M& model, KindOf<M> kind) {
  if constexpr (ModelThatOffers<M>) {
    return model.offers(kind);
  } else {
    return true;
  }
}

template <Model M>
[[nodiscard]] Properties<StateOf<M>, ActionOf<M>> properties_of(const M& model) {
  if constexpr (ModelWithProperties<M>) {
    return model.properties();
  } else {
    return {};
  }
}

}  // namespace everyway
