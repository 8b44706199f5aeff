#include "models/clocks.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> clocks_entry() { return make_entry<clocks_model::Family>(); }

}  // namespace everyway
