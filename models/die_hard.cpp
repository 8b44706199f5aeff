#include "models/die_hard.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> die_hard_entry() { return make_entry<die_hard::Family>(); }

}  // namespace everyway
