#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <tuple>
#include <vector>

#include "properties/crdt.hpp"

namespace everyway::testing {

/// Replicas that are nothing but sets of updates: no data type, no clock, no merging. A data type
/// that converges has one state for each set of updates, and so its model has as many states, and
/// as many steps, as there are here.
class CrdtTwin {
 public:
  using Set = std::uint32_t;  ///< of updates: bit i is the one at position i of the history

  /// How updates travel.
  enum class Delivery { whole_states, deltas, operations };

  struct Counts {
    std::size_t distinct = 0;
    std::size_t generated = 0;

    Counts& operator+=(const Counts& more) {
      distinct += more.distinct;
      generated += more.generated;
      return *this;
    }
  };

  CrdtTwin(crdt::Type type, Delivery delivery, std::size_t replicas, std::size_t updates, int keys)
      : type_(type), delivery_(delivery), replicas_(replicas), updates_(updates), keys_(keys) {}

  [[nodiscard]] Counts counts() {
    World start;
    start.delivered.resize(replicas_);
    Counts counts;
    std::set<World> seen;
    std::vector<World> waiting;
    const auto meet = [&](const World& world) {
      ++counts.generated;
      if (seen.insert(world).second) waiting.push_back(world);
    };
    meet(start);
    while (!waiting.empty()) {
      const World world = waiting.back();
      waiting.pop_back();
      for_each_successor(world, meet);
    }
    counts.distinct = seen.size();
    return counts;
  }

 private:
  using Operation = crdt::Operation;
  /// Operation, key, replica, and what it had seen.
  using Update = std::tuple<Operation, int, std::size_t, Set>;
  using Menu = std::vector<std::pair<Operation, int>>;

  struct World {
    std::vector<Update> history;
    std::vector<Set> delivered;  ///< of each replica
    std::set<Set> network;       ///< whole states and deltas: what each tells of

    friend auto operator<=>(const World&, const World&) = default;
  };

  static bool has(Set set, std::size_t position) { return (set >> position & 1) != 0; }

  template <class Meet>
  void for_each_successor(const World& world, const Meet& meet) const {
    for (std::size_t replica = 0; replica < replicas_; ++replica) {
      if (world.history.size() < updates_) {
        for (const auto& [operation, key] : menu(world, world.delivered[replica])) {
          meet(updated(world, replica, operation, key));
        }
      }
      if (delivery_ == Delivery::operations) {
        for (std::size_t i = 0; i < world.history.size(); ++i) deliver_one(world, replica, i, meet);
        continue;
      }
      for (const Set message : world.network) {
        World after = world;
        after.delivered[replica] |= message;
        if (delivery_ == Delivery::whole_states) after.network.insert(after.delivered[replica]);
        meet(after);
      }
    }
  }

  template <class Meet>
  static void deliver_one(const World& world, std::size_t replica, std::size_t i,
                          const Meet& meet) {
    const auto& [operation, key, sender, sees] = world.history[i];
    const Set here = world.delivered[replica];
    if (sender == replica || has(here, i) || (sees & ~here) != 0) return;
    World after = world;
    after.delivered[replica] |= Set{1} << i;
    meet(after);
  }

  [[nodiscard]] World updated(const World& world, std::size_t replica, Operation operation,
                              int key) const {
    World after = world;
    const Set just = Set{1} << world.history.size();
    after.history.push_back({operation, key, replica, world.delivered[replica]});
    after.delivered[replica] |= just;
    if (delivery_ == Delivery::whole_states || (delivery_ == Delivery::deltas && !has_deltas())) {
      after.network.insert(after.delivered[replica]);
    } else if (delivery_ == Delivery::deltas) {
      after.network.insert(just | counted_before(world, replica, operation));
    }
    return after;
  }
  [[nodiscard]] bool has_deltas() const {
    return type_ != crdt::Type::lww_register && type_ != crdt::Type::mv_register &&
           type_ != crdt::Type::rga;
  }
  /// The delta of a counter says how often its replica has counted in all.
  [[nodiscard]] static Set counted_before(const World& world, std::size_t replica,
                                          Operation operation) {
    Set before = 0;
    if (operation != Operation::increment && operation != Operation::decrement) return before;
    for (std::size_t i = 0; i < world.history.size(); ++i) {
      if (std::get<0>(world.history[i]) != operation) continue;
      if (std::get<2>(world.history[i]) == replica) before |= Set{1} << i;
    }
    return before;
  }

  /// What a user of a replica that has these updates may do.
  [[nodiscard]] Menu menu(const World& world, Set delivered) const {
    switch (type_) {
      case crdt::Type::g_counter:
        return {{Operation::increment, 0}};
      case crdt::Type::pn_counter:
        return {{Operation::increment, 0}, {Operation::decrement, 0}};
      case crdt::Type::lww_register:
      case crdt::Type::mv_register:
        return {{Operation::assign, 0}};
      case crdt::Type::g_set:
        return of_each_key({Operation::add});
      case crdt::Type::or_set:
        return of_each_key({Operation::add, Operation::remove});
      case crdt::Type::lww_map:
        return of_each_key({Operation::put, Operation::erase});
      case crdt::Type::two_phase_set:
        return of_two_phase_set(world, delivered);
      case crdt::Type::rga:
        break;
    }
    return of_sequence(world, delivered);
  }
  [[nodiscard]] Menu of_each_key(const std::vector<Operation>& operations) const {
    Menu menu;
    for (int key = 1; key <= keys_; ++key) {
      for (const Operation operation : operations) menu.push_back({operation, key});
    }
    return menu;
  }
  static bool is_done(const World& world, Set delivered, Operation operation, int key) {
    for (std::size_t i = 0; i < world.history.size(); ++i) {
      const auto& [done, done_to, replica, sees] = world.history[i];
      if (has(delivered, i) && done == operation && done_to == key) return true;
    }
    return false;
  }
  [[nodiscard]] Menu of_two_phase_set(const World& world, Set delivered) const {
    Menu menu = of_each_key({Operation::add});
    for (int key = 1; key <= keys_; ++key) {
      if (!is_done(world, delivered, Operation::add, key)) continue;
      if (is_done(world, delivered, Operation::remove, key)) continue;
      menu.push_back({Operation::remove, key});
    }
    return menu;
  }
  /// Elements are named by the update that inserted them, from 1; 0 is the head.
  [[nodiscard]] static Menu of_sequence(const World& world, Set delivered) {
    Menu menu{{Operation::insert, 0}};
    for (std::size_t i = 0; i < world.history.size(); ++i) {
      const int element = static_cast<int>(i + 1);
      if (!has(delivered, i) || std::get<0>(world.history[i]) != Operation::insert) continue;
      if (is_done(world, delivered, Operation::remove, element)) continue;
      menu.push_back({Operation::insert, element});
      menu.push_back({Operation::remove, element});
    }
    return menu;
  }

  crdt::Type type_;
  Delivery delivery_;
  std::size_t replicas_;
  std::size_t updates_;
  int keys_;
};

}  // namespace everyway::testing
