// A register with a primary copy: n1 puts all reads and writes in order, and tells the others of
// writes some time later. Each replica passes on what its client asks. The primary recovers from
// its record; nobody takes its place.
//
// Sources: Peter Alsberg and John Day, "A Principle for Resilient Sharing of Distributed Resources"
// (1976), section 3; Jim Gray, Pat Helland, Patrick O'Neil and Dennis Shasha, "The Dangers of
// Replication and a Solution" (1996), section 3: lazy master replication.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/registers.hpp"
#include "models/recorded_cluster.hpp"

namespace everyway::primary_copy_register {

struct Options : cluster::Faults {
  int replicas = 2;
  int operations = 3;

  Options() {
    duplicates = 1;
    crashes = 1;
    restarts = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (replicas, operations))

enum class MessageType : std::uint8_t { read, write, answer, update };
BOOST_DESCRIBE_ENUM(MessageType, read, write, answer, update)

struct Message {
  MessageType type{};
  std::uint8_t number = 0;  ///< of the client's operation; of an update, the primary's version
  std::uint8_t value = 0;

  [[nodiscard]] std::string text() const {
    switch (type) {
      case MessageType::read:
        return fmt::format("READ #{}", number);
      case MessageType::write:
        return fmt::format("WRITE #{} of {}", number, value);
      case MessageType::answer:
        return fmt::format("ANSWER {} to #{}", value, number);
      case MessageType::update:
        break;
    }
    return fmt::format("UPDATE to {}, version {}", value, number);
  }
};
BOOST_DESCRIBE_STRUCT(Message, (), (type, number, value))

/// The register, and what is needed to apply no write twice and no update late.
struct Durable {
  bool booted = false;
  std::uint8_t value = 0;
  std::uint8_t version = 0;
  /// The primary's: the number of the last write of each client.
  PerNode<std::uint8_t, registers::most_replicas> last_write;
};
BOOST_DESCRIBE_STRUCT(Durable, (), (booted, value, version, last_write))

struct Volatile {
  registers::Call call;
};
BOOST_DESCRIBE_STRUCT(Volatile, (), (call))

struct Process {
  static constexpr std::size_t capacity = registers::most_replicas;
  using Durable = primary_copy_register::Durable;
  using Volatile = primary_copy_register::Volatile;
  using Message = primary_copy_register::Message;
  using Timer = registers::Timer;
  using Context = cluster::Context<Process>;
  using View = cluster::View<Process>;

  static constexpr NodeId primary = NodeId::at(0);

  Mutation mutation = Mutation::none;

  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation == mistake; }

  void start(Context& context) const {
    context.memory().call.is_gone = context.durable().booted;
    context.durable().booted = true;
    context.persist();
  }

  [[nodiscard]] bool may_time_out(const View& view, Timer timer) const {
    const registers::Call& call = view.memory().call;
    return registers::is_call(timer) && registers::key_of(timer) == 0 && !call.is_waiting() &&
           !call.is_gone;
  }
  void timeout(Context& context, Timer timer) const {
    registers::Call& call = context.memory().call;
    call.begin(context.self(), timer);
    const bool reads = call.kind == small_history::Kind::read;
    if (context.self() != primary) {
      if (reads && has(Mutation::read_backup)) return call.answer(context.durable().value);
      const MessageType type = reads ? MessageType::read : MessageType::write;
      return context.send(primary, {type, call.number, call.value});
    }
    if (!reads) write(context, primary, {MessageType::write, call.number, call.value});
    call.answer(context.durable().value);
  }

  void receive(Context& context, NodeId from, const Message& message) const {
    switch (message.type) {
      case MessageType::read:
        return answer(context, from, message);
      case MessageType::write:
        return write(context, from, message);
      case MessageType::update:
        return update(context, message);
      case MessageType::answer:
        break;
    }
    registers::Call& call = context.memory().call;
    if (call.is_waiting() && call.number == message.number) call.answer(message.value);
  }

 private:
  static void answer(Context& context, NodeId client, const Message& request) {
    context.send(client, {MessageType::answer, request.number, context.durable().value});
  }

  /// The primary: on record first, then the answer, then the backups.
  void write(Context& context, NodeId client, const Message& request) const {
    Durable& durable = context.durable();
    const bool is_new = request.number > durable.last_write[client] || has(Mutation::apply_again);
    if (client != primary && has(Mutation::answer_before_record)) answer(context, client, request);
    if (is_new) {
      durable.last_write[client] = request.number;
      durable.value = request.value;
      ++durable.version;
      context.persist();
    }
    if (client != primary && !has(Mutation::answer_before_record)) {
      answer(context, client, request);
    }
    if (is_new) context.send_to_others({MessageType::update, durable.version, durable.value});
  }

  /// A backup.
  static void update(Context& context, const Message& message) {
    Durable& durable = context.durable();
    if (message.number <= durable.version) return;
    durable.version = message.number;
    durable.value = message.value;
    context.persist();
  }
};

using Network = cluster::UnorderedBag<Message, 20>;

class PrimaryCopyRegister : public registers::RecordedCluster<Process, Network> {
  using Recorded = registers::RecordedCluster<Process, Network>;

 public:
  using Options = primary_copy_register::Options;
  static constexpr std::string_view name = "primary_copy_register";
  static constexpr std::string_view summary =
      "a register with a primary copy that puts all operations in order: linearizable";
  static constexpr std::string_view source =
      "Alsberg & Day, A Principle for Resilient Sharing of Distributed Resources (1976), section "
      "3; Gray, Helland, O'Neil & Shasha, The Dangers of Replication and a Solution (1996)";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::replicas, 1, 3, "replicas, each with a client; n1 is the primary"),
        ranged(&Options::operations, 0, 8, "reads and writes in one run"),
    });
  }
  static Mutants mutants() { return primary_copy_register::mutants(); }

  PrimaryCopyRegister(const Options& options, std::string_view mutant)
      : Recorded({mutation_named<Mutation>(mutant)}, options, options.replicas, options.operations),
        options_(options) {}

  /// Unless something failed, every client gets its answers. Requests are not repeated.
  [[nodiscard]] bool may_end(const State& state) const {
    return !state.history.anyone_is_waiting() || !is_calm(state, options_);
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all{has_linearizability()};
    if (options_.replicas < 2 || options_.operations < 2) return all;
    all.push_back(passes_values_on());
    all.push_back(property::reachable(
        "A backup misses a write that has returned",
        "backups may be behind, so that a read of theirs would not be linearizable",
        [](const State& state) {
          return !state.history.anyone_is_waiting() && state.replicas.processes[1].up &&
                 state.replicas.processes[0].up &&
                 state.replicas.processes[1].disk.version <
                     state.replicas.processes[0].disk.version;
        }));
    return all;
  }

 private:
  Options options_;
};

/// `everyway check primary_copy_register`.
using Family = FamilyOf<PrimaryCopyRegister>;

}  // namespace everyway::primary_copy_register
