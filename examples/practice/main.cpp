#include "checker/catalogue/entry_of.hpp"
#include "cli/command.hpp"
#include "examples/practice/booking.hpp"
#include "examples/practice/causality.hpp"
#include "examples/practice/commit.hpp"
#include "examples/practice/counter.hpp"
#include "examples/practice/election.hpp"
#include "examples/practice/ring.hpp"

int main(int count, char** values) {
  using everyway::FamilyOf;
  using everyway::make_entry;
  everyway::Catalogue models;
  models.push_back(make_entry<FamilyOf<practice::Election>>());
  models.push_back(make_entry<FamilyOf<practice::Commit>>());
  models.push_back(make_entry<FamilyOf<practice::Booking>>());
  models.push_back(make_entry<FamilyOf<practice::Counter>>());
  models.push_back(make_entry<FamilyOf<practice::Causality>>());
  models.push_back(make_entry<FamilyOf<practice::Ring>>());
  return static_cast<int>(
      everyway::run_command(models, std::vector<std::string>(values + 1, values + count)));
}
