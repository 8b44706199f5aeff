#include "models/pbft.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> pbft_entry() { return make_entry<pbft::Family>(); }

}  // namespace everyway
