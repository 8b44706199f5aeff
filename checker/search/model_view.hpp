#pragma once

#include <exception>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/model/model_bound_error.hpp"
#include "checker/search/fingerprint.hpp"
#include "checker/search/fixed_table.hpp"

namespace everyway {

/// A model seen differently by a search, with the same states and actions: successors in another
/// order, or another start and another question. The model outlives its views.
template <Model M>
class ModelView {
 public:
  using State = StateOf<M>;
  using Action = ActionOf<M>;

  /// The model itself if `order` is 0; otherwise the successors of each state are enumerated in an
  /// order drawn from `order` and the state, the same whenever it is asked.
  explicit ModelView(const M& model, std::uint64_t order = 0) : model_(&model), order_(order) {}

  /// The question whether a state with the fingerprint `target` is reachable, from `start` if
  /// given. Successors for which the model has no room are left out: a search that finds the target
  /// again must not end early because of them.
  [[nodiscard]] ModelView leading_to(std::uint64_t target,
                                     const std::optional<State>& start) const {
    ModelView view = *this;
    view.target_ = target;
    view.start_ = start;
    return view;
  }

  void init(auto&& emit) const {
    if (start_) {
      emit(*start_);
    } else {
      model_->init(emit);
    }
  }
  void next(const State& state, auto&& step) const {
    if (order_ != 0) {
      next_in_order(state, step);
    } else if (target_) {
      next_with_room(state, step);
    } else {
      model_->next(state, step);
    }
  }
  [[nodiscard]] bool within(const State& state) const requires BoundedModel<M> {
    return model_->within(state);
  }
  [[nodiscard]] bool may_end(const State& state) const requires ModelThatMayEnd<M> {
    return model_->may_end(state);
  }
  [[nodiscard]] bool offers(KindOf<M> kind) const requires ModelThatOffers<M> {
    return model_->offers(kind);
  }
  [[nodiscard]] Properties<State, Action> properties() const {
    if (!target_) return properties_of(*model_);
    return {PropertyOf<State, Action>::reachable(
        "target", "", [target = *target_](const State& s) { return fingerprint(s) == target; })};
  }

 private:
  struct Choice {
    State successor;
    Action action;
    std::exception_ptr no_room;
  };

  void next_with_room(const State& state, auto&& step) const {
    model_->next(state, [&](const Action& action, auto&& effect) {
      State successor = state;
      try {
        effect(successor);
      } catch (const ModelBoundError&) {
        return;
      }
      step(action, [&](State& target) { target = successor; });
    });
  }

  void next_in_order(const State& state, auto&& step) const {
    // One per thread and kept: a search asks for millions of them.
    thread_local std::vector<Choice> choices;
    thread_local std::vector<std::size_t> order;
    choices.clear();
    model_->next(state, [&](const Action& action, auto&& effect) {
      Choice& choice = choices.emplace_back(Choice{state, action, nullptr});
      try {
        effect(choice.successor);
      } catch (const ModelBoundError&) {
        choice.no_room = std::current_exception();
      }
    });
    order.resize(choices.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(order, mixed(order_ ^ fingerprint(state)));
    for (const std::size_t i : order) {
      const Choice& choice = choices[i];
      if (target_ && choice.no_room) continue;
      step(choice.action, [&](State& target) {
        if (choice.no_room) std::rethrow_exception(choice.no_room);
        target = choice.successor;
      });
    }
  }
  /// Fisher and Yates.
  static void shuffle(std::vector<std::size_t>& order, std::uint64_t random) {
    for (std::size_t left = order.size(); left > 1; --left) {
      random = mixed(random + 0x9e3779b97f4a7c15U);
      std::swap(order[left - 1], order[random % left]);
    }
  }

  const M* model_;
  std::uint64_t order_;
  std::optional<std::uint64_t> target_;
  std::optional<State> start_;
};

}  // namespace everyway
