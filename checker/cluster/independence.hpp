#pragma once

#include "checker/cluster/state.hpp"

namespace everyway::cluster {

/// A network that tells which of its operations commute. To TAKE an envelope is to deliver, lose or
/// duplicate it.
///
///   takes_commute(a, b)           of two different takes, of envelopes that are both deliverable:
///                                 whether each leaves the other deliverable, and both orders leave
///                                 the same network;
///   loss_commutes_with_sends(lost, sender)
///                                 whether losing an envelope that is deliverable commutes with all
///                                 that `sender` may send.
///
/// To declare them is to promise the rest, which every network here keeps (why, stands at each):
/// that delivering and duplicating a deliverable envelope commute with all that anyone sends, and
/// that the sends of two different processes commute.
template <class N>
concept NetworkWithIndependence = Network<N> &&
    requires(const Envelope<typename N::Message> envelope, NodeId node) {
  { N::takes_commute(envelope, envelope) } -> std::same_as<bool>;
  { N::loss_commutes_with_sends(envelope, node) } -> std::same_as<bool>;
};

namespace detail {

/// Whether the action runs a handler: which reads and writes its process and sends in its name.
[[nodiscard]] inline bool runs_handler(ActionKind kind) noexcept {
  return kind == ActionKind::deliver || kind == ActionKind::time_out ||
         kind == ActionKind::request || kind == ActionKind::restart;
}
[[nodiscard]] inline bool takes_envelope(ActionKind kind) noexcept {
  return kind == ActionKind::deliver || kind == ActionKind::drop || kind == ActionKind::duplicate;
}
[[nodiscard]] inline bool changes_partition(ActionKind kind) noexcept {
  return kind == ActionKind::cut || kind == ActionKind::heal;
}
template <class P>
[[nodiscard]] bool spends_crash(const ClusterAction<P>& action) noexcept {
  return action.kind == ActionKind::crash || action.crash_after != 0;
}

/// Whether the actions spend the same budget and it does not last for both. With two left, both
/// orders are possible and leave the same. Requests never commute: they are numbered in order.
template <class P>
[[nodiscard]] bool compete_for_budget(const Budgets& left, const ClusterAction<P>& a,
                                      const ClusterAction<P>& b) noexcept {
  if (spends_crash(a) && spends_crash(b) && left.crashes < 2) return true;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ActionKind::request:
      return true;
    case ActionKind::restart:
      return left.restarts < 2;
    case ActionKind::drop:
      return left.drops < 2;
    case ActionKind::duplicate:
      return left.duplicates < 2;
    default:
      return false;
  }
}

/// Whether what `a` loses commutes with what `b` may send.
template <class P, NetworkWithIndependence N>
[[nodiscard]] bool loss_commutes_with(const ClusterAction<P>& a,
                                      const ClusterAction<P>& b) noexcept {
  if (a.kind != ActionKind::drop || !runs_handler(b.kind)) return true;
  return N::loss_commutes_with_sends(a.envelope(), b.node);
}

/// Whether two different actions, both enabled in `state`, commute there: each stays enabled, and
/// both orders lead to the same state.
///
/// An action reads and writes no more than these parts of a state, and two actions commute if they
/// do on each of them:
///   the partition   read by all that sends, written by cut and heal, which also lose messages:
///   they
///                   are taken to depend on everything;
///   the budgets     see `compete_for_budget`. A budget is read otherwise only by the actions that
///                   spend it: an action that can crash midway is one of its own;
///   one process     of an event, a crash or a restart. Its guard, its handler and its crash points
///                   read nothing else (`View`, `Context`), so that events of different processes
///                   leave each other enabled, as they are. A drop and a duplication have none;
///   the network     see `NetworkWithIndependence`.
template <class P, NetworkWithIndependence N>
[[nodiscard]] bool independent(const ClusterState<P, N>& state, const ClusterAction<P>& a,
                               const ClusterAction<P>& b) noexcept {
  if (changes_partition(a.kind) || changes_partition(b.kind)) return false;
  if (compete_for_budget(state.left, a, b)) return false;
  const auto has_process = [](ActionKind kind) {
    return runs_handler(kind) || kind == ActionKind::crash;
  };
  if (has_process(a.kind) && has_process(b.kind) && a.node == b.node) return false;
  if (takes_envelope(a.kind) && takes_envelope(b.kind) &&
      !N::takes_commute(a.envelope(), b.envelope())) {
    return false;
  }
  return loss_commutes_with<P, N>(a, b) && loss_commutes_with<P, N>(b, a);
}

}  // namespace detail

}  // namespace everyway::cluster
