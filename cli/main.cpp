#include <string>
#include <vector>

#include "cli/command.hpp"
#include "models/registry.hpp"

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  return static_cast<int>(everyway::run_command(everyway::ready_models(), arguments));
}
