// Problem 5, vector clocks: P [2, 0, 0], Q [1, 2, 0], R [2, 2, 1], S [0, 0, 3]. Which pairs are
// causally ordered, and which are concurrent?
//
// Somebody gets to see the four events, each no sooner than those that happened before it, which
// structures/clocks/vector_clock.hpp tells. Events are concurrent if either may be seen first;
// otherwise they are ordered.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "checker/catalogue/family.hpp"
#include "checker/model/inline_vector.hpp"
#include "checker/model/text.hpp"
#include "structures/clocks/vector_clock.hpp"

namespace practice {

struct CausalityOptions {};
BOOST_DESCRIBE_STRUCT(CausalityOptions, (), ())

enum class Event : std::uint8_t { P, Q, R, S };
BOOST_DESCRIBE_ENUM(Event, P, Q, R, S)

using Vector = everyway::clocks::VectorClock<3>;

/// What the problem gives.
[[nodiscard]] inline Vector clock_of(Event event) {
  constexpr std::array<std::array<std::uint8_t, 3>, 4> given{{
      {2, 0, 0},
      {1, 2, 0},
      {2, 2, 1},
      {0, 0, 3},
  }};
  Vector clock;
  for (std::size_t i = 0; i < 3; ++i) {
    clock.counts[i] = given[static_cast<std::size_t>(event)][i];
  }
  return clock;
}

struct Seen {
  everyway::InlineVector<Event, 4> events;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (events))

struct See {
  Event kind{};
};
BOOST_DESCRIBE_STRUCT(See, (), (kind))

class Causality {
 public:
  using Options = CausalityOptions;
  using State = Seen;
  using Action = See;
  using property = everyway::PropertyOf<State, Action>;
  static constexpr std::string_view name = "causality";
  static constexpr std::string_view summary =
      "problem 5: which of four events with vector clocks happened before which";
  static constexpr std::string_view source = "Fidge 1988; Mattern 1989";

  static everyway::Parameters<Options> parameters() { return {}; }
  static everyway::Mutants mutants() { return {}; }

  Causality(const Options&, std::string_view /*mutant*/) {}

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    everyway::for_each_enumerator<Event>([&](Event event) {
      if (has(s, event) || misses_cause(s, event)) return;
      step(Action{event}, [event](State& t) { t.events.push_back(event); });
    });
  }
  [[nodiscard]] bool may_end(const State& s) const { return s.events.size() == 4; }

  /// One for each ordered pair: both of a pair hold exactly if its events are concurrent.
  [[nodiscard]] everyway::Properties<State, Action> properties() const {
    everyway::Properties<State, Action> all;
    everyway::for_each_enumerator<Event>([&](Event first) {
      everyway::for_each_enumerator<Event>([&](Event second) {
        if (first == second) return;
        all.push_back(property::reachable(
            fmt::format("{} before {}", everyway::text_of(first), everyway::text_of(second)),
            "the one may be seen when the other was not",
            [first, second](const State& s) { return has(s, first) && !has(s, second); }));
      });
    });
    return all;
  }

 private:
  [[nodiscard]] static bool has(const State& s, Event event) {
    for (const Event seen : s.events) {
      if (seen == event) return true;
    }
    return false;
  }
  [[nodiscard]] static bool misses_cause(const State& s, Event event) {
    bool misses = false;
    everyway::for_each_enumerator<Event>([&](Event cause) {
      misses |= clock_of(cause).happens_before(clock_of(event)) && !has(s, cause);
    });
    return misses;
  }
};

}  // namespace practice
