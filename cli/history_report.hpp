#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "cli/arguments.hpp"
#include "properties/histories/judge.hpp"

namespace everyway {

/// What `everyway history` found out.
struct HistoryReport {
  HistoryArguments arguments;
  histories::Recording recording;
  histories::Value initial = histories::nil;
  histories::Judgement judgement;
  double seconds = 0;  ///< of the judgement
};

/// Reads the history and judges it. Throws `UsageError`.
[[nodiscard]] HistoryReport judge_file(const HistoryArguments& arguments);

/// The report for people: a drawing of the violation, or the order that explains the history.
[[nodiscard]] std::string history_text(const HistoryReport& report);

/// The report for programs.
[[nodiscard]] boost::json::object history_json(const HistoryReport& report);

}  // namespace everyway
