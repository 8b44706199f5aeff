#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <stdexcept>

#include "checker/model/model.hpp"
#include "checker/model/model_bound_error.hpp"

namespace everyway::testing {

enum class CounterKind : std::uint8_t { add_one, add_seven, never };
BOOST_DESCRIBE_ENUM(CounterKind, add_one, add_seven, never)
struct CounterAction {
  CounterKind kind{};
};
BOOST_DESCRIBE_STRUCT(CounterAction, (), (kind))
struct CounterState {
  std::uint32_t value = 0;
};
BOOST_DESCRIBE_STRUCT(CounterState, (), (value))

/// Counts up to `last`, by one or by seven.
struct Counter {
  using State = CounterState;
  using Action = CounterAction;
  std::uint32_t last = 1000;
  std::uint32_t no_room_at = ~0U;
  std::uint32_t broken_at = ~0U;

  void init(auto&& emit) const { emit(State{}); }
  void next(const State& state, auto&& step) const {
    if (state.value == broken_at) throw std::runtime_error("the model is broken");
    if (state.value < last) {
      step(Action{CounterKind::add_one}, [this](State& t) { add(t, 1); });
    }
    if (state.value + 7 <= last) {
      step(Action{CounterKind::add_seven}, [this](State& t) { add(t, 7); });
    }
  }
  void add(State& state, std::uint32_t amount) const {
    state.value += amount;
    if (state.value == no_room_at) throw_capacity_exceeded("counter", 1);
  }
  [[nodiscard]] bool may_end(const State& state) const { return state.value == last; }
  [[nodiscard]] Properties<State, Action> properties() const {
    using property = PropertyOf<State, Action>;
    return {
        property::always("within range", "", [this](const State& s) { return s.value <= last; })};
  }
};
static_assert(Model<Counter>);

}  // namespace everyway::testing
