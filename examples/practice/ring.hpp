// Problem 6, rebalancing: nodes A to D (n1 to n4) with three virtual nodes each on a ring. C fails
// for good; then E (n5) joins. Which keys move, and where to? And with hash-mod-N?
//
// Ring and modulo are those of structures/partitioning/.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "checker/model/difference.hpp"
#include "checker/model/text.hpp"
#include "properties/partitioning.hpp"
#include "structures/partitioning/hash_ring.hpp"
#include "structures/partitioning/modulo_partition.hpp"

namespace practice {

using everyway::NodeId;
using everyway::NodeSet;

struct RingOptions {
  int keys = 24;
  int points = 3;
  int hash = 1;
  bool modulo = false;
  bool tell = false;
};
BOOST_DESCRIBE_STRUCT(RingOptions, (), (keys, points, hash, modulo, tell))

inline constexpr std::size_t most_keys = 48;

struct RingState {
  NodeSet<5> nodes;
  std::array<NodeId, most_keys> owner{};
};
BOOST_DESCRIBE_STRUCT(RingState, (), (nodes, owner))

enum class RingKind : std::uint8_t { fail, join };
BOOST_DESCRIBE_ENUM(RingKind, fail, join)

struct RingAction {
  RingKind kind{};
  NodeId node;
};
BOOST_DESCRIBE_STRUCT(RingAction, (), (kind, node))

/// The keys of a state, for the properties of a partition.
struct OwnersOf {
  const RingState& state;

  [[nodiscard]] std::optional<unsigned> owner(std::size_t key) const {
    return state.owner[key].number();
  }
};

class Ring {
 public:
  using Options = RingOptions;
  using State = RingState;
  using Action = RingAction;
  using property = everyway::PropertyOf<State, Action>;
  static constexpr std::string_view name = "ring";
  static constexpr std::string_view summary =
      "problem 6: a node of a consistent hashing ring fails, and another joins";
  static constexpr std::string_view source = "Karger et al. 1997; DeCandia et al. 2007";

  static everyway::Parameters<Options> parameters() {
    using everyway::ranged;
    return {
        ranged(&Options::keys, 1, static_cast<int>(most_keys), "keys"),
        ranged(&Options::points, 1, 100, "virtual nodes of each node"),
        ranged(&Options::hash, 0, 999, "the seed of the hash function"),
        everyway::toggle(&Options::modulo, "hash modulo the number of nodes, instead of a ring"),
        everyway::toggle(&Options::tell,
                         "claim that E never joins, so that the counterexample tells what moves"),
    };
  }
  static everyway::Mutants mutants() { return {}; }

  Ring(const Options& options, std::string_view /*mutant*/) : options_(options) {}

  template <class Emit>
  void init(Emit&& emit) const {
    State state;
    for (std::size_t i = 0; i < 4; ++i) state.nodes.insert(NodeId::at(i));
    assign(state);
    emit(state);
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    if (s.nodes.contains(c)) {
      step(Action{RingKind::fail, c}, [this](State& t) {
        t.nodes.erase(c);
        assign(t);
      });
    } else if (!s.nodes.contains(e)) {
      step(Action{RingKind::join, e}, [this](State& t) {
        t.nodes.insert(e);
        assign(t);
      });
    }
  }
  [[nodiscard]] bool may_end(const State& s) const { return s.nodes.contains(e); }

  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& after) const {
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> moves;
    std::size_t moved = 0;
    for (const std::size_t key : keys()) {
      if (before.owner[key] == after.owner[key]) continue;
      moves[{letter(before.owner[key]), letter(after.owner[key])}].push_back(key);
      ++moved;
    }
    std::string text =
        fmt::format("{} {}: {} of {} keys move", letter(action.node),
                    action.kind == RingKind::fail ? "fails" : "joins", moved, options_.keys);
    for (const auto& [from_to, which] : moves) {
      text += fmt::format("; {} -> {}: {}", from_to.first, from_to.second, fmt::join(which, " "));
    }
    return text;
  }
  /// The sentence says it all.
  [[nodiscard]] std::vector<everyway::Change> changes(const State&, const State&) const {
    return {};
  }

  [[nodiscard]] everyway::Properties<State, Action> properties() const {
    everyway::Properties<State, Action> all{
        property::always_step(
            "Only what C had moves", "a node that leaves leaves behind its own keys",
            [keys = keys()](const State& before, const Action& action, const State& after) {
              if (action.kind != RingKind::fail) return everyway::Refutation{};
              return everyway::partitioning::moves_only_from(OwnersOf{before}, OwnersOf{after},
                                                             keys, unsigned{action.node.number()});
            }),
        property::always_step(
            "Keys move to E only", "a node that joins takes over keys; no others move",
            [keys = keys()](const State& before, const Action& action, const State& after) {
              if (action.kind != RingKind::join) return everyway::Refutation{};
              return everyway::partitioning::moves_only_to(OwnersOf{before}, OwnersOf{after}, keys,
                                                           unsigned{action.node.number()});
            }),
        property::reachable("E has joined", "after C has failed",
                            [](const State& s) { return s.nodes.contains(e); }),
    };
    if (!options_.tell) return all;
    all.push_back(property::always("Tell", "claimed in order to be refuted",
                                   [](const State& s) -> everyway::Refutation {
                                     if (!s.nodes.contains(e)) return std::nullopt;
                                     return "E has joined";
                                   }));
    return all;
  }

 private:
  static constexpr NodeId c = NodeId::at(2);
  static constexpr NodeId e = NodeId::at(4);

  [[nodiscard]] static std::string letter(NodeId node) {
    return std::string(1, static_cast<char>('A' + node.index()));
  }
  [[nodiscard]] std::vector<std::size_t> keys() const {
    std::vector<std::size_t> all;
    for (int key = 0; key < options_.keys; ++key) all.push_back(static_cast<std::size_t>(key));
    return all;
  }

  void assign(State& state) const {
    using namespace everyway::partitioning;
    const MixingHash hash{static_cast<std::uint64_t>(options_.hash)};
    if (options_.modulo)
      return assign(state, ModuloPartition<>(hash), [](auto& p, auto n) { p.add(n); });
    const auto points = static_cast<std::uint32_t>(options_.points);
    assign(state, HashRing<>(hash), [points](auto& ring, auto node) { ring.add(node, points); });
  }
  template <class P, class Add>
  void assign(State& state, P partition, const Add& add) const {
    state.nodes.for_each([&](NodeId node) { add(partition, node.number()); });
    for (const std::size_t key : keys()) {
      state.owner[key] = NodeId::at(*partition.owner(key) - 1);
    }
  }

  Options options_;
};

}  // namespace practice
