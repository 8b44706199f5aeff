// Handing over ranges of keys, once more and as plainly as can be: what models/rebalancing.hpp says
// with processes, contexts and effects. One record for each node and range, on disk; messages in a
// sorted list; a crash leaves the first so many effects of a step. Unlike the model, it may have
// several ranges, which are handed over at the same time.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace everyway::testing {

/// What one run may have; the faults are those of all ranges together, the rest is of each.
struct RebalancingBounds {
  std::size_t nodes = 2;
  std::size_t ranges = 1;
  int moves = 2;
  int writes = 1;
  std::size_t max_in_flight = 3;
  int drops = 0;
  int duplicates = 0;
  int crashes = 0;
  int restarts = 0;
};

/// A world of the twin. Keys are numbered by the bits of a mask.
struct RebalancingWorld {
  enum Role : std::uint8_t { nothing, owner, sending };

  struct Record {
    Role role = nothing;
    int epoch = 0;
    std::size_t to = 0;  ///< while sending
    unsigned keys = 0;
    unsigned acknowledged = 0;

    auto operator<=>(const Record&) const = default;
  };
  struct Message {
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t range = 0;
    bool is_answer = false;
    int epoch = 0;
    unsigned keys = 0;

    auto operator<=>(const Message&) const = default;
  };
  struct Node {
    bool up = true;
    std::vector<Record> records;  ///< by range

    auto operator<=>(const Node&) const = default;
  };

  std::vector<Node> nodes;
  std::vector<Message> messages;  ///< sorted
  std::vector<int> writes;        ///< that are left, by range
  int drops = 0;
  int duplicates = 0;
  int crashes = 0;
  int restarts = 0;

  auto operator<=>(const RebalancingWorld&) const = default;

  void send(const Message& message) {
    messages.insert(std::lower_bound(messages.begin(), messages.end(), message), message);
  }
  void take(const Message& message) {
    messages.erase(std::lower_bound(messages.begin(), messages.end(), message));
  }
  /// Of the acknowledged writes, by range.
  [[nodiscard]] unsigned acknowledged(std::size_t range) const {
    unsigned all = 0;
    for (const Node& node : nodes) all |= node.records[range].acknowledged;
    return all;
  }
};

class RebalancingTwin {
 public:
  using World = RebalancingWorld;

  explicit RebalancingTwin(const RebalancingBounds& bounds) : bounds_(bounds) {}

  /// Reaches all worlds within the bounds, level by level.
  void explore() {
    std::vector<World> level{first()};
    reached_.insert(level.front());
    while (!level.empty()) {
      ++levels_;
      std::vector<World> next;
      for (const World& world : level) {
        for_each_successor(world, [&](const World& successor) {
          if (successor.messages.size() > bounds_.max_in_flight) return;
          if (reached_.insert(successor).second) next.push_back(successor);
        });
      }
      level.swap(next);
    }
  }
  [[nodiscard]] const std::set<World>& reached() const { return reached_; }
  [[nodiscard]] std::size_t levels() const { return levels_; }

  /// Calls visit(successor) for each thing that may happen.
  template <class Visit>
  void for_each_successor(const World& world, const Visit& visit) const {
    for (std::size_t i = 0; i < world.messages.size(); ++i) message_successors(world, i, visit);
    for (std::size_t node = 0; node < bounds_.nodes; ++node) {
      if (!world.nodes[node].up) {
        if (world.restarts == 0) continue;
        World next = world;
        --next.restarts;
        next.nodes[node].up = true;
        visit(next);
        continue;
      }
      if (world.crashes > 0) visit(crashed(world, node));
      for (std::size_t range = 0; range < bounds_.ranges; ++range) {
        range_successors(world, node, range, visit);
      }
    }
  }

 private:
  /// What a step does to the world outside memory.
  using Effect = std::function<void(World&)>;

