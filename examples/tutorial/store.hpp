// A client, and a store that acknowledges what it has written to its disk - or does so too early.
#pragma once

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"

namespace store {

/// What a crash leaves, as far as it was persisted.
struct Disk {
  std::uint8_t value = 0;
};
BOOST_DESCRIBE_STRUCT(Disk, (), (value))

/// What a crash takes.
struct Memory {
  std::uint8_t acknowledged = 0;
};
BOOST_DESCRIBE_STRUCT(Memory, (), (acknowledged))

struct Message {
  bool is_write = false;
  std::uint8_t value = 0;
};
BOOST_DESCRIBE_STRUCT(Message, (), (is_write, value))

/// What one process does; n1 is the client, n2 the store.
struct ClientOrStore {
  static constexpr std::size_t capacity = 2;
  using Durable = Disk;
  using Volatile = Memory;
  using Message = store::Message;
  using Context = everyway::cluster::Context<ClientOrStore>;

  bool acknowledge_first = false;

  void start(Context& context) const {
    if (context.self() == client()) context.send(server(), {true, 7});
  }
  void receive(Context& context, everyway::NodeId from, const Message& message) const {
    if (!message.is_write) {
      context.memory().acknowledged = message.value;
      return;
    }
    context.durable().value = message.value;
    if (acknowledge_first) context.send(from, {false, message.value});
    context.persist();
    if (!acknowledge_first) context.send(from, {false, message.value});
  }

  static constexpr everyway::NodeId client() { return everyway::NodeId::at(0); }
  static constexpr everyway::NodeId server() { return everyway::NodeId::at(1); }
};

using Network = everyway::cluster::UnorderedBag<Message, 8>;

class Store : public everyway::cluster::Cluster<ClientOrStore, Network> {
 public:
  static constexpr std::string_view name = "store";
  static constexpr std::string_view summary = "a store that acknowledges what it has written";
  static constexpr std::string_view source = "folklore";
  using Options = everyway::cluster::Faults;

  Store(const Options& faults, std::string_view mutant)
      : Cluster({mutant == "acknowledge-first"}, faults, 2, 0, 0) {}

  [[nodiscard]] static bool may_end(const State&) { return true; }

  [[nodiscard]] static everyway::Properties<State, Action> properties() {
    using property = everyway::PropertyOf<State, Action>;
    return {
        property::always("Durability", "what was acknowledged is on the store's disk",
                         [](const State& s) -> everyway::Refutation {
                           const auto known = s[ClientOrStore::client()].memory.acknowledged;
                           const auto kept = s[ClientOrStore::server()].disk.value;
                           if (known == 0 || known == kept) return std::nullopt;
                           return fmt::format("{} was acknowledged, {} is on the disk", known,
                                              kept);
                         }),
        property::reachable(
            "Acknowledged", "the client comes to know that its write was done",
            [](const State& s) { return s[ClientOrStore::client()].memory.acknowledged != 0; }),
    };
  }
  static everyway::Parameters<Options> parameters() {
    return everyway::cluster::fault_parameters<Options>();
  }
  static everyway::Mutants mutants() {
    return {{"acknowledge-first", "the store acknowledges before it writes to its disk",
             "Durability", "--crashes 1", 2}};
  }
};

}  // namespace store
