// What a saga must guarantee, after
// Hector Garcia-Molina and Kenneth Salem, "Sagas" (SIGMOD 1987), section 2: either all of
// T1, ..., Tn, or T1, ..., Tj, Cj, ..., C1.
#pragma once

#include <fmt/format.h>

#include <boost/describe.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "checker/model/fields.hpp"
#include "checker/model/property.hpp"

namespace everyway::saga {

/// Where one step of a saga stands, as its service has it on record.
enum class Step : std::uint8_t {
  idle,     ///< not asked for yet
  started,  ///< asked for, and neither done nor failed
  done,
  failed,       ///< without effect
  compensated,  ///< done, and its effect undone
};
BOOST_DESCRIBE_ENUM(Step, idle, started, done, failed, compensated)

/// What a service keeps of its step. The counts are there for the properties to see.
struct Record {
  Step step{};
  std::uint8_t effects = 0;        ///< how often the step took effect
  std::uint8_t compensations = 0;  ///< how often it was undone
};
BOOST_DESCRIBE_STRUCT(Record, (), (step, effects, compensations))

/// The records of all steps, and whether anything is still going on.
///
///   steps()     how many there are, numbered from 0 in the order of the saga
///   record(i)   what the service of step i has on record
///   at_rest()   whether the saga has begun, and nothing more will happen by itself: all services
///               are up, nothing is on its way, and no step is started
template <class S>
concept Steps = requires(const S steps, std::size_t index) {
  { steps.steps() } -> std::convertible_to<std::size_t>;
  { steps.record(index) } -> std::convertible_to<Record>;
  { steps.at_rest() } -> std::same_as<bool>;
};

/// The first step that is in that state; steps() if there is none.
template <Steps S>
[[nodiscard]] std::size_t first_that_is(const S& steps, Step wanted) {
  std::size_t index = 0;
  while (index < steps.steps() && steps.record(index).step != wanted) ++index;
  return index;
}

template <Steps S>
[[nodiscard]] bool completed(const S& steps) {
  for (std::size_t index = 0; index < steps.steps(); ++index) {
    if (steps.record(index).step != Step::done) return false;
  }
  return true;
}

/// A saga that has come to rest is completed, or nothing of it is left.
template <Steps S>
[[nodiscard]] Refutation completed_or_compensated(const S& steps) {
  if (!steps.at_rest() || completed(steps)) return std::nullopt;
  const std::size_t left = first_that_is(steps, Step::done);
  if (left == steps.steps()) return std::nullopt;
  for (std::size_t index = 0; index < steps.steps(); ++index) {
    const Step step = steps.record(index).step;
    if (step == Step::done) continue;
    return fmt::format("the saga is at rest, step {} is done and step {} is {}", left + 1,
                       index + 1, enum_name(step));
  }
  return std::nullopt;
}

/// A step is compensated only after all later ones are: no step is done behind one that was undone.
template <Steps S>
[[nodiscard]] Refutation reverse_order(const S& steps) {
  const std::size_t undone = first_that_is(steps, Step::compensated);
  for (std::size_t later = undone + 1; later < steps.steps(); ++later) {
    const Step step = steps.record(later).step;
    if (step != Step::done && step != Step::started) continue;
    return fmt::format("step {} is compensated while step {} is {}", undone + 1, later + 1,
                       enum_name(step));
  }
  return std::nullopt;
}

/// No step takes effect twice, however often events are delivered; nor does a compensation.
template <Steps S>
[[nodiscard]] Refutation at_most_once(const S& steps) {
  for (std::size_t index = 0; index < steps.steps(); ++index) {
    const Record record = steps.record(index);
    if (record.effects > 1) return fmt::format("step {} has taken effect twice", index + 1);
    if (record.compensations > 1) return fmt::format("step {} was compensated twice", index + 1);
  }
  return std::nullopt;
}

/// The properties of a saga whose state `reader(state)` turns into its steps.
template <class State, class Action, class Reader>
[[nodiscard]] Properties<State, Action> properties(const Reader& reader, std::size_t steps) {
  using property = PropertyOf<State, Action>;
  Properties<State, Action> all{
      property::always(
          "Completed or Compensated",
          "a saga that has come to rest is completed, or wholly compensated (Garcia-Molina & "
          "Salem, section 2)",
          [reader](const State& state) { return completed_or_compensated(reader(state)); }),
      property::always("Reverse Order",
                       "no step is compensated before the later ones (Garcia-Molina & Salem, "
                       "section 2)",
                       [reader](const State& state) { return reverse_order(reader(state)); }),
      property::always("At Most Once",
                       "no step and no compensation takes effect twice, however often events are "
                       "delivered",
                       [reader](const State& state) { return at_most_once(reader(state)); }),
      property::reachable("The saga completes", "every step may come to be done",
                          [reader](const State& state) { return completed(reader(state)); }),
  };
  if (steps < 2) return all;
  all.push_back(property::reachable("The saga is compensated",
                                    "the last step may fail, and all that was done be undone",
                                    [reader](const State& state) {
                                      const auto read = reader(state);
                                      return read.record(0).step == Step::compensated &&
                                             read.record(read.steps() - 1).step == Step::failed;
                                    }));
  return all;
}

}  // namespace everyway::saga
