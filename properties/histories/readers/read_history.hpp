#pragma once

#include <string>
#include <string_view>

#include "properties/histories/readers/recorder.hpp"

namespace everyway::histories {

/// Understands a recorded history. Three forms are told apart by how the text begins:
///
///   JSON lines   {"process": 0, "type": "invoke", "f": "write", "value": 1}
///   EDN          {:process 0, :type :invoke, :f :write, :value 1}, one after the other or in a
///                vector, as Jepsen writes history.edn
///   log lines    INFO  jepsen.util - 0 :invoke :write 1, as older Jepsen wrote them
///
/// Their order is the order in time. `file` is for messages. Throws `UsageError`: one line that
/// names the file and the line, what is wrong, and what would be right.
[[nodiscard]] Recording read_history(std::string_view text, const std::string& file,
                                     const ReaderOptions& options);

}  // namespace everyway::histories
