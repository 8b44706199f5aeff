#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "properties/histories/history.hpp"

namespace everyway::histories {

/// What the operations of a history work on.
enum class ObjectKind : std::uint8_t {
  registers,  ///< a register for each key; one, if there are no keys
  queue       ///< a first-in first-out queue, empty at first
};
BOOST_DESCRIBE_ENUM(ObjectKind, registers, queue)

/// The object, and what its registers hold at first.
struct Object {
  ObjectKind kind = ObjectKind::registers;
  Value initial = nil;
};

}  // namespace everyway::histories
