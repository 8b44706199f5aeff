// Problem 3, a saga for a journey: flight (n2), hotel (n3) and car (n4), one after the other. The
// flight and the hotel are booked; the car cannot be had. What is left?
//
// Orchestrator and services are those of models/saga_orchestration.hpp, which is the design.
#pragma once

#include <string_view>

#include "checker/catalogue/family.hpp"
#include "examples/practice/restricted.hpp"
#include "models/saga_orchestration.hpp"

namespace practice {

struct BookingOptions : everyway::cluster::Faults {
  bool tell = false;
};
BOOST_DESCRIBE_STRUCT(BookingOptions, (everyway::cluster::Faults), (tell))

class Booking : public Restricted<everyway::saga_orchestration::Orchestration> {
  using Orchestration = everyway::saga_orchestration::Orchestration;
  using Kind = everyway::cluster::ActionKind;
  using NodeId = everyway::NodeId;

 public:
  using Options = BookingOptions;
  static constexpr std::string_view name = "booking";
  static constexpr std::string_view summary =
      "problem 3: a saga of flight, hotel and car, in which the car fails";
  static constexpr std::string_view source = "Garcia-Molina & Salem 1987, section 2";

  static everyway::Parameters<Options> parameters() {
    auto all = everyway::cluster::fault_parameters<Options>();
    all.push_back(everyway::toggle(
        &Options::tell,
        "claim that the saga is never over, so that the counterexample tells how it ends"));
    return all;
  }
  static everyway::Mutants mutants() { return {}; }

  Booking(const Options& options, std::string_view /*mutant*/)
      : Restricted(Orchestration(journey(options), "")), options_(options) {}

  /// The car fails, and nothing else does.
  template <class Step>
  void next(const State& state, Step&& step) const {
    using everyway::saga_orchestration::Outcome;
    model().next(state, [&](const Action& action, auto&& effect) {
      const auto outcome = action.node == NodeId::at(3) ? Outcome::failure : Outcome::success;
      if (action.kind != Kind::time_out || action.timer == outcome) step(action, effect);
    });
  }

  /// A run ends where the orchestrator has recorded that all is undone - or, if it crashed before
  /// it had recorded the request, where nothing was begun.
  [[nodiscard]] bool may_end(const State& state) const {
    using everyway::saga_orchestration::Phase;
    return is_over(state) || state.processes[0].disk.phase == Phase::idle;
  }

  [[nodiscard]] everyway::Properties<State, Action> properties() const {
    auto all = properties_of_model(
        {"Completed or Compensated", "Reverse Order", "At Most Once", "The saga is compensated"});
    all.push_back(property::always("Never completed", "the orchestrator completes no such saga",
                                   [](const State& s) -> everyway::Refutation {
                                     using everyway::saga_orchestration::Phase;
                                     if (s.processes[0].disk.phase != Phase::completed) {
                                       return std::nullopt;
                                     }
                                     return "the saga is completed, without a car";
                                   }));
    if (!options_.tell) return all;
    all.push_back(property::always("Tell", "claimed in order to be refuted",
                                   [](const State& s) -> everyway::Refutation {
                                     if (!is_over(s)) return std::nullopt;
                                     return "the saga is over, and wholly compensated";
                                   }));
    return all;
  }

 private:
  static everyway::saga_orchestration::Options journey(const Options& options) {
    everyway::saga_orchestration::Options all;
    static_cast<everyway::cluster::Faults&>(all) = options;
    all.steps = 3;
    all.travel = true;
    return all;
  }
  [[nodiscard]] static bool is_over(const State& state) {
    return state.processes[0].disk.phase == everyway::saga_orchestration::Phase::compensated;
  }

  Options options_;
};

}  // namespace practice
