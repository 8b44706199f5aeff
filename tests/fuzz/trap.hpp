// A model whose code has a mistake, which fuzz targets are to survive and to tell. It is in the way
// of a fuzz target alone, so that the explorer, which makes the seeds, survives; and it may begin
// late, so that it is not a seed that comes to it, but what libFuzzer makes of them.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checker/catalogue/family.hpp"

extern "C" [[gnu::weak]] int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace trap {

enum class Kind : std::uint8_t { climb, descend, step_aside, step_back };
BOOST_DESCRIBE_ENUM(Kind, climb, descend, step_aside, step_back)

struct Options {
  int calm = 0;  ///< how often somebody climbs before the rung breaks
};
BOOST_DESCRIBE_STRUCT(Options, (), (calm))

/// Somebody on a ladder, whose top rung is broken on one side: to climb on to it there is not a
/// violation of any property, but the end of the program.
class Trap {
 public:
  static constexpr std::string_view name = "trap";
  static constexpr std::string_view summary = "a ladder with a broken rung";
  static constexpr std::string_view source = "a test of fuzz targets";
  static constexpr std::uint8_t top = 6;

  using Options = trap::Options;
  struct State {
    std::uint8_t rung = 0;
    bool aside = false;
  };
  struct Action {
    Kind kind{};
  };
  using property = everyway::PropertyOf<State, Action>;

  Trap(const Options& options, std::string_view mutant)
      : calm_(options.calm), aborts_(mutant == "aborts"), hangs_(mutant == "hangs") {}
  static everyway::Parameters<Options> parameters() {
    return {everyway::ranged(&Options::calm, 0, 100'000, "climbs before the rung breaks")};
  }
  static everyway::Mutants mutants() {
    return {{"aborts", "the broken rung ends the program", "Low", "", 1},
            {"hangs", "there is no end to the way on to the broken rung", "Low", "", 1}};
  }

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    if (s.rung < top) step(Action{Kind::climb}, [this](State& t) { climb(t); });
    if (s.rung > 0) step(Action{Kind::descend}, [](State& t) { --t.rung; });
    if (!s.aside) step(Action{Kind::step_aside}, [](State& t) { t.aside = true; });
    if (s.aside) step(Action{Kind::step_back}, [](State& t) { t.aside = false; });
  }

  [[nodiscard]] static everyway::Properties<State, Action> properties() {
    return {property::always("Low", "nobody climbs beyond the top",
                             [](const State& s) { return s.rung <= top; }),
            property::reachable("High", "the top can be reached",
                                [](const State& s) { return s.rung == top; })};
  }

 private:
  void climb(State& t) const {
    ++t.rung;
    static int climbs = 0;
    if (++climbs <= calm_) return;
    if (t.rung != top || !t.aside || LLVMFuzzerTestOneInput == nullptr) return;
    if (aborts_) std::abort();
    while (hangs_) {
      volatile bool endless = true;  // a loop without side effects may be left out
      (void)endless;
    }
  }

  int calm_;
  bool aborts_;
  bool hangs_;
};
BOOST_DESCRIBE_STRUCT(Trap::State, (), (rung, aside))
BOOST_DESCRIBE_STRUCT(Trap::Action, (), (kind))

using Family = everyway::FamilyOf<Trap>;

}  // namespace trap
