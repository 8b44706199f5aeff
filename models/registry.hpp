#pragma once

#include "checker/catalogue/catalogue.hpp"

namespace everyway {

/// Every model of this folder, in the order in which `everyway list` shows them.
[[nodiscard]] Catalogue ready_models();

}  // namespace everyway
