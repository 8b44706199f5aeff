#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/minimise_report.hpp"
#include "checker/catalogue/report.hpp"
#include "checker/model/mutant.hpp"
#include "checker/search/progress.hpp"

namespace everyway {

/// A family of models without its types: what the command line sees of a protocol. Made by
/// `EntryOf<Family>` in entry_of.hpp, which is the only place where the engine is compiled for it.
class CatalogueEntry {
 public:
  virtual ~CatalogueEntry() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual std::string_view summary() const = 0;
  [[nodiscard]] virtual std::string_view source() const = 0;
  [[nodiscard]] virtual std::vector<ParameterInfo> parameters() const = 0;
  [[nodiscard]] virtual Mutants mutants() const = 0;
  /// The properties of the unchanged protocol with these parameters; those left out have their
  /// initial values. Throws `UsageError`.
  [[nodiscard]] virtual std::vector<PropertyInfo> properties(
      const ParameterValues& parameters) const = 0;

  /// Searches. Throws `UsageError` if the request makes no sense.
  [[nodiscard]] virtual CheckReport check(const CheckRequest& request,
                                          const ProgressObserver& progress) const = 0;
  /// Takes random walks. Throws `UsageError` if the request makes no sense.
  [[nodiscard]] virtual SimulateReport simulate(const SimulateRequest& request,
                                                const SimulationObserver& progress) const = 0;
  /// Runs a session of a campaign. Throws `UsageError` if the request makes no sense.
  [[nodiscard]] virtual FuzzReport fuzz(const FuzzRequest& request,
                                        const FuzzObserver& progress) const = 0;
  /// Takes a trace again, and looks at every property on the way. Throws `UsageError` if the trace
  /// is not one of this model; the text names the field or step.
  [[nodiscard]] virtual ReplayReport replay(const TraceFile& trace) const = 0;
  /// Makes the run of a trace as short and simple as it gets, with the same violation. Throws
  /// `UsageError` if the trace is not one of this model, or does not show what it says.
  [[nodiscard]] virtual MinimiseReport minimise(const MinimiseRequest& request,
                                                const MinimiseObserver& observer) const = 0;
};

/// The models that a command line offers.
using Catalogue = std::vector<std::unique_ptr<CatalogueEntry>>;

/// The entry of that name (`-` and `_` are the same). Throws `UsageError`.
[[nodiscard]] const CatalogueEntry& find_model(const Catalogue& catalogue, std::string_view name);

/// Reads a trace file and replays it with the model that it names. Throws `UsageError`: one line
/// that names the file and the line, field or step.
[[nodiscard]] ReplayReport replay_file(const Catalogue& catalogue, const std::string& path);

/// Reads a trace file and minimises its run with the model that it names. Throws `UsageError`, as
/// `replay_file` does.
[[nodiscard]] MinimiseReport minimise_file(const Catalogue& catalogue, const std::string& path,
                                           const MinimiseOptions& options,
                                           const MinimiseObserver& observer);

/// The exact name of the property that `wanted` means, as in "election-safety"; "deadlock" names
/// the deadlock check. Throws `UsageError`.
[[nodiscard]] std::string find_property(const std::vector<PropertyInfo>& properties,
                                        std::string_view wanted);

/// The exact name of the mutant that `wanted` means. Throws `UsageError`.
[[nodiscard]] std::string find_mutant(const Mutants& mutants, std::string_view wanted);

/// The value that `text` gives to a parameter. Throws `UsageError` if it is not a number or out of
/// range.
[[nodiscard]] ParameterValue parse_parameter(const ParameterInfo& parameter, std::string_view text);

namespace detail {

/// Whether the parameters of a trace file are those of the model, all of them, and within range.
/// Throws `UsageError`.
void check_recorded_parameters(const std::vector<ParameterInfo>& known,
                               const ParameterValues& recorded, std::string_view model);

/// Whether the model has the trace's mutant and property, under these very names, and the property
/// is of that kind. Throws `UsageError`.
void check_recorded_names(const TraceFile& trace, const Mutants& mutants,
                          const std::vector<PropertyInfo>& properties);

/// What to tell about a search besides its verdict, one line each.
[[nodiscard]] std::vector<std::string> warnings_about(const CheckReport& report);

}  // namespace detail

}  // namespace everyway
