#include "models/tcommit_tla.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> tcommit_tla_entry() { return make_entry<tcommit_tla::Family>(); }

}  // namespace everyway
