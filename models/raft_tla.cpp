#include "models/raft_tla.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> raft_tla_entry() { return make_entry<raft_tla::Family>(); }

}  // namespace everyway
