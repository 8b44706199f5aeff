#include "models/rebalancing.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> rebalancing_entry() { return make_entry<rebalancing::Family>(); }

}  // namespace everyway
