#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <string>

#include "checker/trace/trace_file.hpp"

namespace everyway {

/// Why a schedule was at hand from which a violation was found: what its nearest ancestor in the
/// corpus was kept for.
enum class Earned : std::uint8_t {
  chance,    ///< it was made from nothing
  seed,      ///< it was in the corpus from the start
  protocol,  ///< it reached an abstract state that was new to its worker, and no new code
  code,      ///< it reached new edges of the code, and no new abstract state
  both,      ///< it reached both
};
BOOST_DESCRIBE_ENUM(Earned, chance, seed, protocol, code, both)

/// A violation as a worker met it.
struct Discovery {
  TraceFile trace;
  unsigned worker = 0;           ///< from 1
  std::uint64_t execution = 0;   ///< how many schedules the worker had tested, this one included
  double processor_seconds = 0;  ///< that the worker had used
  Earned earned = Earned::chance;
};

}  // namespace everyway
