// What PBFT must guarantee, and what must be possible in it (see pbft.hpp).
#pragma once

#include <cstddef>
#include <utility>

#include "checker/model/property.hpp"
#include "models/pbft_messages.hpp"
#include "models/pbft_state.hpp"
#include "properties/byzantine_agreement.hpp"

namespace everyway::pbft {

/// A state as the properties read it.
struct Records {
  const Setting& setting;
  const State& state;

  [[nodiscard]] std::size_t replicas() const noexcept { return setting.replicas; }
  [[nodiscard]] std::size_t views() const noexcept { return setting.views; }
  [[nodiscard]] std::size_t values() const noexcept { return most_requests + 1; }
  [[nodiscard]] bool is_correct(NodeId node) const noexcept { return !state.faulty.contains(node); }
  [[nodiscard]] bool accepted(NodeId node, std::size_t view, ValueId v) const {
    return state.replicas[node].records[view].accepted.contains(v);
  }
  [[nodiscard]] bool prepared(NodeId node, std::size_t view, ValueId v) const {
    return state.replicas[node].records[view].prepared.contains(v);
  }
  [[nodiscard]] bool committed(NodeId node, std::size_t view, ValueId v) const {
    return state.replicas[node].records[view].committed.contains(v);
  }
  [[nodiscard]] bool is_requested(ValueId v) const noexcept { return v.index() < setting.requests; }

  /// Whether the replica executes some request on the word of one of these views.
  [[nodiscard]] bool commits(NodeId node, std::size_t first_view, std::size_t end_view) const {
    for (std::size_t view = first_view; view < end_view; ++view) {
      if (!state.replicas[node].records[view].committed.empty()) return true;
    }
    return false;
  }
  template <class Predicate>
  [[nodiscard]] bool every_correct(const Predicate& holds) const {
    for (std::size_t index = 0; index < setting.replicas; ++index) {
      if (is_correct(NodeId::at(index)) && !holds(NodeId::at(index))) return false;
    }
    return true;
  }
  template <class Predicate>
  [[nodiscard]] bool some_correct(const Predicate& holds) const {
    return !every_correct([&](NodeId i) { return !holds(i); });
  }
};

// Properties outlive the model, so they keep the setting by value.

[[nodiscard]] inline Properties<State, Action> safety_of(const Setting& setting) {
  using property = PropertyOf<State, Action>;
  return {
      property::always("Agreement",
                       "no two correct replicas execute different requests under one sequence "
                       "number (section 4)",
                       [setting](const State& s) {
                         return byzantine::agreement(Records{setting, s});
                       }),
      property::always("Validity",
                       "correct replicas execute only what a client requested (section 4.2)",
                       [setting](const State& s) {
                         return byzantine::validity(Records{setting, s});
                       }),
      property::always("One request per view",
                       "no two correct replicas are prepared for different requests in one view "
                       "(section 4.2)",
                       [setting](const State& s) {
                         return byzantine::one_request_per_view(Records{setting, s});
                       }),
      property::always("Carried over",
                       "what a correct replica has committed is what correct replicas accept in "
                       "all later views (section 4.4)",
                       [setting](const State& s) {
                         return byzantine::carried_over(Records{setting, s});
                       }),
  };
}

/// What takes a second view.
[[nodiscard]] inline Properties<State, Action> possible_after_a_view_change(
    const Setting& setting) {
  using property = PropertyOf<State, Action>;
  return {
      property::reachable("Commit after a view change", "a request may commit in a later view",
                          [setting](const State& s) {
                            const Records records{setting, s};
                            return records.some_correct(
                                [&](NodeId i) { return records.commits(i, 1, setting.views); });
                          }),
      property::reachable(
          "Carry over what only some committed",
          "a replica that did not commit in the first view may do so in a later one, where another "
          "did in the first",
          [setting](const State& s) {
            const Records records{setting, s};
            const auto early = [&](NodeId i) { return records.commits(i, 0, 1); };
            return records.some_correct(early) && records.some_correct([&](NodeId i) {
              return records.commits(i, 1, setting.views) && !early(i);
            });
          }),
  };
}

/// All properties of PBFT in this setting.
[[nodiscard]] inline Properties<State, Action> properties_of(const Setting& setting) {
  using property = PropertyOf<State, Action>;
  Properties<State, Action> all = safety_of(setting);
  all.push_back(property::reachable("All commit",
                                    "every correct replica may come to execute a request",
                                    [setting](const State& s) {
                                      const Records records{setting, s};
                                      return records.every_correct([&](NodeId i) {
                                        return records.commits(i, 0, setting.views);
                                      });
                                    }));
  all.push_back(property::reachable(
      "Commit in the first view", "a request may commit in view 0", [setting](const State& s) {
        const Records records{setting, s};
        return records.some_correct([&](NodeId i) { return records.commits(i, 0, 1); });
      }));
  if (setting.views < 2) return all;
  for (auto& each : possible_after_a_view_change(setting)) all.push_back(std::move(each));
  return all;
}

}  // namespace everyway::pbft
