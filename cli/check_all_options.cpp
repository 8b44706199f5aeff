#include "cli/check_all_options.hpp"

#include "cli/columns.hpp"
#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

CheckAllOptions::CheckAllOptions(CLI::App& app) {
  const std::string group = "How to search";
  add_switch(app, "What to check", "--all", all_, "Every model, with its default parameters");
  add_text_option(app, group, "--workers", "N", workers_, "Threads; all cores if not given");
  add_text_option(app, group, "--max-seconds", "S", max_seconds_,
                  "Stop after so many seconds, for all models together");
  add_text_option(app, group, "--max-memory", "SIZE", max_memory_,
                  "Stop at so much memory for the states of one model, such as 512M or 4G; four "
                  "fifths of what is free if not given");
  add_text_option(app, "Output", "--json", "FILE", json_,
                  "Write the reports as JSON; - writes them to standard output, and nothing else "
                  "there");
}

CheckAllArguments CheckAllOptions::arguments() const {
  check_file_name("--json", json_);
  CheckAllArguments arguments;
  arguments.json = json_;
  if (!workers_.empty()) {
    arguments.options.workers =
        static_cast<unsigned>(parse_count("--workers", workers_, 1, most_workers));
  }
  if (!max_seconds_.empty()) {
    arguments.options.max_seconds = parse_seconds("--max-seconds", max_seconds_);
  }
  if (!max_memory_.empty()) {
    arguments.options.max_memory_bytes = parse_bytes("--max-memory", max_memory_);
  }
  return arguments;
}

std::string check_all_footer() {
  return wrapped_text(
             "One model after the other, each until it is exhausted or violated; everyway check "
             "MODEL tells the story of a violation. Ctrl-C ends the model at hand and leaves out "
             "those after it; a second one kills.",
             0) +
         "\n\nExit status: 0 every property of every model holds, 1 one is violated, 2 wrong "
         "usage,\n3 unknown: some search stopped early, or was left out.\n";
}

}  // namespace everyway
