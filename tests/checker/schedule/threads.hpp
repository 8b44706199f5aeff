#pragma once

#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "checker/model/model.hpp"

namespace everyway::testing {

enum class ThreadKind : std::uint8_t { step, fault };
BOOST_DESCRIBE_ENUM(ThreadKind, step, fault)

struct ThreadAction {
  ThreadKind kind{};
  NodeId thread;
  std::uint8_t at = 0;  ///< how many steps the thread has taken before
};
BOOST_DESCRIBE_STRUCT(ThreadAction, (), (kind, thread, at))

/// Who took which step, in order: every interleaving has states of its own.
struct ThreadState {
  std::array<std::uint8_t, 4> taken{};
  std::array<std::uint8_t, 24> order{};  ///< numbers of threads, from 1; plus 128 for faults
  std::uint8_t length = 0;
};
BOOST_DESCRIBE_STRUCT(ThreadState, (), (taken, order, length))

/// Threads that each take a sequence of steps, every one of which accesses a variable. Steps of
/// different threads commute if they access different variables. Between any two steps, a fault may
/// strike a thread, as long as there are some left.
struct Threads {
  using State = ThreadState;
  using Action = ThreadAction;

  std::vector<std::vector<int>> variables;  ///< of each thread, of each step
  std::uint8_t faults = 0;
  /// The bug: thread 2 takes its first step after thread 1 took so many, and not all. 0: none.
  std::uint8_t bug_after = 0;

  void init(auto&& emit) const { emit(State{}); }
  void next(const State& state, auto&& step) const {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (state.taken[i] == variables[i].size()) continue;
      const auto number = static_cast<std::uint8_t>(i + 1);
      const auto note = [number](State& t, unsigned extra) {
        t.order[t.length++] = static_cast<std::uint8_t>(number + extra);
      };
      step(Action{ThreadKind::step, NodeId::at(i), state.taken[i]}, [i, note](State& t) {
        ++t.taken[i];
        note(t, 0);
      });
      if (faults_in(state) == faults) continue;
      step(Action{ThreadKind::fault, NodeId::at(i), state.taken[i]},
           [note](State& t) { note(t, 128); });
    }
  }
  [[nodiscard]] bool may_end(const State&) const { return true; }
  [[nodiscard]] bool is_fault(const Action& action) const {
    return action.kind == ThreadKind::fault;
  }
  [[nodiscard]] bool independent(const State& state, const Action& a, const Action& b) const {
    if (a.thread == b.thread || a.kind != ThreadKind::step || b.kind != ThreadKind::step) {
      return false;
    }
    return variable(state, a) != variable(state, b);
  }
  [[nodiscard]] Properties<State, Action> properties() const {
    using property = PropertyOf<State, Action>;
    return {property::always("no bug", "", [*this](const State& s) { return !has_bug(s); }),
            property::always_step(
                "threads do not go back", "",
                [](const State& before, const Action& action, const State& after) {
                  return before.taken[action.thread.index()] <= after.taken[action.thread.index()];
                }),
            property::reachable("a thread ends", "", [*this](const State& s) {
              return s.taken[0] == variables[0].size();
            })};
  }

  [[nodiscard]] bool has_bug(const State& state) const {
    int of_first = 0;
    for (std::size_t i = 0; i < state.length; ++i) {
      if (state.order[i] == 2) return bug_after != 0 && of_first == bug_after;
      of_first += state.order[i] == 1 ? 1 : 0;
    }
    return false;
  }
  [[nodiscard]] int variable(const State& state, const Action& action) const {
    return variables[action.thread.index()][state.taken[action.thread.index()]];
  }
  [[nodiscard]] static std::size_t faults_in(const State& state) {
    std::size_t count = 0;
    for (const std::uint8_t each : state.order) count += each > 128 ? 1 : 0;
    return count;
  }
  /// The order of the accesses to each variable: what two interleavings have in common that differ
  /// only in the order of steps that commute.
  [[nodiscard]] std::string partial_order(const State& state) const {
    std::array<std::string, 4> accesses;
    std::array<std::size_t, 4> taken{};
    for (std::size_t i = 0; i < state.length; ++i) {
      const std::size_t thread = state.order[i] - std::size_t{1};
      accesses[static_cast<std::size_t>(variables[thread][taken[thread]++])] +=
          static_cast<char>('0' + thread);
    }
    std::string all;
    for (const std::string& of_one : accesses) all += of_one + ";";
    return all;
  }
};
static_assert(Model<Threads> && ModelWithIndependence<Threads>);

}  // namespace everyway::testing
