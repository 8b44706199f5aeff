// Problem 4, merging a G-Counter: X has [4, 0, 0], Y has [2, 3, 0], Z has [2, 1, 5]. What does each
// have once it has merged the others', and what is the total?
//
// The counter is structures/crdt/g_counter.hpp. Any state that any node ever had may come to any
// node, in any order, again and again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/model/inline_bag.hpp"
#include "checker/model/text.hpp"
#include "structures/crdt/g_counter.hpp"

namespace practice {

using everyway::NodeId;

struct CounterOptions {
  bool tell = false;
};
BOOST_DESCRIBE_STRUCT(CounterOptions, (), (tell))

/// A counter, and whose counts went into it.
struct Counted {
  everyway::crdt::GCounter<3> counter;
  everyway::NodeSet<3> merged;
};
BOOST_DESCRIBE_STRUCT(Counted, (), (counter, merged))

struct CounterState {
  everyway::PerNode<Counted, 3> nodes;
  everyway::InlineSet<Counted, 7> network;  ///< at most one for each set of nodes
};
BOOST_DESCRIBE_STRUCT(CounterState, (), (nodes, network))

enum class CounterKind : std::uint8_t { merge };
BOOST_DESCRIBE_ENUM(CounterKind, merge)

struct CounterAction {
  CounterKind kind{};
  NodeId node;
  std::uint8_t message = 0;  ///< position in the network, from 1
};
BOOST_DESCRIBE_STRUCT(CounterAction, (), (kind, node, message))

/// Mutants: "add-up" merges by adding, "overwrite" by taking over what comes.
class Counter {
 public:
  using Options = CounterOptions;
  using State = CounterState;
  using Action = CounterAction;
  using property = everyway::PropertyOf<State, Action>;
  static constexpr std::string_view name = "counter";
  static constexpr std::string_view summary =
      "problem 4: three states of a G-Counter, merged in every order";
  static constexpr std::string_view source = "Shapiro et al. 2011, Specification 6";

  static everyway::Parameters<Options> parameters() {
    return {everyway::toggle(&Options::tell,
                             "claim that nobody ever has merged all, so that the counterexample "
                             "tells what it then has")};
  }
  static everyway::Mutants mutants() {
    return {
        {"add-up", "counts are merged by adding them up", "Counted once", "", 1},
        {"overwrite", "what is received replaces what was there", "Nothing is lost", "", 1},
    };
  }

  Counter(const Options& options, std::string_view mutant) : options_(options), mutant_(mutant) {}

  template <class Emit>
  void init(Emit&& emit) const {
    State state;
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) state.nodes[i].counter.counts[j] = given[i][j];
      state.nodes[i].merged.insert(NodeId::at(i));
      state.network.insert(state.nodes[i]);
    }
    emit(state);
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    if (all_have_all(s)) return;
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t position = 0; position < s.network.size(); ++position) {
        step(Action{CounterKind::merge, NodeId::at(i), static_cast<std::uint8_t>(position + 1)},
             [this, i, position](State& t) { merge(t, i, position); });
      }
    }
  }
  /// A run ends where all nodes have merged all.
  [[nodiscard]] bool may_end(const State& s) const { return all_have_all(s); }

  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& after) const {
    const Counted& received = before.network[action.message - std::size_t{1}];
    const Counted& now = after.nodes[action.node];
    return fmt::format("{} merges {}: {}, total {}", everyway::text_of(action.node),
                       text(received.counter), text(now.counter), now.counter.value());
  }

  [[nodiscard]] everyway::Properties<State, Action> properties() const {
    everyway::Properties<State, Action> all{
        property::always("Agreement", "nodes that have merged the same states have the same counts",
                         disagreement),
        property::always(
            "Counted once",
            "nobody has a greater count of a node than that node itself at the beginning",
            [](const State& s) { return wrong_count(s, true); }),
        property::always("Nothing is lost",
                         "who has merged a node's state has at least its count of itself",
                         [](const State& s) { return wrong_count(s, false); }),
        property::reachable("All have merged all", "every node knows of all", all_have_all),
    };
    if (!options_.tell) return all;
    all.push_back(property::always(
        "Tell", "claimed in order to be refuted", [](const State& s) -> everyway::Refutation {
          for (std::size_t i = 0; i < 3; ++i) {
            if (!has_all(s.nodes[i])) continue;
            return fmt::format("{} has merged all: {}, total {}", everyway::text_of(NodeId::at(i)),
                               text(s.nodes[i].counter), s.nodes[i].counter.value());
          }
          return std::nullopt;
        }));
    return all;
  }

 private:
  static constexpr std::array<std::array<std::uint8_t, 3>, 3> given{{
      {4, 0, 0},
      {2, 3, 0},
      {2, 1, 5},
  }};

  [[nodiscard]] static std::string text(const everyway::crdt::GCounter<3>& counter) {
    return fmt::format("[X:{}, Y:{}, Z:{}]", counter.counts[0], counter.counts[1],
                       counter.counts[2]);
  }
  [[nodiscard]] static bool has_all(const Counted& node) { return node.merged.size() == 3; }
  [[nodiscard]] static bool all_have_all(const State& s) {
    return has_all(s.nodes[0]) && has_all(s.nodes[1]) && has_all(s.nodes[2]);
  }

  void merge(State& state, std::size_t index, std::size_t position) const {
    const Counted received = state.network[position];
    Counted& node = state.nodes[index];
    if (mutant_ == "overwrite") {
      node.counter = received.counter;
    } else if (mutant_ == "add-up") {
      for (std::size_t i = 0; i < 3; ++i) {
        const unsigned sum = node.counter.counts[i] + received.counter.counts[i];
        node.counter.counts[i] = static_cast<std::uint8_t>(sum);
      }
    } else {
      node.counter.merge(received.counter);
    }
    received.merged.for_each([&](NodeId other) { node.merged.insert(other); });
    state.network.insert(node);
  }

  [[nodiscard]] static everyway::Refutation disagreement(const State& s) {
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = i + 1; j < 3; ++j) {
        if (s.nodes[i].merged != s.nodes[j].merged) continue;
        if (s.nodes[i].counter == s.nodes[j].counter) continue;
        return fmt::format("one has {}, another {}", text(s.nodes[i].counter),
                           text(s.nodes[j].counter));
      }
    }
    return std::nullopt;
  }
  /// A count that is greater than its node's own, or less though that was merged.
  [[nodiscard]] static everyway::Refutation wrong_count(const State& s, bool greater) {
    for (const Counted& node : s.nodes) {
      for (std::size_t i = 0; i < 3; ++i) {
        const std::uint8_t own = given[i][i];
        const bool is_wrong =
            greater ? node.counter.counts[i] > own
                    : node.merged.contains(NodeId::at(i)) && node.counter.counts[i] < own;
        if (is_wrong) return fmt::format("{}, where {} counted {}", text(node.counter), i + 1, own);
      }
    }
    return std::nullopt;
  }

  Options options_;
  std::string mutant_;
};

}  // namespace practice
