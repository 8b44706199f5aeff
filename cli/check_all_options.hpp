#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/arguments.hpp"
#include "cli/run_options.hpp"

namespace everyway {

/// The options of `everyway check --all`, which takes no parameters: it checks every model at the
/// defaults that the model's author chose for continuous integration.
class CheckAllOptions {
 public:
  /// Adds the options to `app`.
  explicit CheckAllOptions(CLI::App& app);
  CheckAllOptions(const CheckAllOptions&) = delete;
  CheckAllOptions& operator=(const CheckAllOptions&) = delete;

  /// What the options say, after they were parsed. Throws `UsageError`.
  [[nodiscard]] CheckAllArguments arguments() const;

 private:
  bool all_ = false;
  std::string workers_;
  std::string max_seconds_;
  std::string max_memory_;
  std::string json_;
};

/// What `everyway check --all --help` says below the options.
[[nodiscard]] std::string check_all_footer();

}  // namespace everyway
