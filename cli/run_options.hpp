#pragma once

#include <CLI/App.hpp>
#include <map>
#include <string>
#include <vector>

#include "checker/model/fields.hpp"
#include "cli/arguments.hpp"

namespace everyway {

/// The most threads that `--workers` takes.
inline constexpr std::uint64_t most_workers = 256;

/// The options that `everyway check` and `everyway simulate` share, as texts until the whole
/// command line is known: the model and its parameters, what to check, threads, and output.
class RunOptions {
 public:
  /// Adds MODEL, and the parameters of the model unless `entry` is null. `purpose` is "check".
  RunOptions(CLI::App& app, const CatalogueEntry* entry, const std::string& purpose);
  RunOptions(const RunOptions&) = delete;
  RunOptions& operator=(const RunOptions&) = delete;

  void add_what_to_check(CLI::App& app);
  void add_keep_going(CLI::App& app);
  void add_workers(CLI::App& app, const std::string& group, const std::string& meaning);
  void add_max_seconds(CLI::App& app, const std::string& group, const std::string& meaning);
  void add_output(CLI::App& app);
  void add_json(CLI::App& app);

  /// What the shared options say, after they were parsed. Throws `UsageError`.
  template <class Request>
  [[nodiscard]] RunArguments<Request> arguments() const {
    check_files();
    RunArguments<Request> arguments;
    arguments.entry = entry_;
    arguments.json = json_;
    arguments.trace = trace_;
    arguments.request.parameters = parameters();
    arguments.request.mutant = mutant();
    auto& options = arguments.request.options;
    options.workers = workers();
    options.max_seconds = max_seconds();
    options.keep_going = keep_going_;
    options.check_deadlock = !no_deadlock_;
    options.properties = properties(arguments.request.parameters);
    return arguments;
  }

 private:
  void check_files() const;
  [[nodiscard]] ParameterValues parameters() const;
  [[nodiscard]] std::string mutant() const;
  [[nodiscard]] std::vector<std::string> properties(const ParameterValues& parameters) const;
  [[nodiscard]] unsigned workers() const;
  [[nodiscard]] double max_seconds() const;

  const CatalogueEntry* entry_;
  std::string model_;
  std::string mutant_;
  std::vector<std::string> properties_;
  std::string workers_;
  std::string max_seconds_;
  std::string json_;
  std::string trace_;
  bool keep_going_ = false;
  bool no_deadlock_ = false;
  std::vector<ParameterInfo> known_;
  std::map<std::string, CLI::Option*> given_;  ///< the options of `known_`, by name
};

/// Throws `UsageError` if the name of a file looks like an option: the option's own value was
/// forgotten.
void check_file_name(std::string_view option, const std::string& path);

/// The enumerator that the value of an option names; `otherwise` if it is empty. Throws
/// `UsageError`, which lists them all.
template <DescribedEnum E>
[[nodiscard]] E parse_name(std::string_view option, const std::string& text, E otherwise) {
  if (text.empty()) return otherwise;
  if (const auto value = enum_from_name<E>(text)) return *value;
  throw UsageError(
      fmt::format("{} {}: one of: {}", option, in_quotes(text), detail::enum_names<E>()));
}

}  // namespace everyway
