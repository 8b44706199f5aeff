#pragma once

#include <boost/describe.hpp>
#include <compare>
#include <cstdint>

#include "checker/model/node_id.hpp"

namespace everyway::crdt {

/// The name of one event, which no other event has: a replica and the number of the event there.
/// What the paper calls a unique tag.
struct Dot {
  NodeId replica;
  std::uint8_t number = 0;  ///< from 1

  friend auto operator<=>(const Dot&, const Dot&) = default;
};
BOOST_DESCRIBE_STRUCT(Dot, (), (replica, number))

/// An element that was added by the event of that name.
template <class Element>
struct Tagged {
  Element element{};
  Dot dot;
  BOOST_DESCRIBE_CLASS(Tagged, (), (element, dot), (), ())

  friend bool operator==(const Tagged& left, const Tagged& right) = default;
};

}  // namespace everyway::crdt
