#include "models/saga_choreography.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> saga_choreography_entry() {
  return make_entry<saga_choreography::Family>();
}

}  // namespace everyway
