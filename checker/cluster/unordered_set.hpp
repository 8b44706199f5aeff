#pragma once

#include "checker/cluster/network.hpp"
#include "checker/model/inline_bag.hpp"

namespace everyway::cluster {

/// A network that keeps what was sent: any message may arrive at any time, in any order, again and
/// again, until it is lost. At most `Capacity` distinct messages are ever in flight.
template <Flat M, std::size_t Capacity>
struct UnorderedSet {
  using Message = M;
  static constexpr bool delivers_again = true;

  InlineSet<Envelope<M>, Capacity> messages;

  [[nodiscard]] std::size_t size() const noexcept { return messages.size(); }

  template <class Visit>
  void for_each_deliverable(Visit&& visit) const {
    for (const Envelope<M>& envelope : messages) visit(envelope);
  }

  void send(const Envelope<M>& envelope) { messages.insert(envelope); }
  void deliver(const Envelope<M>&) const noexcept {}
  void lose(const Envelope<M>& envelope) { messages.erase(envelope); }

  template <class Predicate>
  void lose_if(Predicate&& lost) {
    for (std::size_t i = messages.size(); i-- > 0;) {
      if (lost(messages[i])) messages.erase_at(i);
    }
  }

  // For NetworkWithIndependence. Delivery changes nothing, and sending adds an element: both
  // commute with all of their kind. Losing an element and sending the same one do not: the later of
  // the two decides whether it is there. Only its sender can send it: the envelope names who that
  // is.
  [[nodiscard]] static bool takes_commute(const Envelope<M>& a, const Envelope<M>& b) noexcept {
    return !same_bytes(a, b);
  }
  [[nodiscard]] static bool loss_commutes_with_sends(const Envelope<M>& lost,
                                                     NodeId sender) noexcept {
    return lost.from != sender;
  }

  BOOST_DESCRIBE_CLASS(UnorderedSet, (), (messages), (), ())
};

}  // namespace everyway::cluster
