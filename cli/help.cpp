#include "cli/help.hpp"

#include <algorithm>
#include <utility>

#include "checker/catalogue/names.hpp"
#include "cli/columns.hpp"
#include "cli/quantities.hpp"
#include "properties/histories/judge.hpp"

namespace everyway {

namespace {

/// Where CLI11 puts the meaning of an option.
constexpr std::size_t meaning_column = 30;

/// The meaning of an option, broken into lines that CLI11 puts in their column.
std::string meaning_text(const std::string& meaning) {
  return wrapped_text(meaning, 0, 0, page_width - meaning_column);
}

std::string range_text(const ParameterInfo& parameter) {
  if (parameter.is_switch) {
    return parameter.initial != 0 ? fmt::format("on; --no-{} turns it off", parameter.name)
                                  : "off unless given";
  }
  return fmt::format("{} to {}; {} if not given", parameter.lowest, parameter.highest,
                     parameter.initial);
}

std::string section(const std::string& title, const std::string& body) {
  return body.empty() ? "" : "\n" + title + "\n" + body;
}

std::string parameters_text(const CatalogueEntry& entry) {
  std::vector<std::vector<std::string>> rows;
  for (const ParameterInfo& parameter : entry.parameters()) {
    const std::string value = parameter.is_switch ? "" : " N";
    rows.push_back(
        {"--" + parameter.name + value, parameter.meaning + " (" + range_text(parameter) + ")"});
  }
  return columns_text(rows, 2);
}

std::string properties_text(const CatalogueEntry& entry) {
  std::vector<std::vector<std::string>> rows;
  for (const PropertyInfo& property : entry.properties({})) {
    rows.push_back({property.name, std::string(enum_name(property.kind)), property.meaning});
  }
  return columns_text(rows, 2);
}

std::string arguments_text(const MutantInfo& mutant) {
  return mutant.parameters.empty() ? "the default parameters" : std::string(mutant.parameters);
}

std::string mutants_text(const CatalogueEntry& entry) {
  std::vector<std::vector<std::string>> rows;
  for (const MutantInfo& mutant : entry.mutants()) {
    rows.push_back({std::string(mutant.name),
                    fmt::format("{}; breaks {} after {}, with {}", mutant.meaning, mutant.breaks,
                                counted(mutant.length, "action"), arguments_text(mutant))});
  }
  return columns_text(rows, 2);
}

constexpr const char* exit_status_text =
    "Exit status: 0 every property holds, 1 one is violated, 2 wrong usage or a bad file,\n"
    "3 unknown: the search stopped early.\n";

/// What the help of a command that runs a model says of the model.
std::string run_footer(const std::string& command, const CatalogueEntry* entry) {
  if (entry == nullptr) {
    return fmt::format("everyway {} MODEL --help shows the model's own parameters.\n\n", command);
  }
  return section("Properties (--property)", properties_text(*entry)).substr(1) +
         section("Mutants (--mutant)", mutants_text(*entry)) + "\n";
}

}  // namespace

std::string help_text(const CLI::App& app) {
  const std::string text = app.help();
  std::string tidy;
  for (const char character : text) {
    const bool third_line_feed = character == '\n' && tidy.ends_with("\n\n");
    if (!third_line_feed) tidy += character;
  }
  return tidy.substr(0, tidy.find_last_not_of('\n') + 1) + "\n";
}

namespace {

void describe(CLI::Option& option, const std::string& group, const std::string& value_name) {
  option.type_name(value_name)
      ->check([](const std::string& value) {
        return value.empty() ? std::string("needs a value") : std::string();
      })
      ->group(group);
}

}  // namespace

void add_text_option(CLI::App& app, const std::string& group, const std::string& name,
                     const std::string& value_name, std::string& text, const std::string& meaning) {
  describe(*app.add_option(name, text, meaning_text(meaning)), group, value_name);
}

void add_texts_option(CLI::App& app, const std::string& group, const std::string& name,
                      const std::string& value_name, std::vector<std::string>& texts,
                      const std::string& meaning) {
  CLI::Option* const option = app.add_option(name, texts, meaning_text(meaning));
  describe(*option->allow_extra_args(false), group, value_name);
}

void add_switch(CLI::App& app, const std::string& group, const std::string& name, bool& given,
                const std::string& meaning) {
  app.add_flag(name, given, meaning_text(meaning))->disable_flag_override()->group(group);
}

CLI::Option* add_parameter(CLI::App& app, const std::string& group,
                           const ParameterInfo& parameter) {
  const std::string meaning = meaning_text(parameter.meaning + " (" + range_text(parameter) + ")");
  const std::string name = "--" + parameter.name;
  if (parameter.is_switch) {
    return app.add_flag(name + ",!--no-" + parameter.name, meaning)->group(group);
  }
  return app.add_option(name)->description(meaning)->type_name("N")->group(group);
}

std::string overview_footer() {
  return std::string("Examples:\n") +
         "  everyway list                            what can be checked\n"
         "  everyway list raft                       its parameters, properties and mutants\n"
         "  everyway check raft --servers 3          check it every way it can go\n"
         "  everyway check --all                     every model at its defaults, as a table\n"
         "  everyway check raft --json - | jq .      the same for programs\n"
         "  everyway simulate raft --servers 5       try walks where there are too many states\n"
         "  everyway fuzz raft --servers 5 --time 8h hunt for hours, and keep what is found\n"
         "  everyway check raft --trace bug.json     keep the counterexample, if there is one\n"
         "  everyway replay bug.json                 and see it again, step by step\n"
         "  everyway minimise bug.json -o short.json and leave out what it does not need\n"
         "  everyway history run.jsonl --model register  judge what a real system did\n\n" +
         exit_status_text;
}

std::string check_footer(const CatalogueEntry* entry) {
  return run_footer("check", entry) + exit_status_text;
}

std::string simulate_footer(const CatalogueEntry* entry) {
  return "A walk picks one of the initial states, then one of the enabled actions at each step, "
         "all "
         "equally\nlikely. It ends at its depth, where no action is enabled, or at a violation. "
         "Where "
         "a step leads\noutside the bound of the model, the walk turns back and picks another.\n\n"
         "A simulation never says holds, unless all that it was asked for are witnesses, and it "
         "found "
         "them.\nThat a violation is not found says little; everyway check explores every "
         "state.\n\n" +
         run_footer("simulate", entry) +
         "Exit status: 1 a property is violated, 2 wrong usage or a bad file, 3 unknown: no walk "
         "violated\nany, 0 every property that was asked for is witnessed.\n";
}

std::string fuzz_footer(const CatalogueEntry* entry) {
  return wrapped_text(
             "A schedule says which enabled action comes next, one after the other. A campaign "
             "tests "
             "schedules, keeps those that come to something new, and makes each violation as short "
             "as it can. Violations of one property that take the same actions, but for names, "
             "numbers and order, are one finding.",
             0) +
         "\n\n" +
         wrapped_text(
             "A campaign never says holds: that nothing was found says little. The same command "
             "again goes on where the last session ended, however it ended.",
             0) +
         "\n\n" + run_footer("fuzz", entry) +
         "Exit status: 1 something is found, in this session or before it, 2 wrong usage or a bad "
         "file,\n3 unknown: no schedule violated anything.\n";
}

std::string history_footer() {
  std::vector<std::vector<std::string>> rows;
  for_each_enumerator<histories::Consistency>([&](histories::Consistency consistency) {
    rows.push_back({kebab_case(enum_name(consistency)), histories::meaning_of(consistency)});
  });
  return "Levels (--consistency)\n" + columns_text(rows, 2) +
         "\nFILE has a line for each invocation and response, in the order of time: as JSON\n"
         "({\"process\": 0, \"type\": \"invoke\", \"f\": \"write\", \"value\": 1}), as Jepsen's "
         "EDN, or "
         "as lines of its\nlog. docs/HISTORIES.md tells more.\n\n"
         "Exit status: 0 the history is as the level asks, 1 it is not, 2 wrong usage or a bad "
         "file,\n3 unknown: a limit was reached, or the level does not say.\n";
}

std::string catalogue_text(const Catalogue& catalogue) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& entry : catalogue) {
    rows.push_back({std::string(entry->name()), std::string(entry->summary())});
  }
  return columns_text(rows, 0) +
         "\neveryway list MODEL tells more; everyway check MODEL checks it.\n";
}

std::string model_text(const CatalogueEntry& entry) {
  return wrapped_text(fmt::format("{}: {}", entry.name(), entry.summary()), 2) + "\n" +
         wrapped_text(fmt::format("Source: {}", entry.source()), 2) + "\n" +
         section("Parameters", parameters_text(entry)) +
         section("Properties", properties_text(entry)) +
         section("Mutants: deliberate mistakes, each with the property that it breaks",
                 mutants_text(entry));
}

}  // namespace everyway
