// Histories of a few operations on registers, small enough to be part of a model's state, and what
// makes them linearizable, sequential or causal: the definitions themselves, by trying every order.
// Larger histories, recorded from real systems, are for properties/histories.
//
// Sources: Maurice Herlihy and Jeannette Wing, "Linearizability: A Correctness Condition for
// Concurrent Objects" (1990), section 2; Leslie Lamport, "How to Make a Multiprocessor Computer
// That Correctly Executes Multiprocess Programs" (1979); Mustaque Ahamad, Gil Neiger, James Burns,
// Prince Kohli and Phillip Hutto, "Causal Memory: Definitions, Implementation, and Programming"
// (1995), section 2.
#pragma once

#include <fmt/format.h>

#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "checker/model/fields.hpp"

namespace everyway::small_history {

enum class Kind : std::uint8_t { none, read, write };
BOOST_DESCRIBE_ENUM(Kind, none, read, write)

/// The registers are x and y.
inline constexpr std::size_t registers = 2;

[[nodiscard]] constexpr char register_name(std::size_t key) noexcept {
  return key == 0 ? 'x' : 'y';
}

/// One operation of a client. No two write the same value, and none writes 0, which registers hold
/// at first.
template <std::size_t Clients>
struct Operation {
  Kind kind{};             ///< none: not invoked yet
  bool is_done = false;    ///< whether it has returned
  std::uint8_t key = 0;    ///< 0 for x, 1 for y
  std::uint8_t value = 0;  ///< written; of a read, what it returned
  /// How many operations of each client had returned when it was invoked: all that real time says,
  /// so that histories which differ in nothing else are one.
  PerNode<std::uint8_t, Clients> returned_before;

  [[nodiscard]] std::string text() const {
    if (kind == Kind::none) return "-";
    const char name = register_name(key);
    if (kind == Kind::write) return fmt::format("write {} {}{}", name, value, is_done ? "" : "...");
    if (!is_done) return fmt::format("read {}...", name);
    return fmt::format("read {} {}", name, value);
  }

  BOOST_DESCRIBE_CLASS(Operation, (), (kind, is_done, key, value, returned_before), (), ())
};

/// What clients asked, up to `Each` operations of each, one at a time, and what they were answered.
template <std::size_t Clients, std::size_t Each>
struct History {
  static constexpr std::size_t clients = Clients;
  static constexpr std::size_t each = Each;

  PerNode<std::array<Operation<Clients>, Each>, Clients> operations;

  /// How many operations the client has invoked.
  [[nodiscard]] std::size_t invoked(NodeId client) const noexcept {
    std::size_t count = 0;
    while (count < Each && operations[client][count].kind != Kind::none) ++count;
    return count;
  }
  [[nodiscard]] std::size_t invoked() const noexcept {
    std::size_t count = 0;
    for (std::size_t client = 0; client < Clients; ++client) count += invoked(NodeId::at(client));
    return count;
  }
  /// Whether the client's last operation has not returned.
  [[nodiscard]] bool is_waiting(NodeId client) const noexcept {
    const std::size_t count = invoked(client);
    return count != 0 && !operations[client][count - 1].is_done;
  }
  [[nodiscard]] bool anyone_is_waiting() const noexcept {
    for (std::size_t client = 0; client < Clients; ++client) {
      if (is_waiting(NodeId::at(client))) return true;
    }
    return false;
  }

  /// The client, who is not waiting and has operations left, begins one; `value` is what it writes.
  void invoke(NodeId client, Kind kind, std::uint8_t key, std::uint8_t value) noexcept {
    Operation<Clients> operation;
    operation.kind = kind;
    operation.key = key;
    if (kind == Kind::write) operation.value = value;
    for (std::size_t other = 0; other < Clients; ++other) {
      const NodeId node = NodeId::at(other);
      operation.returned_before[other] =
          static_cast<std::uint8_t>(invoked(node) - (is_waiting(node) ? 1U : 0U));
    }
    operations[client][invoked(client)] = operation;
  }
  /// The client, who is waiting, gets its answer; `value` is what it reads.
  void respond(NodeId client, std::uint8_t value) noexcept {
    Operation<Clients>& operation = operations[client][invoked(client) - 1];
    operation.is_done = true;
    if (operation.kind == Kind::read) operation.value = value;
  }

  /// "n1: write x 11, read y 0; n2: read x 11".
  [[nodiscard]] std::string text() const {
    std::string all;
    for (std::size_t client = 0; client < Clients; ++client) {
      const std::size_t count = invoked(NodeId::at(client));
      if (count == 0) continue;
      all += fmt::format("{}n{}:", all.empty() ? "" : "; ", client + 1);
      for (std::size_t index = 0; index < count; ++index) {
        all += fmt::format("{} {}", index == 0 ? "" : ",", operations[client][index].text());
      }
    }
    return all;
  }

  BOOST_DESCRIBE_CLASS(History, (), (operations), (), ())
};

namespace detail {

/// Operation `index` of client `client` is bit client * Each + index.
using Set = std::uint32_t;

/// A history as a list, with what has to come before what in an order of its operations.
template <std::size_t Clients, std::size_t Each>
class Orders {
 public:
  static constexpr std::size_t size = Clients * Each;
  static_assert(size <= 32);

