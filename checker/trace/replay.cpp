#include "checker/trace/replay.hpp"

#include <algorithm>

namespace everyway {

ReplayError::ReplayError(std::size_t step, const std::string& problem)
    : std::runtime_error((step == 0 ? "initial: " : fmt::format("step {}: ", step)) + problem),
      step_(step) {}

namespace detail {

std::string enabled_text(const std::vector<std::string>& enabled) {
  constexpr std::size_t shown = 4;
  if (enabled.empty()) return "nothing is enabled";
  std::string text = "enabled: ";
  for (std::size_t i = 0; i < std::min(shown, enabled.size()); ++i) {
    text += (i == 0 ? "" : "; ") + enabled[i];
  }
  if (enabled.size() > shown) text += fmt::format("; and {} more", enabled.size() - shown);
  return text;
}

}  // namespace detail

}  // namespace everyway
