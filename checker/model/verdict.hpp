#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

namespace everyway {

/// What is known of a property, or of all of them. A search that stopped early never says `holds`
/// of what it did not decide.
enum class Verdict : std::uint8_t { holds, violated, unknown };
BOOST_DESCRIBE_ENUM(Verdict, holds, violated, unknown)

}  // namespace everyway
