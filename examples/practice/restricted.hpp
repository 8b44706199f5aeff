#pragma once

#include <string>
#include <utility>
#include <vector>

#include "checker/model/difference.hpp"
#include "checker/model/model.hpp"

namespace practice {

/// A ready model in a situation that a problem sets: it goes on and ends as the class that derives
/// from this one says, and begins as the model does, unless that class has an `init` too. What
/// commutes and what is interchangeable in the model itself says nothing of the situation, so
/// neither is passed on.
template <class M>
class Restricted {
 public:
  using State = typename M::State;
  using Action = typename M::Action;
  using property = everyway::PropertyOf<State, Action>;

  explicit Restricted(M model) : model_(std::move(model)) {}

  template <class Emit>
  void init(Emit&& emit) const {
    model_.init(emit);
  }
  [[nodiscard]] bool within(const State& state) const { return model_.within(state); }

  [[nodiscard]] std::string explain(const State& before, const Action& action,
                                    const State& after) const {
    return model_.explain(before, action, after);
  }
  [[nodiscard]] std::vector<everyway::Change> changes(const State& before,
                                                      const State& after) const {
    return model_.changes(before, after);
  }

 protected:
  [[nodiscard]] const M& model() const noexcept { return model_; }

  /// The claims of the model that bear one of these names.
  [[nodiscard]] everyway::Properties<State, Action> properties_of_model(
      const std::vector<std::string>& names) const {
    everyway::Properties<State, Action> chosen;
    for (auto& claim : model_.properties()) {
      for (const std::string& name : names) {
        if (claim.name == name) chosen.push_back(claim);
      }
    }
    return chosen;
  }

 private:
  M model_;
};

}  // namespace practice