  [[nodiscard]] World first() const {
    World world;
    world.nodes.resize(bounds_.nodes);
    for (auto& node : world.nodes) node.records.resize(bounds_.ranges);
    for (auto& record : world.nodes[0].records) record.role = World::owner;
    world.writes.assign(bounds_.ranges, bounds_.writes);
    world.drops = bounds_.drops;
    world.duplicates = bounds_.duplicates;
    world.crashes = bounds_.crashes;
    world.restarts = bounds_.restarts;
    return world;
  }
  [[nodiscard]] static World crashed(World world, std::size_t node) {
    --world.crashes;
    world.nodes[node].up = false;
    return world;
  }
  /// All effects happen; or only the first so many, and the node crashes.
  template <class Visit>
  static void step(const World& before, std::size_t node, const std::vector<Effect>& effects,
                   const Visit& visit) {
    World world = before;
    for (const Effect& effect : effects) {
      if (world.crashes > 0) visit(crashed(world, node));
      effect(world);
    }
    visit(world);
  }

  template <class Visit>
  void message_successors(const World& world, std::size_t index, const Visit& visit) const {
    const World::Message message = world.messages[index];
    World without = world;
    without.take(message);
    if (world.nodes[message.to].up) {
      const auto effects =
          message.is_answer ? answer_effects(world, message) : handover_effects(world, message);
      step(without, message.to, effects, visit);
    }
    if (world.drops > 0) {
      World lost = without;
      --lost.drops;
      visit(lost);
    }
    if (world.duplicates > 0) {
      World doubled = world;
      --doubled.duplicates;
      doubled.send(message);
      visit(doubled);
    }
  }
  [[nodiscard]] static std::vector<Effect> handover_effects(const World& world,
                                                            const World::Message& m) {
    std::vector<Effect> effects;
    if (m.epoch > world.nodes[m.to].records[m.range].epoch) {
      effects.emplace_back([m](World& w) {
        auto& mine = w.nodes[m.to].records[m.range];
        mine = {World::owner, m.epoch, 0, m.keys, mine.acknowledged};
      });
    }
    effects.emplace_back([m](World& w) { w.send({m.to, m.from, m.range, true, m.epoch, 0}); });
    return effects;
  }
  [[nodiscard]] static std::vector<Effect> answer_effects(const World& world,
                                                          const World::Message& m) {
    const auto& mine = world.nodes[m.to].records[m.range];
    if (mine.role != World::sending || mine.epoch != m.epoch) return {};
    return {[m](World& w) {
      auto& record = w.nodes[m.to].records[m.range];
      record = {World::nothing, record.epoch, 0, 0, record.acknowledged};
    }};
  }

  /// What the node may do of itself with one of the ranges.
  template <class Visit>
  void range_successors(const World& world, std::size_t node, std::size_t range,
                        const Visit& visit) const {
    const auto& mine = world.nodes[node].records[range];
    const Effect send = [node, range](World& w) {
      const auto& record = w.nodes[node].records[range];
      w.send({node, record.to, range, false, record.epoch, record.keys});
    };
    if (mine.role == World::sending) return step(world, node, {send}, visit);
    if (mine.role != World::owner) return;
    if (mine.epoch < bounds_.moves) {
      for (std::size_t to = 0; to < bounds_.nodes; ++to) {
        if (to == node) continue;
        const Effect stop = [node, range, to](World& w) {
          auto& record = w.nodes[node].records[range];
          record.role = World::sending;
          ++record.epoch;
          record.to = to;
        };
        step(world, node, {stop, send}, visit);
      }
    }
    if (world.writes[range] > 0) {
      World asked = world;
      const unsigned key = 1U << (bounds_.writes - world.writes[range]);
      --asked.writes[range];
      const Effect write = [node, range, key](World& w) {
        w.nodes[node].records[range].keys |= key;
        w.nodes[node].records[range].acknowledged |= key;
      };
      step(asked, node, {write}, visit);
    }
  }

  RebalancingBounds bounds_;
  std::set<World> reached_;
  std::size_t levels_ = 0;
};

}  // namespace everyway::testing
