#pragma once

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "checker/model/difference.hpp"
#include "checker/schedule/abstraction.hpp"
#include "checker/schedule/follow.hpp"
#include "checker/schedule/mutate.hpp"
#include "checker/schedule/tester.hpp"
#include "checker/search/fingerprint.hpp"
#include "checker/search/packed.hpp"
#include "checker/search/symmetry.hpp"
#include "checker/search/symmetry_check.hpp"
#include "checker/trace/action_text.hpp"
#include "checker/trace/replay.hpp"
#include "checker/trace/story.hpp"
#include "checker/trace/trace_file.hpp"
#include "tests/laws/commutation.hpp"
#include "tests/laws/room.hpp"
#include "tests/laws/walk.hpp"

/// What holds for every model, as assertions about one walk. Each is called within a RapidCheck
/// property.
namespace everyway::testing {

template <Flat T>
[[nodiscard]] bool same_sequences(const std::vector<T>& left, const std::vector<T>& right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](const T& one, const T& other) { return same_bytes(one, other); });
}

template <class T>
[[nodiscard]] std::string json_text_of(const T& value) {
  return boost::json::serialize(to_json(value));
}

template <Model M>
void actions_are_distinct(const M& model, const Walk<M>& walk) {
  for (const StateOf<M>& state : walk.states) {
    const std::vector<ActionOf<M>> actions = actions_of(model, state);
    for (std::size_t i = 0; i < actions.size(); ++i) {
      for (std::size_t j = i + 1; j < actions.size(); ++j) {
        RC_ASSERT_FALSE(same_bytes(actions[i], actions[j]));
      }
    }
  }
}

template <Model M>
void init_and_next_are_deterministic(const M& model, const Walk<M>& walk) {
  const M copy = model;
  RC_ASSERT(same_sequences(initial_states_of(model), initial_states_of(copy)));
  for (const StateOf<M>& state : walk.states) {
    if (!is_within(model, state)) continue;
    RC_ASSERT(same_sequences(actions_of(model, state), actions_of(copy, state)));
    RC_ASSERT(same_sequences(successors_of(model, state), successors_of(copy, state)));
    RC_ASSERT(same_sequences(successors_of(model, state), successors_of(model, state)));
  }
}

/// Where a model says that names do not matter, they do not: a state renamed is bounded, may end,
/// satisfies properties and goes on as before, and its representative is the same, by signatures
/// that are remembered as by those found out anew.
template <Model M>
void interchangeable_names_do_not_matter(const M& model, const Walk<M>& walk) {
  if constexpr (SymmetricModel<M>) {
    const Interchangeable names = model.interchangeable();
    const detail::RenamingCheck<M> check(model);
    const Symmetry<StateOf<M>> symmetry(names);
    Signer<StateOf<M>> signer = symmetry.signer();
    for (const StateOf<M>& state : walk.states) {
      if (!is_within(model, state)) continue;
      StateOf<M> canonical = state;
      symmetry.make_canonical(canonical);
      StateOf<M> again = canonical;
      symmetry.make_canonical(again);
      RC_ASSERT(same_bytes(again, canonical));
      for (const auto& [exchange, exchanged] : detail::exchanges(names)) {
        RC_ASSERT(!check.difference(state, exchange));
        StateOf<M> renamed = state;
        rename(renamed, exchange);
        symmetry.make_canonical(renamed, signer);
        RC_ASSERT(same_bytes(renamed, canonical));
      }
    }
  }
}

/// Where a model has `apply`, it does what the effect of the action does.
template <Model M>
void applying_is_the_effect(const M& model, const Walk<M>& walk) {
  if constexpr (ModelThatApplies<M>) {
    for (const StateOf<M>& state : walk.states) {
      if (!is_within(model, state)) continue;
      model.next(state, [&](const ActionOf<M>& action, auto&& effect) {
        StateOf<M> by_effect = state;
        effect(by_effect);
        StateOf<M> applied = state;
        model.apply(applied, action);
        RC_ASSERT(same_bytes(by_effect, applied));
      });
    }
  }
}

/// Its description is all there is to a state: rebuilt from it, a state is the same in every
/// respect.
template <Model M>
void states_are_what_their_description_says(const M&, const Walk<M>& walk) {
  for (const StateOf<M>& state : walk.states) {
    const auto rebuilt = from_json<StateOf<M>>(to_json(state), "state");
    RC_ASSERT(same_bytes(rebuilt, state));
    RC_ASSERT(fingerprint(rebuilt) == fingerprint(state));
    RC_ASSERT(text_of(rebuilt) == text_of(state));
  }
}

