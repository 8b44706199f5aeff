#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace everyway {

/// "Election Safety" -> "election-safety": lower case, with a dash for everything that is neither a
/// letter nor a digit.
[[nodiscard]] std::string kebab_case(std::string_view name);

/// The position in `names` of the one that `wanted` means: equal but for case, spaces, dashes and
/// underscores; -1 if there is none.
[[nodiscard]] int position_of_name(const std::vector<std::string>& names, std::string_view wanted);

/// The one-line message for a name that is not known: "unknown model 'rft'; did you mean 'raft'?",
/// or, if nothing is near, "unknown model 'x'; one of: raft, paxos". `what` is "model" in these.
[[nodiscard]] std::string unknown_name(std::string_view what, std::string_view wanted,
                                       const std::vector<std::string>& names);

}  // namespace everyway
