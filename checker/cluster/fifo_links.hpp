#pragma once

#include <algorithm>

#include "checker/cluster/network.hpp"
#include "checker/model/inline_vector.hpp"
#include "checker/model/renaming.hpp"

namespace everyway::cluster {

/// A link per ordered pair of processes, each first in, first out: only the oldest message of a
/// link is deliverable. At most `Capacity` messages are in flight over all links together.
template <Flat M, std::size_t Capacity>
struct FifoLinks {
  using Message = M;
  static constexpr bool delivers_again = false;

  /// Link by link, in the order of (from, to); oldest first within a link.
  InlineVector<Envelope<M>, Capacity> messages;

  [[nodiscard]] std::size_t size() const noexcept { return messages.size(); }

  template <class Visit>
  void for_each_deliverable(Visit&& visit) const {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      if (i == 0 || link(messages[i - 1]) != link(messages[i])) visit(messages[i]);
    }
  }

  void send(const Envelope<M>& envelope) {
    std::size_t position = 0;
    while (position < messages.size() && link(messages[position]) <= link(envelope)) ++position;
    messages.insert_at(position, envelope);
  }
  /// The copy stands right behind the original: a link never reorders.
  void duplicate(const Envelope<M>& envelope) { messages.insert_at(head(envelope), envelope); }
  void deliver(const Envelope<M>& envelope) { messages.erase_at(head(envelope)); }
  void lose(const Envelope<M>& envelope) { messages.erase_at(head(envelope)); }

  template <class Predicate>
  void lose_if(Predicate&& lost) {
    for (std::size_t i = messages.size(); i-- > 0;) {
      if (lost(messages[i])) messages.erase_at(i);
    }
  }

  // For NetworkWithIndependence. Different links are different queues. Within one, what happens at
  // its head does not touch its end: the head is there before a message is appended and after, and
  // a copy is put right behind the head, before what is appended. Processes send on links of their
  // own, so that two of them never append to one link.
  [[nodiscard]] static bool takes_commute(const Envelope<M>& a, const Envelope<M>& b) noexcept {
    return link(a) != link(b);
  }
  [[nodiscard]] static bool loss_commutes_with_sends(const Envelope<M>&, NodeId) noexcept {
    return true;
  }

  /// Links are kept in the order of names; within a link nothing changes.
  void rename(const Renaming& renaming) {
    everyway::rename(messages, renaming);
    std::stable_sort(messages.begin(), messages.end(),
                     [](const auto& left, const auto& right) { return link(left) < link(right); });
  }

 private:
  /// Orders links.
  static unsigned link(const Envelope<M>& envelope) noexcept {
    return envelope.from.number() * 256U + envelope.to.number();
  }
  /// Where the link of `envelope` begins; the link is not empty.
  [[nodiscard]] std::size_t head(const Envelope<M>& envelope) const noexcept {
    std::size_t position = 0;
    while (link(messages[position]) != link(envelope)) ++position;
    return position;
  }

  BOOST_DESCRIBE_CLASS(FifoLinks, (), (messages), (), ())
};

}  // namespace everyway::cluster
