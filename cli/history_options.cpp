#include "cli/history_options.hpp"

#include <vector>

#include "checker/catalogue/names.hpp"
#include "cli/help.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

using histories::Consistency;
using histories::HistoryModel;

/// How long a judgement may take that nobody limited.
constexpr double default_seconds = 60;

constexpr HistoryModel models[] = {HistoryModel::one_register, HistoryModel::cas_register,
                                   HistoryModel::key_value, HistoryModel::queue};

}  // namespace

const char* model_name(HistoryModel model) {
  switch (model) {
    case HistoryModel::one_register:
      return "register";
    case HistoryModel::cas_register:
      return "cas-register";
    case HistoryModel::key_value:
      return "key-value";
    case HistoryModel::queue:
      break;
  }
  return "queue";
}

HistoryOptions::HistoryOptions(CLI::App& app) {
  app.add_option("FILE", file_, "The recorded history");
  const std::string what = "What to judge";
  add_text_option(app, what, "--model", "MODEL", model_,
                  "What the operations work on: register, cas-register (with compare-and-set), "
                  "key-value (a cas-register for each key) or queue");
  add_text_option(app, what, "--consistency", "LEVEL", consistency_,
                  "What is asked of the history; linearizable if not given");
  add_text_option(app, what, "--initial", "VALUE", initial_,
                  "What registers hold at first; nil if not given");
  add_switch(app, what, "--failed-cas-found-another", failed_cas_found_another_,
             "A compare-and-set that failed found another value than it expected. Otherwise it may "
             "have failed for any reason");
  add_text_option(app, "Limits", "--max-seconds", "S", max_seconds_,
                  "Stop after so many seconds; 60 if not given");
  add_text_option(
      app, "Output", "--json", "FILE", json_,
      "Write the report as JSON; - writes it to standard output, and nothing else there");
}

HistoryModel HistoryOptions::model() const {
  if (model_.empty()) {
    throw UsageError(
        "say what the history is of: --model register, cas-register, key-value or queue");
  }
  std::vector<std::string> names;
  for (const HistoryModel model : models) names.emplace_back(model_name(model));
  const int position = position_of_name(names, model_);
  if (position < 0) throw UsageError("--model: " + unknown_name("model", model_, names));
  return models[position];
}

Consistency HistoryOptions::consistency() const {
  if (consistency_.empty()) return Consistency::linearizable;
  std::vector<std::string> names;
  for_each_enumerator<Consistency>(
      [&](Consistency level) { names.push_back(kebab_case(enum_name(level))); });
  const int position = position_of_name(names, consistency_);
  if (position < 0) {
    throw UsageError("--consistency: " + unknown_name("level", consistency_, names));
  }
  return static_cast<Consistency>(position);
}

HistoryArguments HistoryOptions::arguments() const {
  if (file_.empty()) throw UsageError("name the file of the history, as in everyway history FILE");
  HistoryArguments arguments;
  arguments.file = file_;
  arguments.reader.model = model();
  arguments.reader.failed_cas_found_another = failed_cas_found_another_;
  arguments.consistency = consistency();
  arguments.initial = initial_;
  arguments.json = json_;
  arguments.max_seconds =
      max_seconds_.empty() ? default_seconds : parse_seconds("--max-seconds", max_seconds_);
  const bool is_queue = arguments.reader.model == HistoryModel::queue;
  if (is_queue && !histories::is_for_queues(arguments.consistency)) {
    throw UsageError(
        fmt::format("--consistency {} is for registers; a queue can be linearizable or sequential",
                    kebab_case(enum_name(arguments.consistency))));
  }
  if (is_queue && !initial_.empty()) {
    throw UsageError("--initial does not go with --model queue: a queue is empty at first");
  }
  if (json_.size() > 1 && json_[0] == '-') {
    throw UsageError(
        fmt::format("--json {0}: give the name of a file; one with a dash in front as "
                    "./{1}",
                    in_quotes(json_), json_));
  }
  return arguments;
}

}  // namespace everyway
