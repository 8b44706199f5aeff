#pragma once

#include <cstddef>
#include <string>

#include "properties/histories/history.hpp"

namespace everyway {

/// A history as a drawing: a lane for each process, time from left to right.
///
///   process 0  |- write 1 -|
///   process 1                |- read 1 -|
///
/// Two operations lie side by side if and only if they are concurrent. One that never responded
/// goes on in dots. What is wider than `width` characters is continued in further lanes below.
[[nodiscard]] std::string lanes_text(const histories::History& history,
                                     const histories::Names& names, std::size_t width);

}  // namespace everyway
