#include "models/quorum_register.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> quorum_register_entry() {
  return make_entry<quorum_register::Family>();
}

}  // namespace everyway
