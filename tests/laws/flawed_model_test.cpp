// The laws are trusted only after they were seen to fail: a model with one flaw after the other.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

#include "tests/laws/laws.hpp"

namespace everyway::testing {

enum class Flaw : std::uint8_t {
  none,
  names_an_action_twice,
  remembers_its_calls,
  leaves_bytes_in_unused_room,
  is_at_a_loss_for_words,
  has_a_property_with_memory,
  breaks_its_property,
};

enum class FlawedKind : std::uint8_t { push, pop };
BOOST_DESCRIBE_ENUM(FlawedKind, push, pop)

/// A stack of at most two numbers.
class Flawed {
 public:
  struct State {
    InlineVector<std::uint8_t, 2> stack;
  };
  struct Action {
    FlawedKind kind{};
    std::uint8_t value = 0;
  };
  using property = PropertyOf<State, Action>;

  explicit Flawed(Flaw flaw) : flaw_(flaw) {}

  template <class Emit>
  void init(Emit&& emit) const {
    emit(State{});
  }

  template <class Step>
  void next(const State& state, Step&& step) const {
    const auto value =
        static_cast<std::uint8_t>(flaw_ == Flaw::remembers_its_calls ? ++*calls_ % 100 : 7);
    const int times = flaw_ == Flaw::names_an_action_twice ? 2 : 1;
    for (int time = 0; time < times && state.stack.size() < 2; ++time) {
      step(Action{FlawedKind::push, value}, [value](State& t) { t.stack.push_back(value); });
    }
    if (state.stack.empty()) return;
    const bool leaves_bytes = flaw_ == Flaw::leaves_bytes_in_unused_room;
    step(Action{FlawedKind::pop, 0}, [leaves_bytes](State& t) {
      t.stack.pop_back();
      if (leaves_bytes) std::memset(t.stack.end(), 9, 1);
    });
  }

  [[nodiscard]] std::string explain(const State&, const Action& action, const State&) const {
    return flaw_ == Flaw::is_at_a_loss_for_words ? "" : text_of(action.kind);
  }

  [[nodiscard]] Properties<State, Action> properties() const {
    return {property::always("Claim", "what the flaw makes of it",
                             [flaw = flaw_, calls = calls_](const State& state) {
                               if (flaw == Flaw::has_a_property_with_memory)
                                 return ++*calls % 2 == 0;
                               return flaw != Flaw::breaks_its_property || state.stack.size() < 2;
                             })};
  }

 private:
  Flaw flaw_;
  std::shared_ptr<unsigned> calls_ = std::make_shared<unsigned>(0);
};
BOOST_DESCRIBE_STRUCT(Flawed::State, (), (stack))
BOOST_DESCRIBE_STRUCT(Flawed::Action, (), (kind, value))

namespace {

/// Push, push, pop.
[[nodiscard]] Walk<Flawed> walk_of(const Flawed& model) {
  Walk<Flawed> walk{{Flawed::State{}, {}}, {Flawed::State{}}};
  take_nth(model, 0, walk);
  take_nth(model, 0, walk);
  take_nth(model, actions_of(model, walk.last()).size() - 1, walk);
  return walk;
}

/// Whether the law's assertions let the model with this flaw pass.
template <class Law>
[[nodiscard]] bool passes(Flaw flaw, Law law) {
  const Flawed model(flaw);
  const Walk<Flawed> walk = walk_of(model);
  try {
    law(model, walk);
  } catch (const rc::detail::CaseResult& result) {
    return result.type != rc::detail::CaseResult::Type::Failure;
  }
  return true;
}

template <class Law>
void expect_to_notice(Flaw flaw, Law law) {
  EXPECT_TRUE(passes(Flaw::none, law));
  EXPECT_FALSE(passes(flaw, law));
}

TEST(Laws, NoticeAnActionThatIsNamedTwice) {
  expect_to_notice(Flaw::names_an_action_twice, actions_are_distinct<Flawed>);
}
TEST(Laws, NoticeAModelThatIsNotDeterministic) {
  expect_to_notice(Flaw::remembers_its_calls, init_and_next_are_deterministic<Flawed>);
}
TEST(Laws, NoticeBytesThatNoFieldDescribes) {
  expect_to_notice(Flaw::leaves_bytes_in_unused_room, unused_room_is_zero<Flawed>);
  expect_to_notice(Flaw::leaves_bytes_in_unused_room,
                   states_are_what_their_description_says<Flawed>);
  expect_to_notice(Flaw::leaves_bytes_in_unused_room, equal_descriptions_are_equal_bytes<Flawed>);
}
TEST(Laws, NoticeAStepWithoutWords) {
  expect_to_notice(Flaw::is_at_a_loss_for_words, everything_has_words<Flawed>);
}
TEST(Laws, NoticeAPropertyThatDependsOnMoreThanTheState) {
  expect_to_notice(Flaw::has_a_property_with_memory, properties_depend_on_the_state_alone<Flawed>);
}
TEST(Laws, NoticeAPropertyThatFails) {
  expect_to_notice(Flaw::breaks_its_property, nothing_is_refuted<Flawed>);
}

TEST(Laws, NoticeAWalkThatDoesNotReplay) {
  const Flawed model(Flaw::none);
  Walk<Flawed> walk = walk_of(model);
  walk.states[1] = walk.states[2];
  EXPECT_THROW(replay_passes_the_states_of_the_walk(model, walk), rc::detail::CaseResult);
}

}  // namespace
}  // namespace everyway::testing
