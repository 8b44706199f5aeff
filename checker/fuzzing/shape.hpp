#pragma once

#include <string>

#include "checker/trace/trace_file.hpp"

namespace everyway {

/// What two runs have in common that show the same mistake in the same way: the property, and which
/// actions are taken how often - without the names of nodes and values, without numbers, and
/// without their order, which is often arbitrary. One line for each kind of action, with how often
/// it occurs. Of use for runs that are minimised: otherwise every run has its own.
[[nodiscard]] std::string shape_of(const TraceFile& trace);

/// Eight hexadecimal digits that stand for `text`, in every run.
[[nodiscard]] std::string short_hash(const std::string& text);

}  // namespace everyway
