// Reliable transport over a network as it is: a sender (n1) numbers its values and repeats each
// until it is acknowledged; the receiver (n2) takes each once, in order. Each of six fallacies of
// distributed computing is a switch, which makes the network worse; each has a mutant, which
// believes in it. n3, if it is there, forges messages.
//
// Signatures are taken as unforgeable: n3 can send what it likes, but not sign it. Who reads along
// is not modelled: nothing here is secret.
//
// Sources: Norman Stenning, "A data transfer protocol" (1976); K. A. Bartlett, R. A. Scantlebury
// and P. T. Wilkinson, "A Note on Reliable Full-Duplex Transmission over Half-Duplex Links" (1969),
// of which one-bit numbers are; Christian Cachin, Rachid Guerraoui and Luis Rodrigues,
// "Introduction to Reliable and Secure Distributed Programming" (2011), sections 2.4 and 3.9, for
// the properties.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/transport.hpp"
#include "models/transport_link.hpp"

namespace everyway::transport {

struct Options : cluster::Faults {
  int values = 2;
  int capacity = 3;
  int forgeries = 1;
  bool in_order = false;
  bool same_byte_order = false;

  Options() {
    drops = 1;
    duplicates = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults),
                      (values, capacity, forgeries, in_order, same_byte_order))

inline constexpr std::size_t most_values = 3;
inline constexpr std::size_t most_in_flight = 6;

/// What the forger would like to be taken.
inline constexpr unsigned forged = 99;

/// Two bytes, as they lie in a message.
struct Amount {
  std::uint8_t first = 0;
  std::uint8_t second = 0;
};
BOOST_DESCRIBE_STRUCT(Amount, (), (first, second))

/// A number of two bytes, which may lie at any address.
struct Value {
  std::uint8_t high = 0;
  std::uint8_t low = 0;

  [[nodiscard]] unsigned number() const noexcept { return high * 256U + low; }
  [[nodiscard]] std::string text() const { return std::to_string(number()); }
};
BOOST_DESCRIBE_STRUCT(Value, (), (high, low))

enum class MessageType : std::uint8_t { data, ack };
BOOST_DESCRIBE_ENUM(MessageType, data, ack)

struct Message {
  MessageType type{};
  std::uint8_t number = 0;
  Amount amount;  ///< data
  bool is_signed = false;

  [[nodiscard]] std::string text() const {
    const std::string_view origin = is_signed ? "" : ", not signed";
    if (type == MessageType::ack) return fmt::format("ACK({}{})", number, origin);
    return fmt::format("DATA({}, bytes {:02x} {:02x}{})", number, amount.first, amount.second,
                       origin);
  }
};
BOOST_DESCRIBE_STRUCT(Message, (), (type, number, amount, is_signed))

/// The values that the receiver has taken, in order.
using Taken = InlineVector<Value, most_values + 1>;

struct Volatile {
  Taken taken;                 ///< the receiver's
  std::uint8_t number = 0;     ///< the sender's: values so far
  bool is_waiting = false;     ///< the sender's: for the acknowledgement of the last one
  std::uint8_t forgeries = 0;  ///< the forger's, so far
};
BOOST_DESCRIBE_STRUCT(Volatile, (), (taken, number, is_waiting, forgeries))

enum class Timer : std::uint8_t { repeat, forge_1, forge_2, forge_3, deny_1, deny_2, deny_3 };
BOOST_DESCRIBE_ENUM(Timer, repeat, forge_1, forge_2, forge_3, deny_1, deny_2, deny_3)

struct Process {
  static constexpr std::size_t capacity = 3;
  using Durable = cluster::Nothing;
  using Volatile = transport::Volatile;
  using Message = transport::Message;
  using Timer = transport::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  static constexpr NodeId sender = NodeId::at(0);
  static constexpr NodeId receiver = NodeId::at(1);

  int values = 1;
  int forgeries = 0;
  bool same_byte_order = false;
  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  void start(Context&) const {}

  // The sender.

  [[nodiscard]] bool may_request(const View& view) const {
    return view.self() == sender && (!view.memory().is_waiting || has(Mutation::flood));
  }
  /// The client has a value: the i-th is i.
  void request(Context& context, cluster::ClientRequest) const {
    ++context.memory().number;
    context.memory().is_waiting = true;
    send_data(context);
  }
  void receive_ack(Context& context, const Message& ack) const {
    if (ack.number == numbered(context.memory().number)) context.memory().is_waiting = false;
  }

