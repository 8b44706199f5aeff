#pragma once

namespace everyway {

/// The version of the program, as in the project's CMakeLists.txt.
inline constexpr const char* version_text = "0.1.0";

}  // namespace everyway
