// Dijkstra's first self-stabilising token ring ("Self-stabilizing Systems in Spite of Distributed
// Control", Communications of the ACM 17, 1974), from every state that it may start in.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <string_view>

#include "checker/catalogue/family.hpp"

namespace token_ring {

enum class Kind : std::uint8_t { pass_token };
BOOST_DESCRIBE_ENUM(Kind, pass_token)

class TokenRing {
 public:
  static constexpr std::string_view name = "token_ring";
  static constexpr std::string_view summary = "machines in a ring, of which one holds the token";
  static constexpr std::string_view source = "Dijkstra, Communications of the ACM 17 (1974)";
  static constexpr std::uint8_t machines = 4;

  struct Options {};
  struct State {
    std::array<std::uint8_t, machines> value{};  ///< below the number of machines
  };
  struct Action {
    Kind kind{};
    std::uint8_t machine = 0;  ///< the one that passes the token on
  };
  using property = everyway::PropertyOf<State, Action>;

  TokenRing(const Options&, std::string_view mutant) : all_count_on_(mutant == "all_count_on") {}
  static everyway::Parameters<Options> parameters() { return {}; }
  static everyway::Mutants mutants() {
    return {{"all_count_on", "every machine counts on, where only the bottom one may", "NeverMore",
             "", 1}};
  }

  template <class Emit>
  void init(Emit&& emit) const {
    State s;
    for (int number = 0; number < 256; ++number) {
      for (int m = 0, rest = number; m < machines; ++m, rest /= machines) {
        s.value[static_cast<std::size_t>(m)] = static_cast<std::uint8_t>(rest % machines);
      }
      emit(s);
    }
  }

  /// The bottom machine holds the token if its neighbour's value is its own; any other, if not.
  template <class Step>
  void next(const State& s, Step&& step) const {
    for (std::uint8_t m = 0; m < machines; ++m) {
      if (holds_token(s, m)) step(Action{Kind::pass_token, m}, [this, m](State& t) { pass(t, m); });
    }
  }

  [[nodiscard]] static everyway::Properties<State, Action> properties() {
    return {
        property::always("SomeToken", "at least one machine holds the token",
                         [](const State& s) { return tokens(s) >= 1; }),
        property::always_step("NeverMore", "no step makes more tokens",
                              [](const State& s, const Action&, const State& t) {
                                return tokens(t) <= tokens(s);
                              }),
        property::reachable("Stable", "exactly one machine holds the token",
                            [](const State& s) { return tokens(s) == 1; }),
    };
  }

 private:
  static std::uint8_t before(const State& s, std::uint8_t m) {
    return s.value[(m + machines - 1U) % machines];
  }
  static bool holds_token(const State& s, std::uint8_t m) {
    return (m == 0) == (s.value[m] == before(s, m));
  }
  static int tokens(const State& s) {
    int held = 0;
    for (std::uint8_t m = 0; m < machines; ++m) held += holds_token(s, m) ? 1 : 0;
    return held;
  }
  void pass(State& t, std::uint8_t m) const {
    const int step = m == 0 || all_count_on_ ? 1 : 0;
    t.value[m] = static_cast<std::uint8_t>((before(t, m) + step) % machines);
  }

  bool all_count_on_;
};
BOOST_DESCRIBE_STRUCT(TokenRing::Options, (), ())
BOOST_DESCRIBE_STRUCT(TokenRing::State, (), (value))
BOOST_DESCRIBE_STRUCT(TokenRing::Action, (), (kind, machine))

using Family = everyway::FamilyOf<TokenRing>;

}  // namespace token_ring
