#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/run_options.hpp"

namespace everyway {

/// The options of `everyway fuzz`.
class FuzzOptionsParser {
 public:
  /// Adds the options to `app`; also those of the model, unless `entry` is null.
  FuzzOptionsParser(CLI::App& app, const CatalogueEntry* entry);
  FuzzOptionsParser(const FuzzOptionsParser&) = delete;
  FuzzOptionsParser& operator=(const FuzzOptionsParser&) = delete;

  /// What the options say, after they were parsed. A seed that was not given is drawn. Throws
  /// `UsageError`.
  [[nodiscard]] FuzzArguments arguments() const;

 private:
  void add_how_to_fuzz(CLI::App& app);
  void add_when_to_end(CLI::App& app);
  void add_folders(CLI::App& app);
  void put_limits(FuzzOptions& options) const;
  void put_folders(FuzzOptions& options) const;

  RunOptions run_;
  const CatalogueEntry* entry_;
  std::string strategy_;
  std::string feedback_;
  std::string depth_;
  std::string seed_;
  std::string time_;
  std::string schedule_time_;
  std::string executions_;
  std::string jobs_;
  std::string corpus_;
  std::string findings_;
  std::string target_;
  bool first_ = false;
  bool only_seeds_ = false;
};

}  // namespace everyway
