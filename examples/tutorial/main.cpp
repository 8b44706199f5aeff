#include "checker/catalogue/entry_of.hpp"
#include "cli/command.hpp"
#include "lock.hpp"
#include "store.hpp"

int main(int count, char** values) {
  everyway::Catalogue models;
  models.push_back(everyway::make_entry<everyway::FamilyOf<lock::Lock>>());
  models.push_back(everyway::make_entry<everyway::FamilyOf<store::Store>>());
  return static_cast<int>(
      everyway::run_command(models, std::vector<std::string>(values + 1, values + count)));
}
