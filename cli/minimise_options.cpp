#include "cli/minimise_options.hpp"

#include "cli/help.hpp"
#include "cli/quantities.hpp"
#include "cli/run_options.hpp"

namespace everyway {

MinimiseCommandOptions::MinimiseCommandOptions(CLI::App& app) {
  app.add_option("FILE", file_, "The trace file, such as everyway check or simulate wrote");
  const std::string how = "How far to go";
  add_switch(app, how, "--optimal", optimal_,
             "Search until the shortest length is known, for as long as it takes");
  add_switch(app, how, "--keep-parameters", keep_parameters_,
             "Leave the parameters of the model as they are, rather than try lower ones");
  add_text_option(
      app, how, "--max-seconds", "S", max_seconds_,
      "Search no longer than so many seconds from the start; 4 if not given, no limit with "
      "--optimal");
  add_text_option(app, how, "--max-memory", "SIZE", max_memory_,
                  "Memory for the states of a search, such as 512M or 4G; 2G at most if not given, "
                  "with --optimal four fifths of what is free");
  add_text_option(app, how, "--workers", "N", workers_,
                  "Threads of a search; all cores if not given. Lengths do not depend on it");
  const std::string output = "Output";
  add_text_option(app, output, "--out,-o", "FILE", out_,
                  "Write the minimised run to FILE, for everyway replay FILE. It may be the file "
                  "that was read: that one stays as it is until the new one is complete");
  add_text_option(
      app, output, "--json", "FILE", json_,
      "Write the report as JSON; - writes it to standard output, and nothing else there");
}

MinimiseArguments MinimiseCommandOptions::arguments() const {
  constexpr std::uint64_t most_workers = 256;
  if (file_.empty()) throw UsageError("name the trace file to minimise");
  if (out_ == "-") throw UsageError("--out '-': give the name of a file");
  check_file_name("--out", out_);
  check_file_name("--json", json_);
  if (!out_.empty() && out_ == json_) {
    throw UsageError(fmt::format("--out and --json both name {}", in_quotes(out_)));
  }
  MinimiseArguments arguments;
  arguments.file = file_;
  arguments.out = out_;
  arguments.json = json_;
  arguments.options.optimal = optimal_;
  arguments.options.keep_parameters = keep_parameters_;
  if (!max_seconds_.empty()) {
    arguments.options.max_seconds = parse_seconds("--max-seconds", max_seconds_);
  }
  if (!max_memory_.empty()) {
    arguments.options.max_memory_bytes = parse_bytes("--max-memory", max_memory_);
  }
  if (!workers_.empty()) {
    arguments.options.workers =
        static_cast<unsigned>(parse_count("--workers", workers_, 1, most_workers));
  }
  return arguments;
}

std::string minimise_footer() {
  return "What is kept is the violation: the same property, for the same reason but for names and\n"
         "numbers. What goes is what it does not need: actions, one after the other and in pairs,\n"
         "until none can go; changes of who acts; high names; high parameters. A search then "
         "looks\n"
         "for a run that is shorter altogether, and the report says whether it found one, whether\n"
         "it proved that there is none, or why neither is known.\n\n"
         "Exit status: 1 the minimised run violates its property, 0 it is a witness, 2 the file "
         "is\n"
         "bad or its run does not show what it says.\n";
}

}  // namespace everyway
