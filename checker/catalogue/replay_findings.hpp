#pragma once

#include <algorithm>
#include <vector>

#include "checker/catalogue/catalogue.hpp"
#include "checker/trace/replay.hpp"

namespace everyway::detail {

/// Whether `state` is one that a deadlock check refutes.
template <Model M>
[[nodiscard]] bool is_deadlock(const M& model, const StateOf<M>& state) {
  if (!is_within(model, state) || is_expected_end(model, state)) return false;
  bool enabled = false;
  model.next(state, [&](const ActionOf<M>&, auto&&) { enabled = true; });
  return !enabled;
}

/// Looks at every property along a run: each is found at most once, where it shows first. A witness
/// and a deadlock are looked for only if `recorded` names them: other runs pass such states too.
template <Model M>
class ReplayFindings {
 public:
  ReplayFindings(const M& model, const std::string& recorded)
      : model_(model),
        recorded_(recorded),
        properties_(properties_of(model)),
        found_(properties_.size(), false) {}

  void look_at_state(std::size_t step, const StateOf<M>& state) {
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      const auto& property = properties_[i];
      if (property.kind == PropertyKind::always) {
        if (const Refutation why = property.refuted_by_state(state)) found(i, step, *why);
      } else if (property.kind == PropertyKind::reachable && property.name == recorded_) {
        if (property.witnessed_by(state)) found(i, step, "");
      }
    }
  }

  void look_at_step(std::size_t step, const StateOf<M>& before, const ActionOf<M>& action,
                    const StateOf<M>& after) {
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      if (properties_[i].kind != PropertyKind::always_step) continue;
      if (const Refutation why = properties_[i].refuted_by_step(before, action, after)) {
        found(i, step, *why);
      }
    }
  }

  void look_at_end(std::size_t step, const StateOf<M>& state) {
    if (recorded_ != deadlock_property || !is_deadlock(model_, state)) return;
    findings_.push_back({{std::string(deadlock_property), PropertyKind::deadlock, ""},
                         step,
                         "no action is enabled"});
  }

  /// The recorded property first.
  [[nodiscard]] std::vector<ReplayFinding> take() {
    std::stable_partition(findings_.begin(), findings_.end(), [&](const ReplayFinding& finding) {
      return finding.property.name == recorded_;
    });
    return std::move(findings_);
  }

 private:
  void found(std::size_t position, std::size_t step, const std::string& why) {
    if (found_[position]) return;
    found_[position] = true;
    const auto& property = properties_[position];
    findings_.push_back({{property.name, property.kind, property.meaning}, step, why});
  }

  const M& model_;
  const std::string& recorded_;
  Properties<StateOf<M>, ActionOf<M>> properties_;
  std::vector<bool> found_;
  std::vector<ReplayFinding> findings_;
};

template <Model M>
[[nodiscard]] std::vector<ReplayFinding> replay_findings(const M& model, const Trace<M>& trace,
                                                         const std::string& recorded) {
  ReplayFindings<M> findings(model, recorded);
  findings.look_at_state(0, trace.initial);
  const StateOf<M> last =
      replay(model, trace,
             [&](std::size_t step, const auto& before, const auto& action, const auto& after) {
               findings.look_at_step(step, before, action, after);
               findings.look_at_state(step, after);
             });
  findings.look_at_end(trace.actions.size(), last);
  return findings.take();
}

}  // namespace everyway::detail
