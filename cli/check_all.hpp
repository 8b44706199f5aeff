#pragma once

#include <functional>

#include "cli/check_all_report.hpp"

namespace everyway {

/// Checks every model of the catalogue with its default parameters, one after the other, and calls
/// `done` after each. `options.max_seconds` is for all together. After an interrupt, or when the
/// time is over, the models that are left are left out.
[[nodiscard]] CheckAllReport check_all(const Catalogue& catalogue, const SearchOptions& options,
                                       const std::function<void(const CheckReport&)>& done);

}  // namespace everyway
