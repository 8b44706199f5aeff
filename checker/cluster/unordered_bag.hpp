#pragma once

#include "checker/cluster/network.hpp"
#include "checker/model/inline_bag.hpp"

namespace everyway::cluster {

/// A network that delivers each message once, in any order. At most `Capacity` are in flight.
template <Flat M, std::size_t Capacity>
struct UnorderedBag {
  using Message = M;
  static constexpr bool delivers_again = false;

  InlineBag<Envelope<M>, Capacity> messages;

  [[nodiscard]] std::size_t size() const noexcept { return messages.size(); }

  template <class Visit>
  void for_each_deliverable(Visit&& visit) const {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      if (messages.first_of_equals(i)) visit(messages[i]);
    }
  }

  void send(const Envelope<M>& envelope) { messages.insert(envelope); }
  void duplicate(const Envelope<M>& envelope) { messages.insert(envelope); }
  void deliver(const Envelope<M>& envelope) { messages.erase(envelope); }
  void lose(const Envelope<M>& envelope) { messages.erase(envelope); }

  template <class Predicate>
  void lose_if(Predicate&& lost) {
    for (std::size_t i = messages.size(); i-- > 0;) {
      if (lost(messages[i])) messages.erase_at(i);
    }
  }

  // For NetworkWithIndependence. A multiset counts copies: insertions and removals of different
  // envelopes touch different counts. A removal finds its copy before and after an insertion, of
  // the same envelope too, since the copy was there before both.
  [[nodiscard]] static bool takes_commute(const Envelope<M>& a, const Envelope<M>& b) noexcept {
    return !same_bytes(a, b);
  }
  [[nodiscard]] static bool loss_commutes_with_sends(const Envelope<M>&, NodeId) noexcept {
    return true;
  }

  BOOST_DESCRIBE_CLASS(UnorderedBag, (), (messages), (), ())
};

}  // namespace everyway::cluster
