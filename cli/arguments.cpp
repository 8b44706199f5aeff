#include "cli/arguments.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cctype>

#include "checker/catalogue/names.hpp"
#include "cli/check_all_options.hpp"
#include "cli/check_options.hpp"
#include "cli/columns.hpp"
#include "cli/fuzz_options.hpp"
#include "cli/help.hpp"
#include "cli/history_options.hpp"
#include "cli/minimise_options.hpp"
#include "cli/simulate_options.hpp"
#include "cli/version.hpp"

namespace everyway {

namespace {

/// The model that the arguments name: model parameters can only be understood once it is known. It
/// is the first argument after the command, or, if that is an option, the first that is a model's
/// name.
const CatalogueEntry* named_model(const Catalogue& catalogue,
                                  const std::vector<std::string>& arguments) {
  if (arguments.size() < 2) return nullptr;
  if (!arguments[1].empty() && arguments[1][0] != '-') return &find_model(catalogue, arguments[1]);
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    for (const auto& entry : catalogue) {
      if (entry->name() == arguments[i]) return entry.get();
    }
  }
  return nullptr;
}

/// Every long option of `app`, with its dashes.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

/// What is left over is an option or an argument that the command does not have.
void check_nothing_left(const CLI::App& app, const std::string& command) {
  const std::vector<std::string> rest = app.remaining();
  if (rest.empty()) return;
  const auto option = std::find_if(rest.begin(), rest.end(), [](const std::string& argument) {
    return argument.size() > 1 && argument[0] == '-';
  });
  if (option == rest.end()) throw UsageError("unexpected argument " + in_quotes(rest.front()));
  const std::string name = option->substr(0, option->find('='));
  throw UsageError(unknown_name("option", name, option_names(app)) + " (" + command +
                   " --help explains)");
}

/// The message of CLI11 in the form of ours.
[[noreturn]] void throw_usage_error(const CLI::ParseError& error, const std::string& command) {
  std::string text = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    std::string name = text.substr(0, text.find_first_of(": "));
    if (name[0] != '-') name.insert(0, "--");
    const bool is_missing = text.find("missing") != std::string::npos;
    const bool is_switch = text.find("flag") != std::string::npos;
    text = name + (is_missing  ? " needs a value"
                   : is_switch ? " takes no value"
                               : " is given more than once");
  }
  throw UsageError(text + " (" + command + " --help explains)");
}

std::string capitalised(std::string word) {
  word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
  return word;
}

/// One command: its own parser, so that no option of another is in the way.
class Parser {
 public:
  Parser(std::string command, const std::string& description)
      : command_("everyway " + std::move(command)), app_(wrapped_text(description, 2), command_) {
    app_.allow_extras();
    app_.set_help_flag("--help,-h", "Show this and exit");
  }

  [[nodiscard]] CLI::App& app() { return app_; }

  /// Parses what follows the command. Returns whether help was asked for.
  bool parse(const std::vector<std::string>& arguments) {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend() - 1);
    try {
      app_.parse(reversed);
    } catch (const CLI::CallForHelp&) {
      return true;
    } catch (const CLI::ParseError& error) {
      throw_usage_error(error, command_);
    }
    check_nothing_left(app_, command_);
    return false;
  }

 private:
  std::string command_;
  CLI::App app_;
};

Arguments parse_list(const Catalogue& catalogue, const std::vector<std::string>& arguments) {
  Parser parser("list", "Show the models; of one, its parameters, properties and mutants.");
  std::string model;
  ListArguments list;
  parser.app().add_option("MODEL", model, "The model to tell more about");
  add_text_option(parser.app(), "Options", "--json", "FILE", list.json,
                  "Write it as JSON; - writes it to standard output");
  if (parser.parse(arguments)) return HelpText{help_text(parser.app())};
  if (!model.empty()) list.entry = &find_model(catalogue, model);
  return list;
}

/// `check` or `simulate`: what differs is in `Options`, the description, and the help.
template <class Options>
Arguments parse_run(const Catalogue& catalogue, const std::vector<std::string>& arguments,
                    const std::string& description, std::string (*footer)(const CatalogueEntry*)) {
  const std::string& command = arguments.front();
  const CatalogueEntry* const entry = named_model(catalogue, arguments);
  Parser parser(command, entry == nullptr ? description
                                          : fmt::format("{} {}: {}", capitalised(command),
                                                        entry->name(), entry->summary()));
  Options options(parser.app(), entry);
  parser.app().footer(footer(entry));
  if (parser.parse(arguments)) return HelpText{help_text(parser.app())};
  if (entry == nullptr) {
    throw UsageError(
        fmt::format("name the model to {0}, as in everyway {0} raft; everyway list shows them{1}",
                    command, command == "check" ? "; --all checks every one" : ""));
  }
  return options.arguments();
}

