#pragma once

#include <string>

#include "checker/trace/trace_file.hpp"

namespace everyway {

/// A model, its parameters and its mutant as on the command line: "raft --servers 3 --loss --mutant
/// vote-twice".
[[nodiscard]] std::string configuration_text(const std::string& model,
                                             const ParameterValues& parameters,
                                             const std::string& mutant);

}  // namespace everyway
