#include "models/three_phase_commit.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> three_phase_commit_entry() {
  return make_entry<three_phase_commit::Family>();
}

}  // namespace everyway
