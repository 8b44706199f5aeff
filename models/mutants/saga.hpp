#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "checker/model/mutant.hpp"

namespace everyway::saga_choreography {

/// What can be wrong with services that listen to each other. On the command line, dashes stand for
/// the underscores.
enum class Mutation : std::uint8_t {
  none,
  nobody_hears_reversal,
  publish_before_record,
  forget_to_publish,
  step_again,
  compensate_again,
  compensate_at_once,
};
BOOST_DESCRIBE_ENUM(Mutation, none, nobody_hears_reversal, publish_before_record, forget_to_publish,
                    step_again, compensate_again, compensate_at_once)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"nobody-hears-reversal",
       "services compensate when the next step has failed, but not when it was reversed: the "
       "handlers as they are often printed, where nobody listens to PAYMENT_REVERSED",
       "Completed or Compensated", "--crashes 0 --restarts 0 --duplicates 0", 12},
      {"publish-before-record", "a service publishes its event before its step is on record",
       "Completed or Compensated", "--steps 2 --duplicates 0", 9},
      {"forget-to-publish",
       "a service that recovers does not publish again what its crash may have kept back",
       "Completed or Compensated", "--steps 2 --duplicates 0", 3},
      {"step-again", "a service does its step again when the event is delivered again",
       "At Most Once", "--steps 2 --crashes 0 --restarts 0", 7},
      {"compensate-again", "a service compensates again when the event is delivered again",
       "At Most Once", "--steps 2 --crashes 0 --restarts 0", 7},
      {"compensate-at-once", "all services compensate as soon as any later step has failed",
       "Reverse Order", "--crashes 0 --restarts 0 --duplicates 0", 7},
  };
}

}  // namespace everyway::saga_choreography

namespace everyway::saga_orchestration {

/// What can be wrong with an orchestrator, or with the services that it calls.
enum class Mutation : std::uint8_t {
  none,
  recover_to_nothing,
  leave_first_step,
  compensate_forwards,
  step_again,
  compensate_again,
  answer_before_record,
};
BOOST_DESCRIBE_ENUM(Mutation, none, recover_to_nothing, leave_first_step, compensate_forwards,
                    step_again, compensate_again, answer_before_record)

[[nodiscard]] inline Mutants mutants() {
  return {
      {"recover-to-nothing", "an orchestrator that recovers does not take up the saga again",
       "Completed or Compensated", "--steps 2 --duplicates 0", 5},
      {"leave-first-step", "compensation ends before the first step", "Completed or Compensated",
       "--steps 2 --crashes 0 --restarts 0 --duplicates 0", 7},
      {"compensate-forwards", "compensation goes from the first step to the last", "Reverse Order",
       "--crashes 0 --restarts 0 --duplicates 0", 11},
      {"step-again", "a service does its step again when the call is delivered again",
       "At Most Once", "--steps 2 --crashes 0 --restarts 0", 6},
      {"compensate-again", "a service compensates again when the call is delivered again",
       "At Most Once", "--steps 2 --crashes 0 --restarts 0", 10},
      {"answer-before-record", "a service answers before its step is on record",
       "Completed or Compensated", "--steps 2 --duplicates 0", 8},
  };
}

}  // namespace everyway::saga_orchestration
