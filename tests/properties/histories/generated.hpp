#pragma once

#include <random>

#include "tests/properties/histories/scene.hpp"
#include "tests/properties/histories/twin.hpp"

namespace everyway::histories::testing {

/// How a history is generated that some real system might have recorded.
struct Load {
  std::uint32_t seed = 1;
  std::uint32_t clients = 5;
  int operations = 150;
  std::uint32_t keys = 1;
  Value values = 5;  ///< written again and again; 0: every write has its own
  int indeterminate_in_100 = 0;
  bool is_queue = false;
  bool has_cas = true;
};

/// A linearizable history: each operation takes effect at a moment between its invocation and its
/// response, indeterminate ones at some later time or never. A client that had an indeterminate
/// operation goes on under a new name, as in Jepsen.
class Generated {
 public:
  explicit Generated(const Load& load)
      : load_(load),
        random_(load.seed),
        play_({load.is_queue ? ObjectKind::queue : ObjectKind::registers, nil}),
        clients_(load.clients) {
    for (std::uint32_t client = 0; client < load.clients; ++client) clients_[client].name = client;
    next_name_ = load.clients;
  }

  [[nodiscard]] History history() {
    while (begun_ < load_.operations) step(clients_[below(load_.clients)]);
    return scene_.history();
  }

 private:
  struct Client {
    std::uint32_t name = 0;
    bool is_busy = false;
    bool is_done = false;
    Operation operation;
  };

  [[nodiscard]] std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random_() % bound);
  }
  [[nodiscard]] Value value() {
    return load_.values == 0 ? ++last_value_ : 1 + below(load_.values);
  }

  [[nodiscard]] Operation operation() {
    if (load_.is_queue) return below(2) == 0 ? enqueue(value()) : dequeue();
    const std::uint32_t key = below(load_.keys);
    const std::uint32_t kind = below(load_.has_cas ? 4 : 3);
    if (kind == 3) return cas(below(load_.values + 1), value(), key);
    return kind == 0 ? write(value(), key) : read(key);
  }

  void take_effect(Client& client) {
    Operation& operation = client.operation;
    client.is_done = true;
    operation.outcome = Outcome::ok;
    for (Value result = nil; result <= last_value_ + load_.values; ++result) {
      operation.result = result;
      Play next = play_;
      if (!next.take(operation)) continue;
      play_ = next;
      return;
    }
    operation.outcome = Outcome::fail;
  }

  void step(Client& client) {
    if (!client.is_busy) {
      client.operation = operation();
      client.is_busy = true;
      client.is_done = false;
      scene_.begin(client.name, client.operation);
      ++begun_;
    } else if (!client.is_done) {
      if (static_cast<int>(below(100)) < load_.indeterminate_in_100) {
        if (below(2) == 0) take_effect(client);
        scene_.end(client.name, nil, Outcome::info);
        client.name = next_name_++;
        client.is_busy = false;
      } else {
        take_effect(client);
      }
    } else {
      scene_.end(client.name, client.operation.result, client.operation.outcome);
      client.is_busy = false;
    }
  }

  Load load_;
  std::mt19937 random_;
  Play play_;
  std::vector<Client> clients_;
  Scene scene_;
  std::uint32_t next_name_ = 0;
  Value last_value_ = nil;
  int begun_ = 0;
};

[[nodiscard]] inline History generated_history(const Load& load) {
  return Generated(load).history();
}

/// The same with one read, or dequeue, late in it that returned what was there long before.
[[nodiscard]] inline History broken_history(const Load& load) {
  History history = generated_history(load);
  std::size_t places = 0;
  for (std::size_t i = history.operations.size(); i-- > 0;) {
    Operation& operation = history.operations[i];
    const bool has_result = operation.outcome == Outcome::ok && operation.result != nil;
    if (!has_result || ++places < 10) continue;
    for (std::size_t k = i; k-- > 0;) {
      const Operation& old = history.operations[k];
      const bool is_old = old.function == operation.function && old.key == operation.key &&
                          old.outcome == Outcome::ok && old.result != operation.result &&
                          old.result != nil && k + 20 < i;
      if (!is_old) continue;
      operation.result = old.result;
      return history;
    }
  }
  return history;
}

}  // namespace everyway::histories::testing
