#pragma once

#include <concepts>
#include <string>
#include <vector>

#include "checker/model/difference.hpp"
#include "checker/trace/replay.hpp"

namespace everyway {

/// A model that tells what a step changed in its own terms. Without it, stories tell every field
/// that differs, under the path that `detail::readable_path` makes of its place.
template <class M>
concept ModelThatTellsChanges = Model<M> && requires(const M model, const StateOf<M> state) {
  { model.changes(state, state) } -> std::same_as<std::vector<Change>>;
};

/// One action of a story: who did what, and what it changed.
struct StoryStep {
  std::string sentence;
  std::vector<Change> changes;
};

/// A run told step by step. Made by `story_of`, printed by `story_text`.
struct Story {
  /// The initial state in words; empty if the model has only one.
  std::string beginning;
  std::vector<StoryStep> steps;
};

/// The story as text: numbered actions, each with its changes below it, one line for each process
/// that changed; "+" and "-" mark what was added to or removed from a bag. Ends with a line feed.
[[nodiscard]] std::string story_text(const Story& story);

namespace detail {

/// "servers[n2].term" -> "n2.term": the process comes first. Other paths stay as they are.
[[nodiscard]] std::string readable_path(const std::string& path);

template <Model M>
[[nodiscard]] std::vector<Change> changes_told_by(const M& model, const StateOf<M>& before,
                                                  const StateOf<M>& after) {
  if constexpr (ModelThatTellsChanges<M>) {
    return model.changes(before, after);
  } else {
    std::vector<Change> changes = changes_between(before, after);
    for (Change& change : changes) change.path = readable_path(change.path);
    return changes;
  }
}

template <Model M>
[[nodiscard]] std::string sentence(const M& model, const StateOf<M>& before,
                                   const ActionOf<M>& action, const StateOf<M>& after) {
  if constexpr (ModelThatExplains<M>) {
    return model.explain(before, action, after);
  } else {
    return action_text(action);
  }
}

template <Model M>
[[nodiscard]] bool has_one_initial_state(const M& model) {
  std::size_t count = 0;
  model.init([&](const StateOf<M>&) { ++count; });
  return count == 1;
}

}  // namespace detail

/// Tells `trace`. Throws `ReplayError` if the model cannot take it.
template <Model M>
[[nodiscard]] Story story_of(const M& model, const Trace<M>& trace) {
  Story story;
  if (!detail::has_one_initial_state(model)) story.beginning = text_of(trace.initial);
  replay(model, trace,
         [&](std::size_t, const StateOf<M>& before, const ActionOf<M>& action,
             const StateOf<M>& after) {
           story.steps.push_back({detail::sentence(model, before, action, after),
                                  detail::changes_told_by(model, before, after)});
         });
  return story;
}

}  // namespace everyway
