#include "cli/run_options.hpp"

#include <algorithm>

#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

void check_file_name(std::string_view option, const std::string& path) {
  if (path.size() > 1 && path[0] == '-') {
    throw UsageError(fmt::format("{} {}: give the name of a file; one with a dash in front as ./{}",
                                 option, in_quotes(path), path));
  }
}

RunOptions::RunOptions(CLI::App& app, const CatalogueEntry* entry, const std::string& purpose)
    : entry_(entry) {
  app.add_option("MODEL", model_, "The model to " + purpose + "; everyway list shows them all");
  if (entry == nullptr) return;
  known_ = entry->parameters();
  const std::string group = fmt::format("Parameters of {}", entry->name());
  for (const ParameterInfo& parameter : known_) {
    given_[parameter.name] = add_parameter(app, group, parameter);
  }
}

void RunOptions::add_what_to_check(CLI::App& app) {
  const std::string group = "What to check";
  add_text_option(app, group, "--mutant", "NAME", mutant_,
                  "Check the protocol with one deliberate mistake in it");
  add_texts_option(app, group, "--property", "NAME", properties_,
                   "Check this property only, as in election-safety; deadlock is one. Given again: "
                   "these properties only");
  add_switch(app, group, "--no-deadlock", no_deadlock_, "Let the protocol end in any state");
}

void RunOptions::add_keep_going(CLI::App& app) {
  add_switch(app, "What to check", "--keep-going", keep_going_,
             "Go on after a violation until every property is decided");
}

void RunOptions::add_workers(CLI::App& app, const std::string& group, const std::string& meaning) {
  add_text_option(app, group, "--workers", "N", workers_, meaning);
}

void RunOptions::add_max_seconds(CLI::App& app, const std::string& group,
                                 const std::string& meaning) {
  add_text_option(app, group, "--max-seconds", "S", max_seconds_, meaning);
}

void RunOptions::add_json(CLI::App& app) {
  add_text_option(
      app, "Output", "--json", "FILE", json_,
      "Write the report as JSON; - writes it to standard output, and nothing else there");
}

void RunOptions::add_output(CLI::App& app) {
  add_json(app);
  add_text_option(app, "Output", "--trace", "FILE", trace_,
                  "Write the counterexample to FILE, if there is one, for everyway replay FILE");
}

void RunOptions::check_files() const {
  if (trace_ == "-") throw UsageError("--trace '-': give the name of a file");
  check_file_name("--trace", trace_);
  check_file_name("--json", json_);
  if (!trace_.empty() && trace_ == json_) {
    throw UsageError(fmt::format("--trace and --json both name {}", in_quotes(trace_)));
  }
}

ParameterValues RunOptions::parameters() const {
  ParameterValues values;
  for (const ParameterInfo& parameter : known_) {
    const CLI::Option& option = *given_.at(parameter.name);
    if (option.count() == 0) continue;
    if (option.count() > 1) throw UsageError(fmt::format("--{} is given twice", parameter.name));
    values.push_back(parse_parameter(parameter, option.results().back()));
  }
  return values;
}

std::string RunOptions::mutant() const {
  return mutant_.empty() ? "" : find_mutant(entry_->mutants(), mutant_);
}

std::vector<std::string> RunOptions::properties(const ParameterValues& parameters) const {
  std::vector<std::string> names;
  for (const std::string& wanted : properties_) {
    const std::string name = find_property(entry_->properties(parameters), wanted);
    if (no_deadlock_ && name == deadlock_property) {
      throw UsageError("--no-deadlock does not go with --property deadlock");
    }
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      throw UsageError(fmt::format("--property {} is given twice", in_quotes(name)));
    }
    names.push_back(name);
  }
  return names;
}

unsigned RunOptions::workers() const {
  if (workers_.empty()) return 0;
  return static_cast<unsigned>(parse_count("--workers", workers_, 1, most_workers));
}

double RunOptions::max_seconds() const {
  return max_seconds_.empty() ? 0 : parse_seconds("--max-seconds", max_seconds_);
}

}  // namespace everyway
