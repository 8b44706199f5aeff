#include "checker/trace/configuration.hpp"

namespace everyway {

std::string configuration_text(const std::string& model, const ParameterValues& parameters,
                               const std::string& mutant) {
  std::string text = model;
  for (const ParameterValue& parameter : parameters) {
    if (!parameter.is_switch) {
      text += fmt::format(" --{} {}", parameter.name, parameter.value);
    } else if (parameter.value != 0) {
      text += " --" + parameter.name;
    }
  }
  return mutant.empty() ? text : text + " --mutant " + mutant;
}

}  // namespace everyway
