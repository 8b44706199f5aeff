#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "checker/catalogue/minimise_report.hpp"

namespace everyway {

/// The report of `everyway minimise FILE` for people: the minimised run as a story, what became of
/// its length and of the parameters, and as the last line what is known about shorter ones. `saved`
/// names the file that it was written to; empty, if it was not.
[[nodiscard]] std::string minimise_text(const MinimiseReport& report, const std::string& saved);

/// The same as one JSON object.
[[nodiscard]] boost::json::object minimise_json(const MinimiseReport& report);

}  // namespace everyway