Arguments parse_check_all(const std::vector<std::string>& arguments) {
  Parser parser("check", "Check every model every way it can go, with its default parameters.");
  const CheckAllOptions options(parser.app());
  parser.app().footer(check_all_footer());
  if (parser.parse(arguments)) return HelpText{help_text(parser.app())};
  return options.arguments();
}

/// `check --all` names no model; with one, the option is unknown to it.
bool asks_for_all(const std::vector<std::string>& arguments) {
  return std::find(arguments.begin(), arguments.end(), "--all") != arguments.end() &&
         arguments[1].starts_with("-");
}

Arguments parse_replay(const std::vector<std::string>& arguments) {
  Parser parser("replay", "Take the run of a trace file again, step by step, and judge it.");
  ReplayArguments replay;
  parser.app().add_option("FILE", replay.file,
                          "What everyway check or simulate wrote with --trace FILE");
  add_text_option(parser.app(), "Options", "--json", "FILE", replay.json,
                  "Write the outcome as JSON; - writes it to standard output");
  parser.app().footer(
      "Exit status: 1 if the run violates a property, 0 if it violates none, 2 if the file is bad\n"
      "or its run is not one of the model.\n");
  if (parser.parse(arguments)) return HelpText{help_text(parser.app())};
  if (replay.file.empty()) throw UsageError("name the trace file to replay");
  return replay;
}

Arguments parse_minimise(const std::vector<std::string>& arguments) {
  Parser parser("minimise", "Make the run of a trace file as short and simple as it gets.");
  const MinimiseCommandOptions options(parser.app());
  parser.app().footer(minimise_footer());
  if (parser.parse(arguments)) return HelpText{help_text(parser.app())};
  return options.arguments();
}

Arguments parse_history(const std::vector<std::string>& arguments) {
  Parser parser("history", "Judge a recorded history of concurrent operations.");
  HistoryOptions options(parser.app());
  parser.app().footer(history_footer());
  if (parser.parse(arguments)) return HelpText{help_text(parser.app())};
  return options.arguments();
}

std::string overview() {
  CLI::App app("Everyway checks distributed protocols every way they can go.", "everyway");
  app.set_version_flag("--version", version_text);
  app.add_subcommand("list", "Show the models, or the parameters, properties and mutants of one");
  app.add_subcommand("check", "Check a model; a violation is told as a story");
  app.add_subcommand("simulate", "Take random walks through a model, however large");
  app.add_subcommand("fuzz", "Hunt for violations where there are too many states, for hours");
  app.add_subcommand("replay", "Take the run of a trace file again");
  app.add_subcommand("minimise", "Make the run of a trace file as short as it gets");
  app.add_subcommand("history", "Judge a recorded history: linearizable, causal, ...");
  app.footer(overview_footer());
  return help_text(app);
}

}  // namespace

Arguments parse_arguments(const Catalogue& catalogue, const std::vector<std::string>& arguments) {
  const std::string command = arguments.empty() ? "" : arguments.front();
  if (command.empty()) {
    throw UsageError(
        "give a command: list, check, simulate, fuzz, replay, minimise or history (everyway --help "
        "explains)");
  }
  if (command == "--help" || command == "-h") return HelpText{overview()};
  if (command == "--version") return HelpText{std::string("everyway ") + version_text + "\n"};
  if (command == "list") return parse_list(catalogue, arguments);
  if (command == "check" && asks_for_all(arguments)) return parse_check_all(arguments);
  if (command == "check") {
    return parse_run<CheckOptions>(catalogue, arguments, "Check a model every way it can go.",
                                   check_footer);
  }
  if (command == "simulate") {
    return parse_run<SimulateOptions>(catalogue, arguments,
                                      "Take random walks through a model, and check it on the way.",
                                      simulate_footer);
  }
  if (command == "fuzz") {
    return parse_run<FuzzOptionsParser>(catalogue, arguments,
                                        "Hunt for violations with schedules of what happens when.",
                                        fuzz_footer);
  }
  if (command == "replay") return parse_replay(arguments);
  if (command == "minimise") return parse_minimise(arguments);
  if (command == "history") return parse_history(arguments);
  if (command[0] == '-') throw UsageError(unknown_name("option", command, {"--help", "--version"}));
  throw UsageError(unknown_name(
      "command", command, {"list", "check", "simulate", "fuzz", "replay", "minimise", "history"}));
}

}  // namespace everyway
