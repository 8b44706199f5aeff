// A saga by orchestration: an orchestrator calls one service after the other, and when a step
// fails, it calls those that are done to compensate, the last one first. It writes its progress
// down before each call; after a crash it repeats the call that its record says it was at. Services
// answer a call that they have answered before as they did then.
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

namespace everyway::saga_orchestration {

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

enum class MessageType : std::uint8_t {
  do_step,
  done,
  failed,
  compensate,
  compensated,
  came_back,
};
BOOST_DESCRIBE_ENUM(MessageType, do_step, done, failed, compensate, compensated, came_back)

/// A call of the orchestrator to a service, or the answer to one.
struct Message {
  MessageType type{};
  std::uint8_t step = 0;  ///< from 0
};
BOOST_DESCRIBE_STRUCT(Message, (), (type, step))

/// How a started step comes out: either may happen.
enum class Outcome : std::uint8_t { success, failure };
BOOST_DESCRIBE_ENUM(Outcome, success, failure)

/// What the orchestrator has decided.
enum class Phase : std::uint8_t { idle, forwards, backwards, completed, compensated };
BOOST_DESCRIBE_ENUM(Phase, idle, forwards, backwards, completed, compensated)

/// The orchestrator's record, or a service's.
struct Durable {
  bool booted = false;
  Phase phase{};         ///< the orchestrator's
  std::uint8_t at = 0;   ///< the orchestrator's: the step that it is calling, from 0
  std::uint8_t end = 0;  ///< the orchestrator's, going backwards: the step that failed
  Record record;         ///< a service's
};
BOOST_DESCRIBE_STRUCT(Durable, (), (booted, phase, at, end, record))

/// n1 is the orchestrator; n2 does step 1, and so on.
struct Process {
  static constexpr std::size_t capacity = 5;
  using Durable = saga_orchestration::Durable;
  using Volatile = cluster::Nothing;
  using Message = saga_orchestration::Message;
  using Timer = Outcome;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  static constexpr NodeId orchestrator = NodeId::at(0);

  bool travel = false;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  /// After a crash: calls and answers may not have gone out, or may have been lost.
  void start(Context& context) const {
    if (!context.durable().booted) {
      context.durable().booted = true;
      return context.persist();
    }
    if (context.self() != orchestrator) return send_back(context, MessageType::came_back);
    if (!has(Mutation::recover_to_nothing)) call(context);
  }

  [[nodiscard]] bool may_request(const View& view) const {
    return view.self() == orchestrator && view.durable().phase == Phase::idle;
  }
  void request(Context& context, cluster::ClientRequest) const {
    go_to(context, Phase::forwards, 0);
  }

  void receive(Context& context, NodeId, const Message& message) const {
    switch (message.type) {
      case MessageType::do_step:
        return receive_do_step(context);
      case MessageType::compensate:
        return receive_compensate(context);
      case MessageType::came_back:
        if (message.step == context.durable().at) call(context);
        return;
      case MessageType::done:
      case MessageType::failed:
      case MessageType::compensated:
        return receive_answer(context, message);
    }
  }

  [[nodiscard]] bool may_time_out(const View& view, Outcome) const {
    return view.durable().record.step == Step::started;
  }
  void timeout(Context& context, Outcome outcome) const {
    Record& record = context.durable().record;
    if (outcome == Outcome::success) ++record.effects;
    record.step = outcome == Outcome::success ? Step::done : Step::failed;
    record_and_answer(context);
  }

  [[nodiscard]] std::string describe(const Message& message) const {
    const saga::StepNames& names = (travel ? saga::travel_names : saga::order_names)[message.step];
    switch (message.type) {
      case MessageType::do_step:
        return fmt::format("call for {}", names.done);
      case MessageType::compensate:
        return fmt::format("call for {}", names.reversed);
      case MessageType::done:
        return std::string(names.done);
      case MessageType::failed:
        return std::string(names.failed);
      case MessageType::compensated:
        return std::string(names.reversed);
      case MessageType::came_back:
        break;
    }
    return "I AM BACK";
  }

 private:
  // The orchestrator.

  [[nodiscard]] static std::size_t steps(const Context& context) { return context.size() - 1; }

  /// Progress is on record before anybody hears of it.
  void go_to(Context& context, Phase phase, std::size_t at) const {
    context.durable().phase = phase;
    context.durable().at = static_cast<std::uint8_t>(at);
    context.persist();
    call(context);
  }
  static void call(Context& context) {
    const Phase phase = context.durable().phase;
    const std::uint8_t at = context.durable().at;
    const NodeId service = NodeId::at(at + std::size_t{1});
    if (phase == Phase::forwards) context.send(service, {MessageType::do_step, at});
    if (phase == Phase::backwards) context.send(service, {MessageType::compensate, at});
  }

