#include "cli/history_report.hpp"

#include <algorithm>
#include <chrono>

#include "checker/catalogue/names.hpp"
#include "checker/search/progress.hpp"
#include "checker/trace/input_file.hpp"
#include "cli/columns.hpp"
#include "cli/history_options.hpp"
#include "cli/lanes.hpp"
#include "cli/quantities.hpp"
#include "properties/histories/readers/read_history.hpp"

namespace everyway {

namespace {

using histories::Consistency;
using histories::History;
using histories::Names;
using histories::Operation;
using histories::Outcome;

/// Longer orders are for programs.
constexpr std::size_t longest_order = 60;

std::string level_name(Consistency consistency) { return kebab_case(enum_name(consistency)); }

std::size_t count_of(const History& history, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(history.operations.begin(), history.operations.end(),
                    [&](const Operation& operation) { return operation.outcome == outcome; }));
}

std::string size_text(const HistoryReport& report) {
  const History& history = report.recording.history;
  const std::size_t processes = report.recording.names.processes.size();
  std::string text = fmt::format("{} of {} {}", counted(history.operations.size(), "operation"),
                                 count_text(processes), processes == 1 ? "process" : "processes");
  const std::size_t failed = count_of(history, Outcome::fail);
  const std::size_t indeterminate = count_of(history, Outcome::info);
  if (failed > 0) text += fmt::format(", {} failed", count_text(failed));
  if (indeterminate > 0) text += fmt::format(", {} indeterminate", count_text(indeterminate));
  return text;
}

std::string heading_text(const HistoryReport& report) {
  std::string object = model_name(report.arguments.reader.model);
  if (report.arguments.reader.model != histories::HistoryModel::queue) {
    object += ", at first " + report.recording.names.values[report.initial];
  }
  return labelled_text("history", fmt::format("{}: {}", report.arguments.file, size_text(report))) +
         labelled_text("model", object) +
         labelled_text("level", fmt::format("{}: {}", level_name(report.arguments.consistency),
                                            meaning_of(report.arguments.consistency))) +
         "\n";
}

const char* order_title(Consistency consistency) {
  switch (consistency) {
    case Consistency::linearizable:
    case Consistency::sequential:
      return "An order that explains it:";
    case Consistency::causal:
    case Consistency::causal_memory:
      return "An order that agrees with what caused what:";
    case Consistency::convergent:
      return "The last reads:";
    default:
      return "An order in which writes win:";
  }
}

std::vector<std::string> operation_row(const Operation& operation, const Names& names) {
  return {fmt::format("line {}", operation.line), "process " + names.processes[operation.process],
          histories::operation_text(operation, names)};
}

std::string order_text(const HistoryReport& report) {
  const std::vector<std::size_t>& witness = report.judgement.witness;
  if (witness.empty()) return "";
  if (witness.size() > longest_order) {
    return fmt::format("An order of {} operations shows it; --json writes it down.\n\n",
                       count_text(witness.size()));
  }
  std::vector<std::vector<std::string>> rows;
  for (const std::size_t i : witness) {
    rows.push_back(operation_row(report.recording.history.operations[i], report.recording.names));
  }
  return std::string(order_title(report.arguments.consistency)) + "\n" + columns_text(rows, 2) +
         "\n";
}

std::string counterexample_text(const HistoryReport& report) {
  const histories::Judgement& judgement = report.judgement;
  const History& history = judgement.counterexample;
  const Names& names = report.recording.names;
  std::vector<std::vector<std::string>> rows;
  for (const Operation& operation : history.operations) {
    rows.push_back(operation_row(operation, names));
  }
  const char* const smallest = judgement.counterexample_is_minimal
                                   ? "None of them can be left out."
                                   : "There was no time to leave out more.";
  return wrapped_text(fmt::format("{} is violated: {}", level_name(report.arguments.consistency),
                                  judgement.why),
                      2) +
         "\n\n" + lanes_text(history, names, page_width) + "\n" + columns_text(rows, 2) +
         fmt::format("\n{} of {} operations. {}\n\n", count_text(history.operations.size()),
                     count_text(report.recording.history.operations.size()), smallest);
}

boost::json::object operation_json(const Operation& operation, const Names& names) {
  return {{"line", operation.line},
          {"process", names.processes[operation.process]},
          {"operation", histories::operation_text(operation, names)},
          {"outcome", to_json(operation.outcome)}};
}

}  // namespace

HistoryReport judge_file(const HistoryArguments& arguments) {
  HistoryReport report;
  report.arguments = arguments;
  report.recording = histories::read_history(read_input_file(arguments.file, "a history"),
                                             arguments.file, arguments.reader);
  if (!arguments.initial.empty()) {
    report.initial = histories::number_of_value(report.recording.names, arguments.initial);
  }
  histories::Object object;
  object.initial = report.initial;
  if (arguments.reader.model == histories::HistoryModel::queue) {
    object.kind = histories::ObjectKind::queue;
  }
  histories::Limits limits;
  limits.max_seconds = arguments.max_seconds;
  limits.is_interrupted = interrupt_requested;
  const auto began = std::chrono::steady_clock::now();
  report.judgement =
      histories::judge(report.recording.history, object, arguments.consistency, limits);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return report;
}

std::string history_text(const HistoryReport& report) {
  const std::string level = level_name(report.arguments.consistency);
  std::string text = heading_text(report);
  switch (report.judgement.verdict) {
    case Verdict::holds:
      return text + order_text(report) + "holds: " + level + "\n";
    case Verdict::violated:
      return text + counterexample_text(report) + "violated: " + level + "\n";
    case Verdict::unknown:
      break;
  }
  return text + wrapped_text(fmt::format("unknown: {}; {}", level, report.judgement.why), 2) + "\n";
}

boost::json::object history_json(const HistoryReport& report) {
  const histories::Judgement& judgement = report.judgement;
  const History& history = report.recording.history;
  const Names& names = report.recording.names;
  boost::json::object json = {{"file", report.arguments.file},
                              {"model", model_name(report.arguments.reader.model)},
                              {"initial", names.values[report.initial]},
                              {"consistency", level_name(report.arguments.consistency)},
                              {"operations", history.operations.size()},
                              {"processes", names.processes.size()},
                              {"failed", count_of(history, Outcome::fail)},
                              {"indeterminate", count_of(history, Outcome::info)},
                              {"verdict", to_json(judgement.verdict)},
                              {"why", judgement.why},
                              {"seconds", report.seconds},
                              {"configurations", judgement.configurations}};
  if (judgement.verdict == Verdict::holds) {
    boost::json::array witness;
    for (const std::size_t i : judgement.witness) {
      witness.push_back(operation_json(history.operations[i], names));
    }
    json["witness"] = std::move(witness);
  }
  if (judgement.verdict == Verdict::violated) {
    boost::json::array counterexample;
    for (const Operation& operation : judgement.counterexample.operations) {
      counterexample.push_back(operation_json(operation, names));
    }
    json["counterexample"] = std::move(counterexample);
    json["minimal"] = judgement.counterexample_is_minimal;
  }
  return json;
}

}  // namespace everyway
