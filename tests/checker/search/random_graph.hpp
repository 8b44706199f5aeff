#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "checker/model/model.hpp"

namespace everyway::testing {

enum class EdgeKind : std::uint8_t { left, right, loop };
BOOST_DESCRIBE_ENUM(EdgeKind, left, right, loop)

struct Edge {
  EdgeKind kind{};
  std::uint8_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Edge, (), (kind, number))

/// A node of a graph. The rest of the state is a function of the node: it makes states large enough
/// to be packed, hashed over their live bytes only, and different in length.
struct GraphState {
  std::uint16_t node = 0;
  std::array<std::uint8_t, 254> rest{};
};
BOOST_DESCRIBE_STRUCT(GraphState, (), (node, rest))

[[nodiscard]] inline GraphState state_of(std::uint16_t node) {
  GraphState state;
  state.node = node;
  for (std::size_t i = 0; i < node % 251U; ++i) state.rest[i] = static_cast<std::uint8_t>(i % 3);
  return state;
}

/// A random directed graph, with bad, good and outside nodes and bad edges, as a model.
class RandomGraph {
 public:
  using State = GraphState;
  using Action = Edge;

  RandomGraph(std::uint32_t seed, std::uint16_t nodes, std::uint16_t most_edges) : nodes_(nodes) {
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t bound) {
      return static_cast<std::uint16_t>(random() % bound);
    };
    successors_.resize(nodes);
    for (auto& successors : successors_) {
      successors.resize(below(most_edges + 1U));
      for (auto& successor : successors) successor = below(nodes);
    }
    initial_ = {0, below(nodes), 0};
    bad_node_ = below(nodes);
    good_node_ = below(nodes);
    bad_target_ = below(nodes);
    outside_divisor_ = static_cast<std::uint16_t>(5 + below(20));
  }

  void init(auto&& emit) const {
    for (const std::uint16_t node : initial_) emit(state_of(node));
  }
  void next(const State& state, auto&& step) const {
    std::uint8_t number = 0;
    for (const std::uint16_t target : successors_[state.node]) {
      step(Edge{target == state.node ? EdgeKind::loop
                                     : (target % 2 == 0 ? EdgeKind::left : EdgeKind::right),
                number++},
           [target](State& successor) { successor = state_of(target); });
    }
  }
  [[nodiscard]] bool within(const State& state) const {
    return state.node == 0 || state.node % outside_divisor_ != 1;
  }
  [[nodiscard]] bool may_end(const State& state) const { return state.node % 3 != 0; }
  [[nodiscard]] bool is_bad_step(std::uint16_t from, std::uint16_t to) const {
    return to == bad_target_ && from % 2 == 1;
  }
  [[nodiscard]] Properties<State, Action> properties() const {
    using property = PropertyOf<State, Action>;
    return {
        property::always("not bad", "", [this](const State& s) { return s.node != bad_node_; }),
        property::always_step("no bad step", "",
                              [this](const State& a, const Action&, const State& b) {
                                return !is_bad_step(a.node, b.node);
                              }),
        property::reachable("good", "", [this](const State& s) { return s.node == good_node_; })};
  }

  // What the dumb twin needs.
  [[nodiscard]] const std::vector<std::uint16_t>& successors(std::uint16_t node) const {
    return successors_[node];
  }
  [[nodiscard]] const std::vector<std::uint16_t>& initial() const { return initial_; }
  [[nodiscard]] std::uint16_t bad_node() const { return bad_node_; }
  [[nodiscard]] std::uint16_t good_node() const { return good_node_; }

 private:
  std::uint16_t nodes_;
  std::vector<std::vector<std::uint16_t>> successors_;
  std::vector<std::uint16_t> initial_;
  std::uint16_t bad_node_ = 0;
  std::uint16_t good_node_ = 0;
  std::uint16_t bad_target_ = 0;
  std::uint16_t outside_divisor_ = 7;
};

/// What a textbook breadth-first search with standard containers says about a random graph.
struct Truth {
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint32_t depth = 0;
  /// Length of the shortest path to a refutation or witness, by property.
  std::map<std::string, std::uint32_t> shortest;

  void offer(const std::string& property, std::uint32_t length) {
    const auto found = shortest.find(property);
    if (found == shortest.end() || length < found->second) shortest[property] = length;
  }
};

[[nodiscard]] inline Truth truth_about(const RandomGraph& graph) {
  Truth truth;
  std::map<std::uint16_t, std::uint32_t> distance;
  std::queue<std::uint16_t> queue;
  const auto meet = [&](std::uint16_t node, std::uint32_t length) {
    ++truth.generated;
    if (node == graph.bad_node()) truth.offer("not bad", length);
    if (!graph.within(state_of(node)) || distance.contains(node)) return;
    if (node == graph.good_node()) truth.offer("good", length);
    distance[node] = length;
    truth.depth = std::max(truth.depth, length + 1);
    queue.push(node);
  };
  for (const std::uint16_t node : graph.initial()) meet(node, 0);
  while (!queue.empty()) {
    const std::uint16_t node = queue.front();
    queue.pop();
    for (const std::uint16_t target : graph.successors(node)) {
      if (graph.is_bad_step(node, target)) truth.offer("no bad step", distance[node] + 1);
      meet(target, distance[node] + 1);
    }
    if (graph.successors(node).empty() && !graph.may_end(state_of(node))) {
      truth.offer("deadlock", distance[node]);
    }
  }
  truth.distinct = distance.size();
  return truth;
}

}  // namespace everyway::testing
