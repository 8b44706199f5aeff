#pragma once

#include <string>
#include <vector>

#include "checker/catalogue/catalogue.hpp"
#include "cli/exit_status.hpp"

namespace everyway {

/// The `everyway` command over the models of `catalogue`: understands the arguments (without the
/// name of the program), does what they say, writes to the standard streams. What goes wrong is one
/// line on standard error. Put it behind the `main` of a program of your own to offer your own
/// models.
[[nodiscard]] ExitStatus run_command(const Catalogue& catalogue,
                                     const std::vector<std::string>& arguments);

}  // namespace everyway
