#include "cli/check_all.hpp"

#include <chrono>

#include "checker/search/progress.hpp"
#include "cli/progress_line.hpp"

namespace everyway {

CheckAllReport check_all(const Catalogue& catalogue, const SearchOptions& options,
                         const std::function<void(const CheckReport&)>& done) {
  CheckAllReport all;
  const auto began = std::chrono::steady_clock::now();
  for (const auto& entry : catalogue) {
    const double left = options.max_seconds - all.seconds;
    if (interrupt_requested() || (options.max_seconds != 0 && left <= 0)) {
      all.left_out.emplace_back(entry->name());
      continue;
    }
    CheckRequest request;
    request.options = options;
    if (options.max_seconds != 0) request.options.max_seconds = left;
    {
      ProgressLine progress;
      all.models.push_back(entry->check(request, progress.observer()));
    }
    done(all.models.back());
    all.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  }
  return all;
}

}  // namespace everyway
