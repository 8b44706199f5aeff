#include "models/crdt_state.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> crdt_state_entry() { return make_entry<crdt_state::Family>(); }

}  // namespace everyway