  // The receiver.

  void receive_data(Context& context, const Message& data) const {
    Taken& taken = context.memory().taken;
    const bool is_next = data.number == numbered(taken.size() + 1);
    if (is_next || has(Mutation::take_again)) taken.push_back(read(data.amount));
    // What is taken is acknowledged again when it comes again: the last ACK may be lost.
    if (!taken.empty()) context.send(sender, {MessageType::ack, numbered(taken.size()), {}, true});
  }

  // All.

  void receive(Context& context, NodeId, const Message& message) const {
    if (!message.is_signed && !has(Mutation::trust_anyone)) return;
    if (message.type == MessageType::data && context.self() == receiver) {
      return receive_data(context, message);
    }
    if (message.type == MessageType::ack && context.self() == sender) {
      receive_ack(context, message);
    }
  }

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    const Volatile& memory = view.memory();
    if (timer == Timer::repeat) {
      const bool repeats = !has(Mutation::send_once) && !has(Mutation::flood);
      return view.self() == sender && memory.is_waiting && repeats;
    }
    return view.self() == NodeId::at(2) && memory.forgeries < forgeries &&
           number_of(timer) <= values;
  }
  void timeout(Context& context, Timer timer) const {
    if (timer == Timer::repeat) return send_data(context);
    ++context.memory().forgeries;
    const std::uint8_t number = numbered(static_cast<std::size_t>(number_of(timer)));
    if (timer >= Timer::deny_1) {
      return context.send(sender, {MessageType::ack, number, {}, false});
    }
    context.send(receiver, {MessageType::data, number, written(forged), false});
  }

 private:
  [[nodiscard]] static int number_of(Timer timer) noexcept {
    const int first = static_cast<int>(timer >= Timer::deny_1 ? Timer::deny_1 : Timer::forge_1);
    return static_cast<int>(timer) - first + 1;
  }
  [[nodiscard]] std::uint8_t numbered(std::size_t count) const noexcept {
    return static_cast<std::uint8_t>(has(Mutation::one_bit_numbers) ? count % 2 : count);
  }

  /// The high byte first, whatever the order of the machine; or as in the memory of the sender, of
  /// which the low byte comes first, and of the receiver.
  [[nodiscard]] Amount written(unsigned value) const noexcept {
    const auto high = static_cast<std::uint8_t>(value / 256);
    const auto low = static_cast<std::uint8_t>(value % 256);
    return has(Mutation::host_byte_order) ? Amount{low, high} : Amount{high, low};
  }
  [[nodiscard]] Value read(Amount amount) const noexcept {
    const bool low_first = has(Mutation::host_byte_order) && same_byte_order;
    return low_first ? Value{amount.second, amount.first} : Value{amount.first, amount.second};
  }

  void send_data(Context& context) const {
    const std::uint8_t value = context.memory().number;
    context.send(receiver, {MessageType::data, numbered(value), written(value), true});
  }
};

using Network = Link<Message, most_in_flight>;

class Transport : public cluster::Cluster<Process, Network> {
  using Base = cluster::Cluster<Process, Network>;

 public:
  using Options = transport::Options;
  using property = PropertyOf<State, Action>;
  static constexpr std::string_view name = "transport";
  static constexpr std::string_view summary =
      "reliable transport, with fallacies of distributed computing as switches of the network";
  static constexpr std::string_view source =
      "Stenning, A data transfer protocol (1976); Cachin, Guerraoui & Rodrigues, Introduction to "
      "Reliable and Secure Distributed Programming (2011), sections 2.4 and 3.9";

  static Parameters<Options> parameters();
  static Mutants mutants() { return transport::mutants(); }

  Transport(const Options& options, std::string_view mutant)
      : Base({options.values, options.forgeries, options.same_byte_order,
              mutation_named<Mutation>(mutant)},
             options, options.forgeries > 0 ? 3 : 2, options.values, 0),
        options_(options) {}

  template <class Emit>
  void init(Emit&& emit) const {
    Base::init([&](State state) {
      state.network.width = static_cast<std::uint8_t>(options_.capacity);
      state.network.in_order = options_.in_order;
      emit(state);
    });
  }

