#pragma once

#include <string>
#include <vector>

#include "checker/cluster/effects.hpp"

namespace everyway::cluster::detail {

template <class P>
[[nodiscard]] std::string message_text(const P& process, const typename P::Message& message) {
  if constexpr (ProcessThatDescribes<P>) {
    return process.describe(message);
  } else {
    return text_of(message);
  }
}

/// What happens, without the effects.
template <class P>
[[nodiscard]] std::string event_text(const P& process, std::size_t size,
                                     const ClusterAction<P>& action) {
  const std::string node = text_of(action.node);
  const std::string peer = text_of(action.peer);
  const std::string message = message_text(process, action.message);
  switch (action.kind) {
    case ActionKind::deliver:
      return fmt::format("{} receives {} from {}", node, message, peer);
    case ActionKind::time_out:
      return fmt::format("{}: {} timeout", node, text_of(action.timer));
    case ActionKind::request:
      return fmt::format("{} receives client request {}", node, +action.client_request.value);
    case ActionKind::drop:
      return fmt::format("the network loses {} from {} to {}", message, peer, node);
    case ActionKind::duplicate:
      return fmt::format("the network doubles {} from {} to {}", message, peer, node);
    case ActionKind::crash:
      return node + " crashes";
    case ActionKind::restart:
      return node + " restarts";
    case ActionKind::heal:
      return "the partition heals";
    case ActionKind::cut:
      break;
  }
  const std::uint64_t all = NodeSet<P::capacity>::first(size).bits();
  return fmt::format("the network splits into {} and {}", text_of(action.group),
                     text_of(NodeSet<P::capacity>::of_bits(all & ~action.group.bits())));
}

/// What the cut of a partition takes with it.
template <class P, Network N>
[[nodiscard]] std::string lost_in_cut(const P& process, const ClusterState<P, N>& before,
                                      const ClusterAction<P>& action) {
  ClusterState<P, N> cut = before;
  cut.partition.group = action.group;
  std::string text;
  cut.network.lose_if([&](const auto& envelope) {
    const bool lost = cut.cut_off(envelope.from, envelope.to);
    if (lost) {
      text += fmt::format("; {} from {} to {} is lost", message_text(process, envelope.message),
                          text_of(envelope.from), text_of(envelope.to));
    }
    return lost;
  });
  return text;
}

/// The sentence for one step of a story. `effects` are all that the handler would have; the crash
/// that the action may contain cuts them short.
template <class P, Network N>
[[nodiscard]] std::string story(const P& process, std::size_t size,
                                const ClusterState<P, N>& before, const ClusterAction<P>& action,
                                const std::vector<typename RecordEffects<P>::Recorded>& effects) {
  std::string text = event_text(process, size, action);
  if (action.kind == ActionKind::cut) return text + lost_in_cut(process, before, action);
  if (action.kind == ActionKind::restart) {
    text += " with " + text_of(before[action.node].disk) + " on its disk";
  }
  std::size_t happening = effects.size();
  if (action.crash_after != 0) happening = action.crash_after - std::size_t{1};
  NodeSet<P::capacity> sent = action.sent;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if (i >= happening) {
      if (!effects[i] || !sent.contains(effects[i]->to)) continue;
      sent.erase(effects[i]->to);
    }
    if (!effects[i]) {
      text += "; persists";
      continue;
    }
    text += fmt::format("; sends {} to {}", message_text(process, effects[i]->message),
                        text_of(effects[i]->to));
    if (before.cut_off(effects[i]->from, effects[i]->to)) text += ", which the partition loses";
  }
  if (action.crash_after != 0) text += "; crashes before its next effect";
  return text;
}

}  // namespace everyway::cluster::detail
