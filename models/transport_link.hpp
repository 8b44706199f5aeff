// A link that is as bad as one wants it: narrow, and out of order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "checker/cluster/network.hpp"
#include "checker/model/inline_vector.hpp"

namespace everyway::transport {

/// A network between few processes. It holds `width` messages; what is sent when it is full is
/// discarded, as routers do. In order, the messages from one process to another arrive as they were
/// sent; otherwise any of them may be next, and they are kept sorted, since their order does not
/// matter then.
template <Flat M, std::size_t Capacity>
struct Link {
  using Message = M;
  static constexpr bool delivers_again = false;

  InlineVector<cluster::Envelope<M>, Capacity> messages;
  std::uint8_t width = Capacity;
  bool in_order = false;

  [[nodiscard]] std::size_t size() const noexcept { return messages.size(); }

  template <class Visit>
  void for_each_deliverable(Visit&& visit) const {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const auto earlier = messages.begin() + i;
      const bool waits = std::any_of(messages.begin(), earlier, [&](const auto& other) {
        return in_order ? same_way(other, messages[i]) : same_bytes(other, messages[i]);
      });
      if (!waits) visit(messages[i]);
    }
  }

  void send(const cluster::Envelope<M>& envelope) {
    if (messages.size() < width) messages.insert_at(in_order ? size() : place(envelope), envelope);
  }
  /// The copy stands right behind the original.
  void duplicate(const cluster::Envelope<M>& envelope) {
    if (messages.size() < width) messages.insert_at(place(envelope), envelope);
  }
  void deliver(const cluster::Envelope<M>& envelope) { messages.erase_at(first(envelope)); }
  void lose(const cluster::Envelope<M>& envelope) { messages.erase_at(first(envelope)); }

  template <class Predicate>
  void lose_if(Predicate&& lost) {
    for (std::size_t i = messages.size(); i-- > 0;) {
      if (lost(messages[i])) messages.erase_at(i);
    }
  }

 private:
  static bool same_way(const cluster::Envelope<M>& left,
                       const cluster::Envelope<M>& right) noexcept {
    return left.from == right.from && left.to == right.to;
  }
  /// Where the envelope is, for the first time.
  [[nodiscard]] std::size_t first(const cluster::Envelope<M>& envelope) const {
    std::size_t position = 0;
    while (!same_bytes(messages[position], envelope)) ++position;
    return position;
  }
  /// Where to put an envelope; in order, one that is there already.
  [[nodiscard]] std::size_t place(const cluster::Envelope<M>& envelope) const {
    if (in_order) return first(envelope);
    std::size_t position = 0;
    while (position < messages.size() && bytes_less(messages[position], envelope)) ++position;
    return position;
  }

  BOOST_DESCRIBE_CLASS(Link, (), (messages, width, in_order), (), ())
};

}  // namespace everyway::transport
