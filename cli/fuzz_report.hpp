#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "checker/catalogue/report.hpp"

namespace everyway {

/// The report of `everyway fuzz` for people: what was found and where it lies, the figures of the
/// campaign, how it grew, and the verdict as the last line.
[[nodiscard]] std::string fuzz_text(const FuzzReport& report);

/// The same as one JSON object.
[[nodiscard]] boost::json::object fuzz_json(const FuzzReport& report);

}  // namespace everyway
