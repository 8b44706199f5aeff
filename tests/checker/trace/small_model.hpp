#pragma once

#include <string>

#include "checker/model/model.hpp"

namespace everyway::testing {

/// Two processes that each count to 2; while `full`, a third step overflows the bag. Small enough
/// to know every state by heart.
class Counting {
 public:
  struct Process {
    std::uint8_t count = 0;
    NodeId waits_for;
  };
  struct State {
    std::array<Process, 2> processes{};
    InlineBag<std::uint8_t, 3> messages;
    std::uint8_t steps = 0;
    NodeSet<2> done;
  };
  enum class Kind : std::uint8_t { count, finish, overflow };
  struct Action {
    Kind kind{};
    NodeId node;
    std::uint8_t amount = 0;
  };

  /// The effect of counting; here, since its type is that of its body.
  static auto counted(std::size_t index) {
    return [index](State& t) {
      Process& process = t.processes[index];
      ++process.count;
      ++t.steps;
      process.waits_for = NodeId::at(1 - index);
      if (process.count == 1) {
        t.messages.insert(static_cast<std::uint8_t>(10 + index));
      } else {
        t.messages.erase(static_cast<std::uint8_t>(10 + index));
      }
    };
  }

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
    if (two_beginnings) emit(other_beginning());
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    for (std::size_t index = 0; index < 2; ++index) {
      const NodeId node = NodeId::at(index);
      if (s.done.contains(node)) continue;
      if (s.processes[index].count < 2) step(Action{Kind::count, node, 1}, counted(index));
      if (s.processes[index].count == 2) {
        step(Action{Kind::finish, node, 0}, [node](State& t) { t.done.insert(node); });
      }
    }
    if (overflows) {
      step(Action{Kind::overflow, {}, 0}, [](State& t) {
        for (std::uint8_t i = 0; i < 9; ++i) t.messages.insert(i);
      });
    }
  }

  static State other_beginning() {
    State state;
    state.steps = 7;
    return state;
  }

  bool two_beginnings = false;
  bool overflows = false;
};
BOOST_DESCRIBE_STRUCT(Counting::Process, (), (count, waits_for))
BOOST_DESCRIBE_STRUCT(Counting::State, (), (processes, messages, steps, done))
BOOST_DESCRIBE_ENUM(Counting::Kind, count, finish, overflow)
BOOST_DESCRIBE_STRUCT(Counting::Action, (), (kind, node, amount))

[[nodiscard]] inline Counting::Action count(unsigned node) {
  return {Counting::Kind::count, NodeId::at(node - 1), 1};
}
[[nodiscard]] inline Counting::Action finish(unsigned node) {
  return {Counting::Kind::finish, NodeId::at(node - 1), 0};
}

}  // namespace everyway::testing
