#pragma once

#include <CLI/App.hpp>
#include <map>
#include <string>
#include <vector>

#include "checker/catalogue/catalogue.hpp"
#include "cli/arguments.hpp"

namespace everyway {

/// The options of `everyway check`, as texts until the whole command line is known.
class CheckOptions {
 public:
  /// Adds the options to `app`; also those of the model, unless `entry` is null.
  CheckOptions(CLI::App& app, const CatalogueEntry* entry);
  CheckOptions(const CheckOptions&) = delete;
  CheckOptions& operator=(const CheckOptions&) = delete;

  /// What the options say, after they were parsed. Throws `UsageError`.
  [[nodiscard]] CheckArguments arguments() const;

 private:
  void add_what_to_check(CLI::App& app);
  void add_how_to_search(CLI::App& app);
  void add_output(CLI::App& app);
  void add_parameters(CLI::App& app, const CatalogueEntry& entry);

  [[nodiscard]] ParameterValues parameters() const;
  [[nodiscard]] SearchOptions search_options(const ParameterValues& parameters) const;
  void put_limits(SearchOptions& options) const;
  void put_storage(SearchOptions& options) const;
  void check_combinations(const SearchOptions& options) const;
  void check_storage(const SearchOptions& options) const;

  const CatalogueEntry* entry_;
  std::string model_;
  std::string mutant_;
  std::string property_;
  std::string json_;
  std::string trace_;
  std::string workers_;
  std::string search_;
  std::string storage_;
  std::string bits_per_state_;
  std::string table_;
  std::string swarm_;
  std::string seed_;
  std::string max_states_;
  std::string max_depth_;
  std::string max_seconds_;
  std::string max_memory_;
  bool keep_going_ = false;
  bool no_deadlock_ = false;
  std::vector<ParameterInfo> known_;
  std::map<std::string, CLI::Option*> given_;  ///< the options of `known_`, by name
};

}  // namespace everyway