  void receive_answer(Context& context, const Message& answer) const {
    const Durable& durable = context.durable();
    const std::size_t step = answer.step;
    const MessageType type = answer.type;
    if (step != durable.at) return;
    if (durable.phase == Phase::forwards && type == MessageType::done) {
      if (step + 1 == steps(context)) return go_to(context, Phase::completed, step);
      return go_to(context, Phase::forwards, step + 1);
    }
    if (durable.phase == Phase::forwards && type == MessageType::failed) {
      return begin_compensation(context, step);
    }
    if (durable.phase == Phase::backwards && type == MessageType::compensated) {
      continue_compensation(context, step);
    }
  }
  void begin_compensation(Context& context, std::size_t failed) const {
    const std::size_t last = has(Mutation::leave_first_step) ? 1 : 0;
    context.durable().end = static_cast<std::uint8_t>(failed);
    if (failed <= last) return go_to(context, Phase::compensated, 0);
    go_to(context, Phase::backwards, has(Mutation::compensate_forwards) ? 0 : failed - 1);
  }
  void continue_compensation(Context& context, std::size_t step) const {
    if (has(Mutation::compensate_forwards)) {
      const bool finished = step + 1 == context.durable().end;
      return go_to(context, finished ? Phase::compensated : Phase::backwards,
                   finished ? step : step + 1);
    }
    const std::size_t last = has(Mutation::leave_first_step) ? 1 : 0;
    if (step == last) return go_to(context, Phase::compensated, step);
    go_to(context, Phase::backwards, step - 1);
  }

  // A service.

  void receive_do_step(Context& context) const {
    Record& record = context.durable().record;
    const bool again = has(Mutation::step_again) && record.step == Step::done;
    if (record.step != Step::idle && !again) return answer(context);
    record.step = Step::started;
    context.persist();
  }
  void receive_compensate(Context& context) const {
    Record& record = context.durable().record;
    const bool again = has(Mutation::compensate_again) && record.step == Step::compensated;
    if (record.step != Step::done && !again) return answer(context);
    ++record.compensations;
    record.step = Step::compensated;
    record_and_answer(context);
  }
  void record_and_answer(Context& context) const {
    if (has(Mutation::answer_before_record)) answer(context);
    context.persist();
    if (!has(Mutation::answer_before_record)) answer(context);
  }
  static void answer(Context& context) {
    const Step step = context.durable().record.step;
    if (step == Step::done) send_back(context, MessageType::done);
    if (step == Step::failed) send_back(context, MessageType::failed);
    if (step == Step::compensated) send_back(context, MessageType::compensated);
  }
  static void send_back(Context& context, MessageType type) {
    context.send(orchestrator, {type, static_cast<std::uint8_t>(context.self().index() - 1)});
  }
};

/// The steps of a state, as the properties read them.
template <class State>
struct StepsOf {
  const State& state;
  std::size_t count;

  [[nodiscard]] std::size_t steps() const noexcept { return count; }
  [[nodiscard]] const Record& record(std::size_t index) const {
    return state.processes[index + 1].disk.record;
  }
  [[nodiscard]] bool at_rest() const {
    const auto& orchestrator = state.processes[0];
    if (!orchestrator.up || orchestrator.disk.phase == Phase::idle) return false;
    if (state.network.size() != 0) return false;
    for (std::size_t index = 0; index < count; ++index) {
      if (!state.processes[index + 1].up || record(index).step == Step::started) return false;
    }
    return true;
  }
};

class Orchestration : public cluster::Cluster<Process, cluster::UnorderedBag<Message, 32>> {
  using Base = cluster::Cluster<Process, cluster::UnorderedBag<Message, 32>>;

 public:
  using Options = saga_orchestration::Options;
  static constexpr std::string_view name = "saga_orchestration";
  static constexpr std::string_view summary =
      "a saga directed by an orchestrator that may crash at any point and recover from its record";
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
  static Mutants mutants() { return saga_orchestration::mutants(); }

  Orchestration(const Options& options, std::string_view mutant)
      : Base({options.travel, mutation_named<Mutation>(mutant)}, options,
             static_cast<std::size_t>(options.steps) + 1, 1, 0) {}

  [[nodiscard]] Properties<State, Action> properties() const {
    const std::size_t steps = this->size() - 1;
    const auto reader = [steps](const State& state) { return StepsOf<State>{state, steps}; };
    return saga::properties<State, Action>(reader, steps);
  }

  /// Where nothing can happen any more, Completed or Compensated says whether that is right.
  [[nodiscard]] bool may_end(const State&) const { return true; }
};

/// `everyway check saga_orchestration`.
using Family = FamilyOf<Orchestration>;

}  // namespace everyway::saga_orchestration
