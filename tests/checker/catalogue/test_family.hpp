#pragma once

#include <string>

#include "checker/catalogue/entry_of.hpp"

namespace everyway::testing {

struct ClockOptions {
  int hours = 5;
  int start = 0;
  bool broken = false;
  bool stops = false;
};
BOOST_DESCRIBE_STRUCT(ClockOptions, (), (hours, start, broken, stops))

/// A clock of `hours` hours that `--broken` lets run past its end: every kind of property, a
/// deadlock on request, one parameter of each sort.
class Clock {
 public:
  using Options = ClockOptions;
  struct State {
    std::uint8_t hour = 0;
  };
  enum class Kind : std::uint8_t { tick, set_back, never };
  struct Action {
    Kind kind{};
    std::uint8_t to = 0;
  };
  using property = PropertyOf<State, Action>;

  static constexpr std::string_view name = "clock";
  static constexpr std::string_view summary = "a clock that can be set back to 0";
  static constexpr std::string_view source = "everyday life";

  static Parameters<Options> parameters() {
    return {ranged(&Options::hours, 1, 12, "hours on its face"),
            ranged(&Options::start, 0, 12, "the hour it starts from"),
            toggle(&Options::broken, "runs on past its end"),
            toggle(&Options::stops, "stops at its end")};
  }
  static Mutants mutants() {
    return {{"skips-an-hour", "the first tick skips an hour", "One by one", "--hours 3", 1}};
  }

  Clock(const Options& options, std::string_view mutant)
      : options_(options), skips_(mutant == "skips-an-hour") {
    if (options.start > options.hours) throw UsageError("--start lies after --hours");
  }

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{static_cast<std::uint8_t>(options_.start)});
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    const int limit = options_.hours + (options_.broken ? 1 : 0);
    const auto to = [&](Kind kind, int hour) {
      const auto target = static_cast<std::uint8_t>(hour);
      step(Action{kind, target}, [target](State& t) { t.hour = target; });
    };
    if (s.hour < limit) to(Kind::tick, s.hour + (skips_ && s.hour == 0 ? 2 : 1));
    if (s.hour == options_.hours && !options_.stops) to(Kind::set_back, 0);
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    return {
        property::always("On its face", "the hour is on the face of the clock",
                         [this](const State& s) -> Refutation {
                           if (s.hour <= options_.hours) return std::nullopt;
                           return "it is " + std::to_string(s.hour);
                         }),
        property::always_step("One by one", "no tick skips an hour",
                              [](const State& before, const Action& action, const State& after) {
                                return action.kind != Kind::tick || after.hour == before.hour + 1;
                              }),
        property::reachable("It is three", "the clock may show 3",
                            [](const State& s) { return s.hour == 3; }),
    };
  }

 private:
  Options options_;
  bool skips_;
};
BOOST_DESCRIBE_STRUCT(Clock::State, (), (hour))
BOOST_DESCRIBE_ENUM(Clock::Kind, tick, set_back, never)
BOOST_DESCRIBE_STRUCT(Clock::Action, (), (kind, to))

[[nodiscard]] inline Catalogue clock_catalogue() {
  Catalogue catalogue;
  catalogue.push_back(make_entry<FamilyOf<Clock>>());
  return catalogue;
}

}  // namespace everyway::testing
