#pragma once

#include <concepts>
#include <cstddef>

#include "checker/cluster/envelope.hpp"
#include "checker/model/fields.hpp"

namespace everyway::cluster {

namespace detail {

template <class Message>
struct ArchetypeOfVisit {
  void operator()(const Envelope<Message>&) const {}
};

template <class Message>
struct ArchetypeOfPredicate {
  bool operator()(const Envelope<Message>&) const { return true; }
};

}  // namespace detail

/// What a network promises about order and number of deliveries is what its type is.
///
///   send(envelope)      puts a message in flight; throws `ModelBoundError` when there is no room;
///   for_each_deliverable(visit)
///                       visits each distinct envelope that could arrive next, once;
///   deliver(envelope)   what its arrival changes in the network; for a deliverable envelope;
///   lose(envelope)      one copy is gone; for a deliverable envelope;
///   lose_if(predicate)  all that satisfy it are gone;
///   size()              messages in flight, copies counted;
///   delivers_again      whether an envelope that was delivered may be delivered again: such a
///                       network duplicates by itself, and has no `duplicate(envelope)`.
template <class N>
concept Network = FullyDescribed<N> && Flat<typename N::Message> &&
    requires(N network, const N constant, const Envelope<typename N::Message> envelope) {
  network.send(envelope);
  network.deliver(envelope);
  network.lose(envelope);
  network.lose_if(detail::ArchetypeOfPredicate<typename N::Message>{});
  constant.for_each_deliverable(detail::ArchetypeOfVisit<typename N::Message>{});
  { constant.size() } -> std::same_as<std::size_t>;
  { N::delivers_again } -> std::convertible_to<bool>;
  requires N::delivers_again || requires { network.duplicate(envelope); };
};

}  // namespace everyway::cluster
