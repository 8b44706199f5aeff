#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "checker/minimise/options.hpp"
#include "checker/trace/trace_file.hpp"

namespace everyway {

/// What to minimise, and how far to go.
struct MinimiseRequest {
  TraceFile trace;
  MinimiseOptions options;
};

/// A parameter of the model that is lower now.
struct ParameterChange {
  std::string name;
  std::int64_t from = 0;
  std::int64_t to = 0;

  friend bool operator==(const ParameterChange&, const ParameterChange&) = default;
};

/// All that there is to say about a minimisation.
struct MinimiseReport {
  TraceFile trace;    ///< the minimised run; replays, and shows the same violation
  std::string story;  ///< `trace` in words
  std::size_t original_length = 0;
  std::size_t length = 0;                ///< actions of `trace`
  std::vector<ParameterChange> changes;  ///< of the parameters, in the order of the model's list
  std::uint64_t candidates = 0;          ///< runs that were tried, searches not counted
  double seconds = 0;                    ///< wall clock
  /// What is known about shorter runs with the parameters of `trace`, and on what grounds.
  Optimality optimality = Optimality::not_proved;
  std::string optimality_text;
  /// The user ended it: `trace` is the best so far, and not all was tried.
  bool interrupted = false;
};

}  // namespace everyway
