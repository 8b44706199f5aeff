#include "models/raft.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> raft_entry() { return make_entry<raft::Family>(); }

}  // namespace everyway
