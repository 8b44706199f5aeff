// A saga by choreography: services that listen to each other's events on a bus, which delivers them
// at least once and in any order. Service i does step i when step i-1 is done; when step i+1 has
// failed or was reversed, it reverses its own. What a service has on record decides what an event
// means, so that one delivered again means nothing; and after a crash it publishes again what its
// record says, since the crash may have come before (a transactional outbox). The bus keeps an
// event until its receiver has dealt with it: here, who comes back after a crash asks for what it
// may have missed, and the others publish once more.
//
// Source: Hector Garcia-Molina and Kenneth Salem, "Sagas" (SIGMOD 1987); Chris Richardson,
// "Microservices Patterns" (2018), chapter 4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/saga.hpp"
#include "models/saga_names.hpp"
#include "properties/saga.hpp"

namespace everyway::saga_choreography {

using saga::Record;
using saga::Step;

struct Options : cluster::Faults {
  int steps = 3;
  bool travel = false;

  Options() {
    crashes = 1;
    restarts = 1;
    duplicates = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (steps, travel))

enum class EventType : std::uint8_t { done, failed, reversed, came_back };
BOOST_DESCRIBE_ENUM(EventType, done, failed, reversed, came_back)

/// What a service publishes about its own step, or that it has come back after a crash.
struct Event {
  EventType type{};
  std::uint8_t step = 0;  ///< from 0
};
BOOST_DESCRIBE_STRUCT(Event, (), (type, step))

/// How a started step comes out: either may happen.
enum class Outcome : std::uint8_t { success, failure };
BOOST_DESCRIBE_ENUM(Outcome, success, failure)

struct Durable {
  bool booted = false;
  Record record;
};
BOOST_DESCRIBE_STRUCT(Durable, (), (booted, record))

struct Service {
  static constexpr std::size_t capacity = 4;
  using Durable = saga_choreography::Durable;
  using Volatile = cluster::Nothing;
  using Message = Event;
  using Timer = Outcome;
  using Context = cluster::Context<Service>;
  using View = cluster::View<Service>;

  bool travel = false;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  /// After a crash: what is on record may not have been published, and what others published may
  /// have been lost.
  void start(Context& context) const {
    if (!context.durable().booted) {
      context.durable().booted = true;
      return context.persist();
    }
    if (has(Mutation::forget_to_publish)) return;
    publish_record(context);
    context.send_to_others(event_of(context, EventType::came_back));
  }

  [[nodiscard]] bool may_request(const View& view) const {
    return view.self() == NodeId::at(0) && view.durable().record.step == Step::idle;
  }
  void request(Context& context, cluster::ClientRequest) const { enter(context, Step::started); }

  [[nodiscard]] bool may_time_out(const View& view, Outcome) const {
    return view.durable().record.step == Step::started;
  }
  void timeout(Context& context, Outcome outcome) const {
    if (outcome == Outcome::failure) {
      return record_and_publish(context, Step::failed, EventType::failed);
    }
    ++context.durable().record.effects;
    record_and_publish(context, Step::done, EventType::done);
  }

  void receive(Context& context, NodeId from, const Event& event) const {
    const std::size_t self = context.self().index();
    const std::size_t other = from.index();
    const Step step = context.durable().record.step;
    if (event.type == EventType::came_back) return publish_record(context);
    if (event.type == EventType::done) {
      const bool again = has(Mutation::step_again) && step == Step::done;
      if (other + 1 == self && (step == Step::idle || again)) enter(context, Step::started);
      return;
    }
    const bool next = other == self + 1 || (has(Mutation::compensate_at_once) && other > self);
    if (!next || (event.type == EventType::reversed && has(Mutation::nobody_hears_reversal)))
      return;
    const bool again = has(Mutation::compensate_again) && step == Step::compensated;
    if (step != Step::done && !again) return;
    ++context.durable().record.compensations;
    record_and_publish(context, Step::compensated, EventType::reversed);
  }

  [[nodiscard]] std::string describe(const Event& event) const {
    const saga::StepNames& names = (travel ? saga::travel_names : saga::order_names)[event.step];
    if (event.type == EventType::came_back) return "I AM BACK";
    if (event.type == EventType::done) return std::string(names.done);
    return std::string(event.type == EventType::failed ? names.failed : names.reversed);
  }

 private:
  static void enter(Context& context, Step step) {
    context.durable().record.step = step;
    context.persist();
  }
  void record_and_publish(Context& context, Step step, EventType type) const {
    if (has(Mutation::publish_before_record)) publish(context, type);
    enter(context, step);
    if (!has(Mutation::publish_before_record)) publish(context, type);
  }
  static void publish(Context& context, EventType type) {
    context.send_to_others(event_of(context, type));
  }
  static Event event_of(const Context& context, EventType type) {
    return {type, static_cast<std::uint8_t>(context.self().index())};
  }
  static void publish_record(Context& context) {
    switch (context.durable().record.step) {
      case Step::idle:
      case Step::started:
        return;
      case Step::done:
        return publish(context, EventType::done);
      case Step::failed:
        return publish(context, EventType::failed);
      case Step::compensated:
        return publish(context, EventType::reversed);
    }
  }
};

/// The steps of a state, as the properties read them.
template <class State>
struct StepsOf {
  const State& state;
  std::size_t count;

  [[nodiscard]] std::size_t steps() const noexcept { return count; }
  [[nodiscard]] const Record& record(std::size_t index) const {
    return state.processes[index].disk.record;
  }
  [[nodiscard]] bool at_rest() const {
    if (state.network.size() != 0 || record(0).step == Step::idle) return false;
    for (std::size_t index = 0; index < count; ++index) {
      if (!state.processes[index].up || record(index).step == Step::started) return false;
    }
    return true;
  }
};

class Choreography : public cluster::Cluster<Service, cluster::UnorderedBag<Event, 32>> {
  using Base = cluster::Cluster<Service, cluster::UnorderedBag<Event, 32>>;

 public:
  using Options = saga_choreography::Options;
  static constexpr std::string_view name = "saga_choreography";
  static constexpr std::string_view summary =
      "a saga of services that listen to each other's events, delivered at least once";
  static constexpr std::string_view source =
      "Garcia-Molina & Salem, Sagas (SIGMOD 1987); Richardson, Microservices Patterns (2018), "
      "chapter 4";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::steps, 1, 4, "services, each with one step of the saga"),
        toggle(&Options::travel,
               "tell of flight, hotel and car instead of order, payment and shipment"),
    });
  }
  static Mutants mutants() { return saga_choreography::mutants(); }

  Choreography(const Options& options, std::string_view mutant)
      : Base({options.travel, mutation_named<Mutation>(mutant)}, options,
             static_cast<std::size_t>(options.steps), 1, 0) {}

  [[nodiscard]] Properties<State, Action> properties() const {
    const auto reader = [size = this->size()](const State& state) {
      return StepsOf<State>{state, size};
    };
    return saga::properties<State, Action>(reader, this->size());
  }

  /// Where nothing can happen any more, Completed or Compensated says whether that is right.
  [[nodiscard]] bool may_end(const State&) const { return true; }
};

/// `everyway check saga_choreography`.
using Family = FamilyOf<Choreography>;

}  // namespace everyway::saga_choreography
