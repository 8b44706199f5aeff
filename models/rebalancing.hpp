// Rebalancing: a range of keys is handed over from node to node of a ring, while nodes crash and
// messages are lost, doubled and overtaken (models/rebalancing_process.hpp). It must not be lost,
// and never be served by two nodes.
//
// One range is all there is: ranges that are handed over at the same time meet only in the crashes
// of their nodes (docs/PARTITIONING.md; tests/models/rebalancing_twin_test.cpp).
//
// Sources: Giuseppe DeCandia and others, "Dynamo: Amazon's Highly Available Key-value Store"
// (2007), sections 4.2 and 4.9 (adding and removing nodes); Atul Adya and others, "Slicer:
// Auto-Sharding for Datacenter Applications" (2016), for at most one owner at a time.
#pragma once

#include <cstddef>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/cluster/cluster.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "models/mutants/mutation_named.hpp"
#include "models/mutants/rebalancing.hpp"
#include "models/rebalancing_process.hpp"

namespace everyway::rebalancing {

struct Options : cluster::Faults {
  int nodes = 3;
  int moves = 3;
  int writes = 1;
  int max_in_flight = 3;

  Options() {
    drops = 1;
    crashes = 1;
    restarts = 1;
  }
};
BOOST_DESCRIBE_STRUCT(Options, (cluster::Faults), (nodes, moves, writes, max_in_flight))

/// A range is sent again and again, so that the bound on messages in flight is never without use:
/// there is room for one message more.
using Network = cluster::UnorderedBag<Message, 16>;

class Rebalancing : public cluster::Cluster<Node, Network> {
  using Base = cluster::Cluster<Node, Network>;

 public:
  using Options = rebalancing::Options;
  using property = PropertyOf<State, Action>;
  static constexpr std::string_view name = "rebalancing";
  static constexpr std::string_view summary =
      "a range of keys handed over from node to node: none lost, none with two owners";
  static constexpr std::string_view source =
      "DeCandia et al., Dynamo: Amazon's Highly Available Key-value Store (2007), sections 4.2 and "
      "4.9; Adya et al., Slicer (2016)";

  static Parameters<Options> parameters() {
    return cluster::with_fault_parameters<Options>({
        ranged(&Options::nodes, 1, 3, "nodes, in the order of the ring; n1 has the range first"),
        ranged(&Options::moves, 0, 9, "times that the range is handed over to a neighbour"),
        ranged(&Options::writes, 0, 8, "writes of clients to the owner, each of a key of its own"),
        ranged(&Options::max_in_flight, 1, 15, "bound on messages in flight"),
    });
  }
  static Mutants mutants() { return rebalancing::mutants(); }

  Rebalancing(const Options& options, std::string_view mutant)
      : Base({options.moves, mutation_named<Mutation>(mutant)}, options,
             static_cast<std::size_t>(options.nodes), options.writes, options.max_in_flight),
        options_(options) {}

  /// n1 is the first owner.
  template <class Emit>
  void init(Emit&& emit) const {
    Base::init([&](State state) {
      auto& first = state.processes[std::size_t{0}];
      first.durable.role = Role::owner;
      first.disk = first.durable;
      emit(state);
    });
  }

  /// A run ends when one node has the range, unless one has crashed for good.
  [[nodiscard]] bool may_end(const State& state) const {
    bool all_up = true;
    bool is_on_its_way = false;
    for (std::size_t index = 0; index < this->size(); ++index) {
      const auto& node = state.processes[index];
      all_up = all_up && node.up;
      is_on_its_way = is_on_its_way || node.durable.role == Role::sending;
    }
    return !all_up || !is_on_its_way;
  }

