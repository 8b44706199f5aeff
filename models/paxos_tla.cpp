#include "models/paxos_tla.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> paxos_tla_entry() { return make_entry<paxos_tla::Family>(); }

}  // namespace everyway
