#include "models/primary_copy_register.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> primary_copy_register_entry() {
  return make_entry<primary_copy_register::Family>();
}

}  // namespace everyway