  /// Where there is no latency, who waits in vain waits for what is lost.
  template <class Step>
  void next(const State& state, Step&& step) const {
    const bool in_vain = !options_.in_order || state.network.size() == 0;
    Base::next(state, [&](const Action& action, auto&& effect) {
      const bool repeats =
          action.kind == cluster::ActionKind::time_out && action.timer == Timer::repeat;
      if (in_vain || !repeats) step(action, effect);
    });
  }
  bool independent(const State&, const Action&, const Action&) const = delete;

  /// Only mutants take more than there is; what they do then does not matter.
  [[nodiscard]] bool within(const State& state) const {
    return taken(state).size() <= static_cast<std::size_t>(options_.values);
  }
  [[nodiscard]] bool stays_within(const State&, const Action& action) const noexcept {
    return action.kind != cluster::ActionKind::deliver;
  }

  /// A run ends when all values are taken.
  [[nodiscard]] bool may_end(const State& state) const {
    return taken(state).size() == static_cast<std::size_t>(options_.values);
  }

  [[nodiscard]] Properties<State, Action> properties() const;

 private:
  [[nodiscard]] static const Taken& taken(const State& state) {
    return state[Process::receiver].memory.taken;
  }

  Options options_;
};

/// The receiver has taken what nobody had sent, or not yet.
template <class State>
[[nodiscard]] Refutation created(const State& state) {
  for (const Value& taken : state[Process::receiver].memory.taken) {
    const unsigned value = taken.number();
    if (value >= 1 && value <= state[Process::sender].memory.number) continue;
    return fmt::format("n2 has taken {}, which n1 has not sent", value);
  }
  return std::nullopt;
}

template <class State>
[[nodiscard]] Refutation duplicated(const State& state) {
  const Taken& taken = state[Process::receiver].memory.taken;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!same_bytes(taken[i], taken[j])) continue;
      return fmt::format("n2 has taken {} twice", taken[i].number());
    }
  }
  return std::nullopt;
}

template <class State>
[[nodiscard]] Refutation out_of_order(const State& state) {
  const Taken& taken = state[Process::receiver].memory.taken;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (taken[i].number() == i + 1) continue;
    return fmt::format("number {} of what n2 takes is {}", i + 1, taken[i].number());
  }
  return std::nullopt;
}

template <class State>
[[nodiscard]] Refutation acknowledged_in_vain(const State& state) {
  const auto& sender = state[Process::sender].memory;
  if (sender.is_waiting || sender.number <= state[Process::receiver].memory.taken.size()) {
    return std::nullopt;
  }
  return fmt::format("n1 believes that {} was taken, and it was not", sender.number);
}

inline Parameters<Options> Transport::parameters() {
  return cluster::with_network_fault_parameters<Options>({
      ranged(&Options::values, 1, static_cast<int>(most_values), "values to be sent"),
      ranged(&Options::capacity, 1, static_cast<int>(most_in_flight),
             "messages that the network holds; more are discarded"),
      ranged(&Options::forgeries, 0, 9, "messages that n3 may forge"),
      toggle(&Options::in_order,
             "as if there were no latency: messages come in the order in which they were sent, "
             "and a timeout comes when nothing is on its way any more"),
      toggle(&Options::same_byte_order, "sender and receiver are machines of one kind"),
  });
}

inline Properties<Transport::State, Transport::Action> Transport::properties() const {
  return {
      property::always("No Creation", "nothing is taken but what was sent (Cachin et al., PL3)",
                       created<State>),
      property::always("No Duplication", "nothing is taken twice (Cachin et al., PL2)",
                       duplicated<State>),
      property::always("FIFO Delivery",
                       "what is taken is what was sent, in order, with nothing left out "
                       "(Cachin et al., section 3.9)",
                       out_of_order<State>),
      property::always("Acknowledged", "what the sender believes to be taken is",
                       acknowledged_in_vain<State>),
      property::reachable("All is taken", "all values come to the receiver",
                          [count = options_.values](const State& state) {
                            return state[Process::receiver].memory.taken.size() ==
                                   static_cast<std::size_t>(count);
                          }),
  };
}

/// `everyway check transport`.
using Family = FamilyOf<Transport>;

}  // namespace everyway::transport
