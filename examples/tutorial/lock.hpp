// Threads that take a lock by testing it and then setting it: the mistake that test-and-set
// instructions are for.
#pragma once

#include <algorithm>
#include <array>

#include "checker/catalogue/family.hpp"

namespace lock {

enum class At : std::uint8_t { outside, saw_it_free, inside };
BOOST_DESCRIBE_ENUM(At, outside, saw_it_free, inside)

enum class Rule : std::uint8_t { test, set, leave };
BOOST_DESCRIBE_ENUM(Rule, test, set, leave)

struct Options {
  int threads = 2;
};
BOOST_DESCRIBE_STRUCT(Options, (), (threads))

struct State {
  std::array<At, 4> at{};
  bool locked = false;
};
BOOST_DESCRIBE_STRUCT(State, (), (at, locked))

struct Action {
  Rule kind{};
  everyway::NodeId thread;
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, thread))

class Lock {
 public:
  using Options = lock::Options;
  using State = lock::State;
  using Action = lock::Action;
  static constexpr std::string_view name = "lock";
  static constexpr std::string_view summary = "threads that take a lock in two steps";
  static constexpr std::string_view source = "folklore";

  Lock(const Options& options, std::string_view mutant)
      : threads_(static_cast<std::size_t>(options.threads)), two_steps_(mutant == "two-steps") {}

  void init(auto&& emit) const { emit(State{}); }

  void next(const State& s, auto&& step) const {
    for (std::size_t i = 0; i < threads_; ++i) {
      const everyway::NodeId thread = everyway::NodeId::at(i);
      if (s.at[i] == At::outside && !s.locked) {
        step(Action{Rule::test, thread}, [this, i](State& t) {
          t.at[i] = two_steps_ ? At::saw_it_free : At::inside;
          t.locked = !two_steps_;
        });
      }
      if (s.at[i] == At::saw_it_free) {
        step(Action{Rule::set, thread}, [i](State& t) {
          t.at[i] = At::inside;
          t.locked = true;
        });
      }
      if (s.at[i] == At::inside) {
        step(Action{Rule::leave, thread}, [i](State& t) {
          t.at[i] = At::outside;
          t.locked = false;
        });
      }
    }
  }

  [[nodiscard]] static everyway::Properties<State, Action> properties() {
    using property = everyway::PropertyOf<State, Action>;
    return {
        property::always("Mutual Exclusion", "at most one thread is inside",
                         [](const State& s) -> everyway::Refutation {
                           const auto inside = std::ranges::count(s.at, At::inside);
                           if (inside <= 1) return std::nullopt;
                           return fmt::format("{} threads are inside", inside);
                         }),
        property::reachable(
            "Somebody is inside", "the lock can be taken",
            [](const State& s) { return std::ranges::count(s.at, At::inside) > 0; }),
    };
  }

  static everyway::Parameters<Options> parameters() {
    return {everyway::ranged(&Options::threads, 1, 4, "threads that want the lock")};
  }
  static everyway::Mutants mutants() {
    return {
        {"two-steps", "testing and setting are two steps", "Mutual Exclusion", "--threads 2", 4}};
  }

 private:
  std::size_t threads_;
  bool two_steps_;
};

}  // namespace lock
