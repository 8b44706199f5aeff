#include "models/gossip_register.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> gossip_register_entry() {
  return make_entry<gossip_register::Family>();
}

}  // namespace everyway