  explicit Orders(const History<Clients, Each>& history) noexcept : history_(history) {
    for (std::size_t at = 0; at < size; ++at) {
      const auto& operation = this->at(at);
      if (operation.kind == Kind::none) continue;
      if (operation.is_done) done_ |= bit(at);
      if (operation.kind == Kind::write) writes_ |= bit(at);
    }
  }

  [[nodiscard]] bool linearizable() noexcept {
    for (std::size_t at = 0; at < size; ++at) {
      before_[at] = 0;
      for (std::size_t client = 0; client < Clients; ++client) {
        before_[at] |= first(this->at(at).returned_before[client]) << (client * Each);
      }
    }
    return some_order_explains(done_);
  }

  [[nodiscard]] bool sequential() noexcept {
    keep_program_order();
    return some_order_explains(done_);
  }

  [[nodiscard]] bool causal() noexcept {
    keep_program_order();
    if (!add_reads_from()) return false;
    close();
    for (std::size_t at = 0; at < size; ++at) {
      if ((before_[at] & bit(at)) != 0) return false;
    }
    for (std::size_t client = 0; client < Clients; ++client) {
      const Set own = first(Each) << (client * Each);
      if (!some_order_explains(done_ & (own | writes_))) return false;
    }
    return true;
  }

 private:
  static constexpr Set bit(std::size_t at) noexcept { return Set{1} << at; }
  /// The first `count` operations of the first client.
  static constexpr Set first(std::size_t count) noexcept { return (Set{1} << count) - 1; }

  [[nodiscard]] const Operation<Clients>& at(std::size_t at) const noexcept {
    return history_.operations[at / Each][at % Each];
  }

  void keep_program_order() noexcept {
    for (std::size_t at = 0; at < size; ++at) {
      before_[at] = first(at % Each) << (at / Each * Each);
    }
  }
  /// A write comes before those that read from it. False if a read returned what nobody wrote.
  [[nodiscard]] bool add_reads_from() noexcept {
    for (std::size_t read = 0; read < size; ++read) {
      const auto& reader = at(read);
      if (reader.kind != Kind::read || !reader.is_done || reader.value == 0) continue;
      Set writer = 0;
      for (std::size_t write = 0; write < size; ++write) {
        const bool matches = (writes_ & bit(write)) != 0 && at(write).key == reader.key &&
                             at(write).value == reader.value;
        if (matches) writer = bit(write);
      }
      if (writer == 0) return false;
      before_[read] |= writer;
    }
    return true;
  }
  /// Warshall's transitive closure.
  void close() noexcept {
    for (std::size_t middle = 0; middle < size; ++middle) {
      for (std::size_t at = 0; at < size; ++at) {
        if ((before_[at] & bit(middle)) != 0) before_[at] |= before_[middle];
      }
    }
  }

  /// Whether some order of the `required` operations, and of as many writes that have not returned
  /// as you like, is one of registers that are used by one client alone, and keeps `before_`.
  [[nodiscard]] bool some_order_explains(Set required) noexcept {
    required_ = required;
    all_ = required | (writes_ & ~done_);
    values_ = {};
    return goes_on(0);
  }
  [[nodiscard]] bool goes_on(Set taken) noexcept {
    if ((required_ & ~taken) == 0) return true;
    for (std::size_t next = 0; next < size; ++next) {
      const bool may_be_next =
          (all_ & ~taken & bit(next)) != 0 && (before_[next] & all_ & ~taken) == 0;
      if (!may_be_next) continue;
      const auto& operation = at(next);
      std::uint8_t& value = values_[operation.key];
      if (operation.kind == Kind::read) {
        if (value == operation.value && goes_on(taken | bit(next))) return true;
        continue;
      }
      const std::uint8_t overwritten = value;
      value = operation.value;
      const bool explained = goes_on(taken | bit(next));
      value = overwritten;
      if (explained) return true;
    }
    return false;
  }

  const History<Clients, Each>& history_;
  std::array<Set, size> before_{};
  Set done_ = 0;
  Set writes_ = 0;
  Set required_ = 0;
  Set all_ = 0;
  std::array<std::uint8_t, registers> values_{};
};

}  // namespace detail

/// Whether every operation seems to take effect at one moment between its invocation and its
/// return. An operation that has not returned may have taken effect or not. Tries every order:
/// exponential in the number of operations, of which there are a few.
template <std::size_t Clients, std::size_t Each>
[[nodiscard]] bool is_linearizable(const History<Clients, Each>& history) noexcept {
  return detail::Orders<Clients, Each>(history).linearizable();
}

/// Whether some order of all operations that keeps that of each client explains what was read.
/// Bounds as above.
template <std::size_t Clients, std::size_t Each>
[[nodiscard]] bool is_sequential(const History<Clients, Each>& history) noexcept {
  return detail::Orders<Clients, Each>(history).sequential();
}

/// Causal memory (Ahamad et al., section 2): whether, for each client, some order of its operations
/// and of all writes explains what it read, and keeps the causal order: that of each client
/// together with "was read from". Bounds as above.
template <std::size_t Clients, std::size_t Each>
[[nodiscard]] bool is_causal(const History<Clients, Each>& history) noexcept {
  return detail::Orders<Clients, Each>(history).causal();
}

}  // namespace everyway::small_history
