#include "models/transport.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> transport_entry() { return make_entry<transport::Family>(); }

}  // namespace everyway