/// States that different actions lead to have equal bytes if and only if they have equal
/// descriptions.
template <Model M>
void equal_descriptions_are_equal_bytes(const M& model, const Walk<M>& walk) {
  if (!is_within(model, walk.last())) return;
  std::vector<StateOf<M>> states = successors_of(model, walk.last());
  states.insert(states.end(), walk.states.begin(), walk.states.end());
  std::vector<std::string> descriptions;
  for (const StateOf<M>& state : states) descriptions.push_back(json_text_of(state));
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (std::size_t j = i + 1; j < states.size(); ++j) {
      const bool same = same_bytes(states[i], states[j]);
      RC_ASSERT(same == (descriptions[i] == descriptions[j]));
      RC_ASSERT(same == (fingerprint(states[i]) == fingerprint(states[j])));
      RC_ASSERT(same == changes_between(states[i], states[j]).empty());
    }
  }
}

template <Model M>
void packing_loses_nothing(const M&, const Walk<M>& walk) {
  using Pack = Packed<StateOf<M>>;
  for (const StateOf<M>& state : walk.states) {
    std::vector<std::uint64_t> words(Pack::max_words, ~std::uint64_t{0});
    const std::size_t written = Pack::pack(state, words.data());
    RC_ASSERT(written <= Pack::max_words);
    StateOf<M> unpacked;
    std::memset(static_cast<void*>(&unpacked), 0xA5, sizeof(unpacked));
    RC_ASSERT(Pack::unpack(words.data(), unpacked) == written);
    RC_ASSERT(same_bytes(unpacked, state));
  }
}

template <Model M>
[[nodiscard]] std::vector<StateOf<M>> replayed_states(const M& model, const Trace<M>& trace) {
  std::vector<StateOf<M>> states{trace.initial};
  replay(model, trace,
         [&](std::size_t, const StateOf<M>&, const ActionOf<M>&, const StateOf<M>& after) {
           states.push_back(after);
         });
  return states;
}

template <Model M>
void replay_passes_the_states_of_the_walk(const M& model, const Walk<M>& walk) {
  RC_ASSERT(same_sequences(replayed_states(model, walk.trace), walk.states));
}

/// A trace with an action at its end that was possible earlier, but no longer is, is refused.
template <Model M>
void replay_refuses_what_is_not_enabled(const M& model, const Walk<M>& walk) {
  const std::vector<ActionOf<M>> enabled = actions_of(model, walk.last());
  for (const ActionOf<M>& earlier : walk.trace.actions) {
    const auto is_earlier = [&](const ActionOf<M>& each) { return same_bytes(each, earlier); };
    if (std::any_of(enabled.begin(), enabled.end(), is_earlier)) continue;
    Trace<M> trace = walk.trace;
    trace.actions.push_back(earlier);
    RC_ASSERT_THROWS_AS((void)replayed_states(model, trace), ReplayError);
    return;
  }
}

template <Model M>
void traces_survive_writing(const M&, const Walk<M>& walk) {
  TraceFile file;
  file.model = "model";
  file.parameters = {{"number", 3, false}, {"switch", 1, true}};
  file.property = "property";
  put_trace(walk.trace, file);
  const TraceFile read = parse_trace(trace_text(file), "walk.json");
  RC_ASSERT(trace_text(read) == trace_text(file));
  const Trace<M> trace = get_trace<M>(read);
  RC_ASSERT(same_bytes(trace.initial, walk.trace.initial));
  RC_ASSERT(same_sequences(trace.actions, walk.trace.actions));
}

template <Model M>
void everything_has_words(const M& model, const Walk<M>& walk) {
  for (const StateOf<M>& state : walk.states) RC_ASSERT_FALSE(text_of(state).empty());
  for (const ActionOf<M>& action : walk.trace.actions) {
    RC_ASSERT_FALSE(text_of(action).empty());
    RC_ASSERT_FALSE(action_text(action).empty());
  }
  const Story story = story_of(model, walk.trace);
  RC_ASSERT(story.steps.size() == walk.trace.actions.size());
  for (const StoryStep& step : story.steps) {
    RC_ASSERT_FALSE(step.sentence.empty());
    RC_ASSERT(step.sentence.find('\n') == std::string::npos);
  }
}

template <Model M>
void changes_are_told_exactly_if_there_are_any(const M&, const Walk<M>& walk) {
  for (std::size_t i = 0; i < walk.states.size(); ++i) {
    RC_ASSERT(changes_between(walk.states[i], walk.states[i]).empty());
    if (i == 0) continue;
    const bool same = same_bytes(walk.states[i - 1], walk.states[i]);
    const std::vector<Change> changes = changes_between(walk.states[i - 1], walk.states[i]);
    RC_ASSERT(changes.empty() == same);
    for (const Change& change : changes) RC_ASSERT(change.before != change.after);
  }
}

template <Model M>
void unused_room_is_zero(const M&, const Walk<M>& walk) {
  for (const StateOf<M>& state : walk.states) RC_ASSERT(is_in_canonical_form(state));
}

/// For models that tell what commutes; in some states of the walk, and in the last.
template <Model M>
void independent_actions_commute(const M& model, const Walk<M>& walk) {
  if constexpr (ModelWithIndependence<M>) {
    constexpr std::size_t stride = 8;
    for (std::size_t i = walk.states.size() - 1;; i -= stride) {
      RC_ASSERT(commutation_in(model, walk.states[i]).mistake == "");
      if (i < stride) return;
    }
  }
}

