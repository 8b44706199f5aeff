#include "models/paxos.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> paxos_entry() { return make_entry<paxos::Family>(); }

}  // namespace everyway
