#pragma once

#include <string>

#include "checker/fuzzing/fuzz_report.hpp"

namespace everyway {

/// Reads what earlier sessions of a campaign came to; zeros if `path` does not exist. Throws
/// `UsageError` if it is there and cannot be understood.
[[nodiscard]] FuzzTotals read_totals(const std::string& path);

/// Keeps `totals` at `path`; the file appears whole or not at all. Throws `UsageError`.
void write_totals(const std::string& path, const FuzzTotals& totals);

/// One finding as a JSON object.
[[nodiscard]] boost::json::object finding_json(const FuzzFinding& finding);

/// How a campaign grew, as an array.
[[nodiscard]] boost::json::array growth_json(const std::vector<GrowthPoint>& growth);

}  // namespace everyway