template <Model M>
void what_is_known_to_stay_within_the_bound_does(const M& model, const Walk<M>& walk) {
  for (const StateOf<M>& state : walk.states) {
    if (!is_within(model, state)) return;
    for (const auto& [action, successor] : steps_of(model, state)) {
      if (!successor || !surely_stays_within(model, state, action)) continue;
      RC_ASSERT(is_within(model, *successor));
    }
  }
}

/// A property reads nothing but the state: asked anew, it says the same of a copy.
template <Model M>
void properties_depend_on_the_state_alone(const M& model, const Walk<M>& walk) {
  const auto properties = properties_of(model);
  const auto again = properties_of(model);
  RC_ASSERT(properties.size() == again.size());
  for (const StateOf<M>& state : walk.states) {
    const auto rebuilt = from_json<StateOf<M>>(to_json(state), "state");
    for (std::size_t i = 0; i < properties.size(); ++i) {
      if (properties[i].refuted_by_state) {
        RC_ASSERT(properties[i].refuted_by_state(state) == again[i].refuted_by_state(rebuilt));
      }
      if (properties[i].witnessed_by) {
        RC_ASSERT(properties[i].witnessed_by(state) == again[i].witnessed_by(rebuilt));
      }
    }
  }
}

/// What a search asks, of all properties of a list at once, is what each says in words.
template <Model M>
void quick_checks_agree_with_words(const M& model, const Walk<M>& walk) {
  for (const auto& property : properties_of(model)) {
    const auto has = [&](PropertyBits bits) { return (bits >> property.position & 1U) != 0; };
    for (std::size_t i = 0; i < walk.states.size(); ++i) {
      const StateOf<M>& state = walk.states[i];
      if (property.refuted_by_state) {
        RC_ASSERT(has(property.quick->refuted_by_state(state)) ==
                  property.refuted_by_state(state).has_value());
      }
      if (property.witnessed_by) {
        RC_ASSERT(has(property.quick->witnessed_by(state)) == property.witnessed_by(state));
      }
      if (property.refuted_by_step && i > 0) {
        const StateOf<M>& before = walk.states[i - 1];
        const ActionOf<M>& action = walk.trace.actions[i - 1];
        RC_ASSERT(has(property.quick->refuted_by_step(before, action, state)) ==
                  property.refuted_by_step(before, action, state).has_value());
      }
    }
  }
}

template <Model M>
void nothing_is_refuted(const M& model, const Walk<M>& walk) {
  for (const auto& property : properties_of(model)) {
    for (std::size_t i = 0; i < walk.states.size(); ++i) {
      if (property.refuted_by_state) {
        RC_ASSERT(property.refuted_by_state(walk.states[i]) == Refutation{});
      }
      if (property.refuted_by_step && i > 0) {
        RC_ASSERT(property.refuted_by_step(walk.states[i - 1], walk.trace.actions[i - 1],
                                           walk.states[i]) == Refutation{});
      }
    }
  }
}

/// The feedback of a fuzzer does not tell states apart that differ in names only.
template <Model M>
void abstractions_know_no_names(const M& model, const Walk<M>& walk) {
  if constexpr (SymmetricModel<M>) {
    for (const StateOf<M>& state : walk.states) {
      for (const auto& [exchange, exchanged] : detail::exchanges(model.interchangeable())) {
        StateOf<M> renamed = state;
        rename(renamed, exchange);
        RC_ASSERT(abstract_hash(model, renamed) == abstract_hash(model, state));
      }
    }
  }
}

/// Following the schedule of a walk takes the walk again, and every mutation of it can be taken.
template <Model M>
void schedules_are_followed(const M& model, const Walk<M>& walk) {
  constexpr std::uint64_t depth = 60;
  TestOptions options;
  options.depth = depth;
  options.check_deadlock = false;
  ScheduleTester<M> tester(model, options);
  const auto follows = [&](const Schedule& schedule) {
    ScheduleFollower<M> follower(schedule);
    return tester.run(follower).trace;
  };
  const Schedule schedule = schedule_of(model, walk.trace);
  RC_ASSERT(decode(encode(schedule)) == schedule);
  if (is_within(model, walk.last())) {
    RC_ASSERT(same_sequences(follows(schedule).actions, walk.trace.actions));
  }
  ScheduleMutator<M> mutator(model, depth, 0);
  RandomChooser chooser(*rc::gen::arbitrary<std::uint64_t>(), 1);
  for (int i = 0; i < 3; ++i) {
    const Schedule mutated =
        i < 2 ? mutator.mutate(schedule, chooser) : mutator.cross_over(schedule, schedule, chooser);
    const Trace<M> trace = follows(mutated);
    RC_ASSERT(trace.actions.size() == mutated.actions.size());
    RC_ASSERT(schedule_of(model, trace).actions == mutated.actions);
  }
}

}  // namespace everyway::testing
