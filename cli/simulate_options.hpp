#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/run_options.hpp"

namespace everyway {

/// The options of `everyway simulate`.
class SimulateOptions {
 public:
  /// Adds the options to `app`; also those of the model, unless `entry` is null.
  SimulateOptions(CLI::App& app, const CatalogueEntry* entry);
  SimulateOptions(const SimulateOptions&) = delete;
  SimulateOptions& operator=(const SimulateOptions&) = delete;

  /// What the options say, after they were parsed. A seed that was not given is drawn. Throws
  /// `UsageError`.
  [[nodiscard]] SimulateArguments arguments() const;

 private:
  void add_how_to_walk(CLI::App& app);
  void put_limits(SimulationOptions& options) const;
  void put_walk(SimulationOptions& options) const;

  RunOptions run_;
  std::string check_;
  std::string depth_;
  std::string seed_;
  std::string walk_;
  std::string walks_;
  std::string max_steps_;
};

}  // namespace everyway
