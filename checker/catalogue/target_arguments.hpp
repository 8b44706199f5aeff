#pragma once

#include <span>
#include <string>
#include <vector>

#include "checker/catalogue/catalogue.hpp"
#include "checker/fuzzing/fuzz_options.hpp"

namespace everyway {

/// What a fuzz target is told behind -ignore_remaining_args=1.
struct TargetArguments {
  ParameterValues parameters;  ///< those that are given
  std::string mutant;
  std::uint64_t depth = 100;
  Feedback feedback = Feedback::both;
  std::vector<std::string> properties;
  bool check_deadlock = true;
  unsigned worker = 1;
  /// A violation ends the target as a crash does, unless there is an inbox to put it in.
  bool fails = true;
  /// The folder and files that a campaign shares with its workers.
  std::string inbox;
  std::string figures;
  std::string abstract_states;
  std::string under_way;
};

/// Understands --servers=5, --mutant=NAME, --depth=N, --feedback=WHAT, --property=NAME (again and
/// again), --no-deadlock, --no-fail, --worker=N, --inbox=FOLDER, --figures=FILE,
/// --abstract-states=FILE and --under-way=FILE. Throws `UsageError`.
[[nodiscard]] TargetArguments parse_target_arguments(const std::vector<ParameterInfo>& known,
                                                     std::span<const std::string> arguments);

/// The arguments that tell a target which model to test, and how.
[[nodiscard]] std::vector<std::string> target_configuration(const ParameterValues& parameters,
                                                            const std::string& mutant,
                                                            const FuzzOptions& options);

}  // namespace everyway
