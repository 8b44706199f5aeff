#include "models/non_blocking.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> non_blocking_entry() { return make_entry<non_blocking::Family>(); }

}  // namespace everyway