  /// All but the first owner: of three nodes, each may hand the range to either of the others, by
  /// one timer or the other.
  [[nodiscard]] Interchangeable interchangeable() const {
    NodeSet<64> others = NodeSet<64>::first(this->size());
    others.erase(NodeId::at(0));
    return {others, this->size()};
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    Properties<State, Action> all = safety();
    if (options_.nodes < 2 || options_.moves < 1) return all;
    all.push_back(property::reachable(
        "The range is handed over", "as often as it may, with all that was written on the way",
        [model = *this](const State& s) { return model.is_all_over(s); }));
    all.push_back(
        property::reachable("Nobody serves", "while the range is on its way, no node serves it",
                            [model = *this](const State& s) { return model.owners(s).empty(); }));
    if (options_.crashes < 1 || options_.restarts < 1) return all;
    all.push_back(property::reachable(
        "The range is handed over after a restart", "a node crashed and came back on the way",
        [model = *this](const State& s) {
          return s.left.restarts < model.options_.restarts && model.is_all_over(s);
        }));
    return all;
  }

 private:
  // Properties outlive the model, so they keep it by value.
  [[nodiscard]] Properties<State, Action> safety() const {
    return {
        property::always("One Owner",
                         "at most one node serves the range, or would if it came back as it is on "
                         "disk (Adya et al.)",
                         [model = *this](const State& s) { return model.second_owner(s); }),
        property::always("No Key Lost",
                         "some disk has a copy of the range with all keys whose writes were "
                         "acknowledged, whether its node is up or not",
                         [model = *this](const State& s) { return model.lost_keys(s); }),
        property::always("No Key Missed",
                         "whoever serves the range, or would if it came back, has all keys whose "
                         "writes were acknowledged",
                         [model = *this](const State& s) { return model.missed_keys(s); }),
    };
  }

  /// What a node goes by: what is in memory, or what it would find on its disk.
  [[nodiscard]] static const Durable& record(const State& state, std::size_t index) noexcept {
    const auto& node = state.processes[index];
    return node.up ? node.durable : node.disk;
  }
  [[nodiscard]] KeySet acknowledged(const State& state) const noexcept {
    KeySet all;
    for (std::size_t index = 0; index < this->size(); ++index) {
      all = all.united_with(record(state, index).acknowledged);
    }
    return all;
  }
  /// Who serves the range, or would.
  [[nodiscard]] NodeSet<Node::capacity> owners(const State& state) const noexcept {
    NodeSet<Node::capacity> owners;
    for (std::size_t index = 0; index < this->size(); ++index) {
      if (this->process().serves(record(state, index))) owners.insert(NodeId::at(index));
    }
    return owners;
  }

  [[nodiscard]] Refutation second_owner(const State& state) const {
    const auto nodes = owners(state);
    if (nodes.size() < 2) return std::nullopt;
    return fmt::format("{} all own the range", text_of(nodes));
  }
  [[nodiscard]] Refutation lost_keys(const State& state) const {
    const KeySet all = acknowledged(state);
    for (std::size_t index = 0; index < this->size(); ++index) {
      const Durable& disk = state.processes[index].disk;
      if (disk.role != Role::none && disk.keys.includes(all)) return std::nullopt;
    }
    return fmt::format("no disk has a copy of the range with the keys {}", all.text());
  }
  [[nodiscard]] Refutation missed_keys(const State& state) const {
    const KeySet all = acknowledged(state);
    Refutation refutation;
    owners(state).for_each([&](NodeId owner) {
      const KeySet keys = record(state, owner.index()).keys;
      if (keys.includes(all)) return;
      refutation = fmt::format("{} owns the range with keys {} of {}", text_of(owner), keys.text(),
                               all.text());
    });
    return refutation;
  }

  /// All handovers and writes were made, and one node is left with the range, and knows it.
  [[nodiscard]] bool is_all_over(const State& state) const {
    if (state.network.size() != 0 || acknowledged(state).bits != (1U << options_.writes) - 1U) {
      return false;
    }
    int last = 0;
    for (std::size_t index = 0; index < this->size(); ++index) {
      const auto& node = state.processes[index];
      if (!node.up || node.durable.role == Role::sending) return false;
      if (node.durable.role == Role::owner) last = node.durable.epoch;
    }
    return last == options_.moves;
  }

  Options options_;
};

/// `everyway check rebalancing`.
using Family = FamilyOf<Rebalancing>;

}  // namespace everyway::rebalancing
