#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/arguments.hpp"

namespace everyway {

/// The options of `everyway minimise`.
class MinimiseCommandOptions {
 public:
  /// Adds the options to `app`.
  explicit MinimiseCommandOptions(CLI::App& app);
  MinimiseCommandOptions(const MinimiseCommandOptions&) = delete;
  MinimiseCommandOptions& operator=(const MinimiseCommandOptions&) = delete;

  /// What the options say, after they were parsed. Throws `UsageError`.
  [[nodiscard]] MinimiseArguments arguments() const;

 private:
  std::string file_;
  std::string out_;
  std::string json_;
  std::string max_seconds_;
  std::string max_memory_;
  std::string workers_;
  bool optimal_ = false;
  bool keep_parameters_ = false;
};

/// What `everyway minimise --help` says below the options.
[[nodiscard]] std::string minimise_footer();

}  // namespace everyway
