#include "models/crdt_operation.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> crdt_operation_entry() {
  return make_entry<crdt_operation::Family>();
}

}  // namespace everyway
