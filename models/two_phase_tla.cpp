#include "models/two_phase_tla.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> two_phase_tla_entry() {
  return make_entry<two_phase_tla::Family>();
}

}  // namespace everyway
