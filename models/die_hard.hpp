// DieHard.tla of the TLA+ examples (Leslie Lamport), after a riddle of the film "Die Hard 3":
// measure out exactly 4 gallons with a tap, a jug that holds 5 gallons and a jug that holds 3.
#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstdint>
#include <string_view>

#include "checker/catalogue/family.hpp"

namespace everyway::die_hard {

enum class Kind : std::uint8_t {
  fill_small_jug,
  fill_big_jug,
  empty_small_jug,
  empty_big_jug,
  small_to_big,
  big_to_small
};
BOOST_DESCRIBE_ENUM(Kind, fill_small_jug, fill_big_jug, empty_small_jug, empty_big_jug,
                    small_to_big, big_to_small)

class DieHard {
 public:
  static constexpr std::string_view name = "die_hard";
  static constexpr std::string_view summary =
      "4 gallons from jugs of 5 and 3: a first model to read";
  static constexpr std::string_view source = "DieHard.tla (Lamport), tlaplus/Examples";

  struct Options {};
  struct State {
    std::uint8_t big = 0;    ///< gallons in the jug that holds 5
    std::uint8_t small = 0;  ///< gallons in the jug that holds 3
  };
  struct Action {
    Kind kind{};
  };
  using property = PropertyOf<State, Action>;

  DieHard(const Options&, std::string_view) {}
  static Parameters<Options> parameters() { return {}; }
  static Mutants mutants() { return {}; }

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
  }

  /// Every action is enabled in every state, even where it changes nothing.
  template <class Step>
  void next(const State& s, Step&& step) const {
    step(Action{Kind::fill_small_jug}, [](State& t) { t.small = 3; });
    step(Action{Kind::fill_big_jug}, [](State& t) { t.big = 5; });
    step(Action{Kind::empty_small_jug}, [](State& t) { t.small = 0; });
    step(Action{Kind::empty_big_jug}, [](State& t) { t.big = 0; });
    const int to_big = std::min<int>(s.small, 5 - s.big);  // gallons that still fit
    step(Action{Kind::small_to_big}, [to_big](State& t) { pour(t.small, t.big, to_big); });
    const int to_small = std::min<int>(s.big, 3 - s.small);
    step(Action{Kind::big_to_small}, [to_small](State& t) { pour(t.big, t.small, to_small); });
  }

  [[nodiscard]] static Properties<State, Action> properties() {
    return {
        property::always("TypeOK", "no jug holds more than its size (TypeOK)",
                         [](const State& s) { return s.small <= 3 && s.big <= 5; }),
        property::reachable("Solved", "4 gallons are in the big jug (the negation of NotSolved)",
                            [](const State& s) { return s.big == 4; }),
    };
  }

 private:
  static void pour(std::uint8_t& from, std::uint8_t& to, int gallons) {
    from = static_cast<std::uint8_t>(from - gallons);
    to = static_cast<std::uint8_t>(to + gallons);
  }
};
BOOST_DESCRIBE_STRUCT(DieHard::Options, (), ())
BOOST_DESCRIBE_STRUCT(DieHard::State, (), (big, small))
BOOST_DESCRIBE_STRUCT(DieHard::Action, (), (kind))

/// `everyway check die_hard`.
using Family = FamilyOf<DieHard>;

}  // namespace everyway::die_hard
