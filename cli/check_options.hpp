#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/run_options.hpp"

namespace everyway {

/// The options of `everyway check`.
class CheckOptions {
 public:
  /// Adds the options to `app`; also those of the model, unless `entry` is null.
  CheckOptions(CLI::App& app, const CatalogueEntry* entry);
  CheckOptions(const CheckOptions&) = delete;
  CheckOptions& operator=(const CheckOptions&) = delete;

  /// What the options say, after they were parsed. Throws `UsageError`.
  [[nodiscard]] CheckArguments arguments() const;

 private:
  void add_how_to_search(CLI::App& app);
  void put_limits(SearchOptions& options) const;
  void put_storage(SearchOptions& options) const;
  void check_storage(const SearchOptions& options) const;

  RunOptions run_;
  std::string search_;
  bool symmetry_ = false;
  std::string storage_;
  std::string reduction_;
  std::string bits_per_state_;
  std::string table_;
  std::string swarm_;
  std::string seed_;
  std::string max_states_;
  std::string max_depth_;
  std::string max_memory_;
};

}  // namespace everyway
