#include "models/request_vote.hpp"

#include "checker/catalogue/entry_of.hpp"
#include "models/entries.hpp"

namespace everyway {

std::unique_ptr<CatalogueEntry> request_vote_entry() { return make_entry<request_vote::Family>(); }

}  // namespace everyway
