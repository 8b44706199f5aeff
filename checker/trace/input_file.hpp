#pragma once

#include <cstddef>
#include <string>

namespace everyway {

/// The whole of a file. Throws `UsageError` if it cannot be read, or is larger than 64 MiB, far
/// above whatever people would look at; `kind` says what it should be: "a trace".
[[nodiscard]] std::string read_input_file(const std::string& path, const std::string& kind);

}  // namespace everyway
