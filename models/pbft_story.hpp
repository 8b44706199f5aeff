// The steps of PBFT in words (see pbft.hpp).
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

#include "checker/model/difference.hpp"
#include "models/pbft_messages.hpp"
#include "models/pbft_state.hpp"

namespace everyway::pbft {

/// The names of replicas, the faulty one pointed out: "n1 (faulty), n2 and n3".
[[nodiscard]] inline std::string names(const State& s, ReplicaSet replicas) {
  return listed(replicas, [&](NodeId replica) {
    return text_of(replica) + (s.faulty.contains(replica) ? " (faulty)" : "");
  });
}

/// What the VIEW-CHANGE of a replica tells.
[[nodiscard]] inline std::string told_by(const Messages& messages, NodeId replica,
                                         std::size_t view) {
  const auto prepared = messages.last_prepared(replica, view);
  if (!prepared) return "no certificate";
  return fmt::format("its certificate for {} in view {}",
                     text_of(messages.record(replica, *prepared).prepared), *prepared);
}

/// What a step changed, by replica and view.
[[nodiscard]] inline std::vector<Change> changes_of_records(const State& before,
                                                            const State& after) {
  std::vector<Change> changes;
  for (std::size_t index = 0; index < most_replicas; ++index) {
    for (std::size_t view = 0; view < most_views; ++view) {
      const Record& old = before.replicas[index].records[view];
      const Record& now = after.replicas[index].records[view];
      if (same_bytes(old, now)) continue;
      changes.push_back(
          {fmt::format("{}.view {}", text_of(NodeId::at(index)), view), old.text(), now.text()});
    }
  }
  return changes;
}

/// "(view 0, v1)".
[[nodiscard]] inline std::string request_of(const Action& action) {
  return fmt::format("(view {}, {})", unsigned{action.view},
                     action.request == forged ? "a forged request" : text_of(action.request));
}
/// What a NEW-VIEW does.
[[nodiscard]] inline std::string carries(const Action& action) {
  if (action.request.is_none()) return "carries nothing over";
  return fmt::format("carries {} over", text_of(action.request));
}

/// The sentence for what a faulty replica tells everybody.
[[nodiscard]] inline std::string sentence_of_liar(const Setting& setting, const State& s,
                                                  const Action& action) {
  const std::string i = text_of(action.replica) + " (faulty)";
  const unsigned view = action.view;
  switch (action.kind) {
    case Kind::propose:
      return fmt::format("{} sends PRE-PREPARE{}", i, request_of(action));
    case Kind::accept:
      return fmt::format("{} sends PREPARE{}", i, request_of(action));
    case Kind::become_prepared:
      return fmt::format("{} sends COMMIT{}", i, request_of(action));
    case Kind::time_out:
      if (action.claim.view_after == 0) {
        return fmt::format("{} sends VIEW-CHANGE(view {}) with no certificate", i, view);
      }
      return fmt::format("{} sends VIEW-CHANGE(view {}) with a certificate for {} in view {}", i,
                         view, text_of(action.claim.request), action.claim.view_after - 1);
    default:
      break;
  }
  return fmt::format("{} has VIEW-CHANGE(view {}) from {}; its NEW-VIEW {}", i, view,
                     names(s, Messages(setting, s).support(view, action.request)), carries(action));
}

/// The sentence of a story for this step.
[[nodiscard]] inline std::string sentence(const Setting& setting, const State& s,
                                          const Action& action) {
  if (s.faulty.contains(action.replica)) return sentence_of_liar(setting, s, action);
  const Messages messages(setting, s);
  const std::string i = text_of(action.replica);
  const unsigned view = action.view;
  const std::string what = request_of(action);
  const auto from = [&](ReplicaSet replicas) { return names(s, replicas); };
  ReplicaSet primary;
  primary.insert(setting.primary(view));
  switch (action.kind) {
    case Kind::propose:
      return fmt::format("{} sends PRE-PREPARE{}", i, what);
    case Kind::accept:
      return fmt::format("{0} accepts PRE-PREPARE{2} from {1}; sends PREPARE{2}", i, from(primary),
                         what);
    case Kind::become_prepared:
      return fmt::format("{} is prepared, by {}; sends COMMIT{}", i,
                         from(messages.preparing(view, action.request)), what);
    case Kind::commit:
      return fmt::format("{} has COMMIT{} from {}; executes it", i, what,
                         from(messages.committing(view, action.request)));
    case Kind::time_out:
      return fmt::format("{} times out; sends VIEW-CHANGE(view {}) with {}", i, view,
                         told_by(messages, action.replica, view));
    case Kind::send_new_view:
      return fmt::format("{} has VIEW-CHANGE(view {}) from {}; its NEW-VIEW {}", i, view,
                         from(messages.support(view, action.request)), carries(action));
    case Kind::enter_new_view:
      break;
  }
  return fmt::format("{} accepts NEW-VIEW(view {}) from {}, which {}", i, view, from(primary),
                     carries(action));
}

}  // namespace everyway::pbft
