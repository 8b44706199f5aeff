#include "models/causal_register.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> causal_register_entry() {
  return make_entry<causal_register::Family>();
}

}  // namespace everyway
