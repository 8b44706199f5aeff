#include "models/saga_orchestration.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> saga_orchestration_entry() {
  return make_entry<saga_orchestration::Family>();
}

}  // namespace everyway
