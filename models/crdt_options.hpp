// What the models of replicated data types share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/model/difference.hpp"
#include "checker/model/property.hpp"
#include "models/crdt_payload.hpp"

namespace everyway::crdt {

/// Those types whose switch is on; all of them, if none is.
[[nodiscard]] inline std::vector<Type> chosen_types(
    const std::vector<std::pair<Type, bool>>& switches) {
  std::vector<Type> chosen;
  std::vector<Type> all;
  for (const auto& [type, is_on] : switches) {
    all.push_back(type);
    if (is_on) chosen.push_back(type);
  }
  return chosen.empty() ? all : chosen;
}

/// What a step changes in the first `size` replicas: what each has, and which updates went into it.
template <class State>
[[nodiscard]] std::vector<Change> changes_of_replicas(const State& before, const State& after,
                                                      std::size_t size) {
  std::vector<Change> all;
  for (std::size_t index = 0; index < size; ++index) {
    const auto& was = before.replicas[index];
    const auto& now = after.replicas[index];
    const std::string name = text_of(NodeId::at(index));
    if (!same_bytes(was.payload, now.payload)) {
      all.push_back({name + ".state", was.payload.text(), now.payload.text()});
    }
    if (was.delivered != now.delivered) {
      all.push_back({name + ".updates", updates_text(was.delivered), updates_text(now.delivered)});
    }
  }
  return all;
}

/// Two of the first `size` replicas that have delivered the same updates and differ.
template <class State>
[[nodiscard]] Refutation divergence(const State& state, std::size_t size) {
  for (std::size_t left = 0; left < size; ++left) {
    for (std::size_t right = left + 1; right < size; ++right) {
      const auto& one = state.replicas[left];
      const auto& other = state.replicas[right];
      if (one.delivered != other.delivered || same_bytes(one.payload, other.payload)) continue;
      return because([&] {
        return fmt::format("{} and {} have delivered updates {}; one has {}, the other {}",
                           text_of(NodeId::at(left)), text_of(NodeId::at(right)),
                           updates_text(one.delivered), one.payload.text(), other.payload.text());
      });
    }
  }
  return std::nullopt;
}

/// One of the first `size` replicas that does not answer what its updates say.
template <class State>
[[nodiscard]] Refutation wrong_answer(const State& state, std::size_t size) {
  for (std::size_t index = 0; index < size; ++index) {
    const auto& replica = state.replicas[index];
    const Answer given = replica.payload.answer();
    const Answer wanted = specified(replica.payload.type, state.history, replica.delivered);
    if (same_bytes(given, wanted)) continue;
    return because([&] {
      return fmt::format("{} has delivered updates {} and answers {}, not {}",
                         text_of(NodeId::at(index)), updates_text(replica.delivered),
                         text_of(given), text_of(wanted));
    });
  }
  return std::nullopt;
}

/// Whether each of the first `size` replicas has delivered all of so many updates.
template <class State>
[[nodiscard]] bool all_delivered(const State& state, std::size_t size, std::size_t updates) {
  for (std::size_t index = 0; index < size; ++index) {
    if (state.replicas[index].delivered != (1U << updates) - 1) return false;
  }
  return true;
}

/// Whether every replica of the first `size` has delivered all updates, two of them concurrent.
template <class State>
[[nodiscard]] bool all_delivered_some_concurrent(const State& state, std::size_t size,
                                                 std::size_t updates) {
  if (state.history.size() != updates || !all_delivered(state, size, updates)) return false;
  for (std::size_t later = 1; later < updates; ++later) {
    if (state.history[later].sees != (1U << later) - 1) return true;
  }
  return false;
}

// What both models claim. The first two are not yet a `Property`: they are to be checked together
// with those that are listed beside them.

template <class State, class Action>
[[nodiscard]] auto strong_convergence(std::size_t size) {
  return PropertyOf<State, Action>::always(
      "Strong Convergence",
      "replicas that have delivered the same updates have equal state (Shapiro et al. 2011, "
      "Definition 2.3)",
      [size](const State& s) { return divergence(s, size); });
}
template <class State, class Action>
[[nodiscard]] auto specification(std::size_t size) {
  return PropertyOf<State, Action>::always(
      "Specification",
      "a replica answers what the updates that it has delivered say (Burckhardt et al. 2014, "
      "section 3)",
      [size](const State& s) { return wrong_answer(s, size); });
}
/// That all updates may come to all replicas of this type, some of them concurrent.
template <class State, class Action>
[[nodiscard]] Property<State, Action> convergence_of(Type type, std::string_view type_name,
                                                     std::size_t size, std::size_t updates) {
  return PropertyOf<State, Action>::reachable(
      fmt::format("Convergence of {}", type_name),
      "all replicas have delivered all updates, and some of these were concurrent",
      [type, size, updates](const State& s) {
        return s.replicas[0].payload.type == type &&
               all_delivered_some_concurrent(s, size, updates);
      });
}

}  // namespace everyway::crdt
