#include "cli/command.hpp"

#include <algorithm>
#include <exception>
#include <optional>

#include "checker/trace/json_text.hpp"
#include "checker/trace/output_file.hpp"
#include "cli/arguments.hpp"
#include "cli/check_all.hpp"
#include "cli/fuzz_report.hpp"
#include "cli/help.hpp"
#include "cli/history_report.hpp"
#include "cli/interrupt.hpp"
#include "cli/minimise_report.hpp"
#include "cli/progress_line.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "cli/standard_output.hpp"

namespace everyway {

namespace {

/// Where the JSON form of a report goes: nowhere, to standard output instead of the text, or to a
/// file. A file that cannot be written is found out when this is made.
class JsonOutput {
 public:
  explicit JsonOutput(const std::string& place) : to_standard_output_(place == "-") {
    if (!place.empty() && !to_standard_output_) file_.emplace(place);
  }

  /// Writes the report: the JSON form where it was asked for, and `text`, unless JSON took its
  /// place.
  void write(const boost::json::object& json, const std::string& text) const {
    if (to_standard_output_) return write_standard_output(pretty_json(json));
    if (file_) file_->write(pretty_json(json));
    write_standard_output(text);
  }

 private:
  bool to_standard_output_;
  std::optional<OutputFile> file_;
};

/// The outcome whose trace is worth keeping: the first violation, or, if a witness was asked for by
/// its name, that.
const PropertyReport* outcome_to_save(const RunReport& report,
                                      const std::vector<std::string>& asked_for) {
  for (const PropertyReport& outcome : report.properties) {
    if (outcome.trace && outcome.verdict == Verdict::violated) return &outcome;
  }
  for (const PropertyReport& outcome : report.properties) {
    if (outcome.trace && std::ranges::count(asked_for, outcome.property.name) != 0) {
      return &outcome;
    }
  }
  return nullptr;
}

ExitStatus run(const Catalogue&, const HelpText& help) {
  write_standard_output(help.text);
  return ExitStatus::holds;
}

ExitStatus run(const Catalogue& catalogue, const ListArguments& arguments) {
  const JsonOutput output(arguments.json);
  if (arguments.entry == nullptr) {
    output.write(catalogue_json(catalogue), catalogue_text(catalogue));
  } else {
    output.write(model_json(*arguments.entry), model_text(*arguments.entry));
  }
  return ExitStatus::holds;
}

CheckReport carry_out(const CheckArguments& arguments) {
  const InterruptScope interrupts;
  ProgressLine progress;
  return arguments.entry->check(arguments.request, progress.observer());
}

SimulateReport carry_out(const SimulateArguments& arguments) {
  const InterruptScope interrupts;
  ProgressLine progress;
  return arguments.entry->simulate(arguments.request, progress.simulation_observer());
}

template <class Request>
ExitStatus run(const Catalogue&, const RunArguments<Request>& arguments) {
  const JsonOutput output(arguments.json);
  std::optional<OutputFile> trace_file;
  if (!arguments.trace.empty()) trace_file.emplace(arguments.trace);
  const auto report = carry_out(arguments);

  TracePlace saved{arguments.trace, ""};
  const PropertyReport* const outcome =
      outcome_to_save(report, arguments.request.options.properties);
  if (trace_file && outcome != nullptr) {
    trace_file->write(trace_text(*outcome->trace));
    saved.property = outcome->property.name;
  }
  output.write(report_json(report), report_text(report, saved));
  return exit_status_of(report.verdict);
}

ExitStatus run(const Catalogue& catalogue, const CheckAllArguments& arguments) {
  const JsonOutput output(arguments.json);
  const InterruptScope interrupts;
  const CheckAllTable table(catalogue);
  const bool tells = arguments.json != "-";
  if (tells) write_standard_output(table.head());
  const CheckAllReport report =
      check_all(catalogue, arguments.options, [&](const CheckReport& model) {
        if (tells) write_standard_output(table.row(model));
      });
  output.write(check_all_json(report), check_all_summary(report));
  return exit_status_of(report.verdict());
}

ExitStatus run(const Catalogue&, const FuzzArguments& arguments) {
  const JsonOutput output(arguments.json);
  const FuzzReport report = [&] {
    const InterruptScope interrupts;
    ProgressLine progress;
    return arguments.entry->fuzz(arguments.request, progress.fuzz_observer());
  }();
  output.write(fuzz_json(report), fuzz_text(report));
  if (report.options.only_seeds) return ExitStatus::holds;  // nothing was tested
  return exit_status_of(report.verdict);
}

ExitStatus run(const Catalogue& catalogue, const ReplayArguments& arguments) {
  const JsonOutput output(arguments.json);
  const ReplayReport report = replay_file(catalogue, arguments.file);
  output.write(replay_json(report), replay_text(report));
  return report.violated() ? ExitStatus::violated : ExitStatus::holds;
}

MinimiseReport carry_out(const Catalogue& catalogue, const MinimiseArguments& arguments) {
  const InterruptScope interrupts;
  ProgressLine progress;
  return minimise_file(catalogue, arguments.file, arguments.options, progress.minimise_observer());
}

ExitStatus run(const Catalogue& catalogue, const MinimiseArguments& arguments) {
  const JsonOutput output(arguments.json);
  std::optional<OutputFile> out;
  if (!arguments.out.empty()) out.emplace(arguments.out);
  const MinimiseReport report = carry_out(catalogue, arguments);
  if (out) out->write(trace_text(report.trace));
  output.write(minimise_json(report), minimise_text(report, arguments.out));
  return exit_status_of(report.trace.verdict);
}

ExitStatus run(const Catalogue&, const HistoryArguments& arguments) {
  const JsonOutput output(arguments.json);
  const InterruptScope interrupts;
  const HistoryReport report = judge_file(arguments);
  output.write(history_json(report), history_text(report));
  return exit_status_of(report.judgement.verdict);
}

}  // namespace

ExitStatus run_command(const Catalogue& catalogue, const std::vector<std::string>& arguments) {
  reserve_standard_streams();
  try {
    return std::visit([&](const auto& given) { return run(catalogue, given); },
                      parse_arguments(catalogue, arguments));
  } catch (const UsageError& error) {
    write_error_line(error.what());
  } catch (const std::bad_alloc&) {
    write_error_line("out of memory: not even empty tables fit; --max-memory sets the limit");
    return ExitStatus::unknown;
  } catch (const std::exception& error) {
    write_error_line(std::string("internal error: ") + error.what());
  }
  return ExitStatus::failed;
}

}  // namespace everyway
