#pragma once

#include <string>
#include <variant>
#include <vector>

#include "checker/catalogue/catalogue.hpp"
#include "properties/histories/judge.hpp"
#include "properties/histories/readers/recorder.hpp"

namespace everyway {

/// `everyway list [MODEL] [--json -]`
struct ListArguments {
  const CatalogueEntry* entry = nullptr;  ///< none: all models
  std::string json;                       ///< empty, "-" or the name of a file
};

/// A command that runs a model to decide its properties.
template <class Request>
struct RunArguments {
  const CatalogueEntry* entry = nullptr;
  Request request;
  std::string json;   ///< empty, "-" or the name of a file
  std::string trace;  ///< empty or the name of a file
};

/// `everyway check MODEL ...`
using CheckArguments = RunArguments<CheckRequest>;
/// `everyway simulate MODEL ...`
using SimulateArguments = RunArguments<SimulateRequest>;

/// `everyway fuzz MODEL ...`; it has no trace file: each finding has one of its own.
using FuzzArguments = RunArguments<FuzzRequest>;

/// `everyway check --all ...`
struct CheckAllArguments {
  SearchOptions options;  ///< `max_seconds` is for all models together
  std::string json;       ///< empty, "-" or the name of a file
};

/// `everyway replay FILE [--json -]`
struct ReplayArguments {
  std::string file;
  std::string json;
};

/// `everyway minimise FILE ...`
struct MinimiseArguments {
  std::string file;
  MinimiseOptions options;
  std::string out;   ///< empty or the name of a file
  std::string json;  ///< empty, "-" or the name of a file
};

/// `everyway history FILE --model MODEL ...`
struct HistoryArguments {
  std::string file;
  histories::ReaderOptions reader;
  histories::Consistency consistency = histories::Consistency::linearizable;
  std::string initial;     ///< as written; empty for nil
  double max_seconds = 0;  ///< 0 for no limit
  std::string json;        ///< empty, "-" or the name of a file
};

/// `--help` and `--version`: what to print.
struct HelpText {
  std::string text;
};

using Arguments =
    std::variant<HelpText, ListArguments, CheckArguments, CheckAllArguments, SimulateArguments,
                 FuzzArguments, ReplayArguments, MinimiseArguments, HistoryArguments>;

/// Understands the command line, without the name of the program. Everything that can be found out
/// from the arguments alone is checked here: throws `UsageError`.
[[nodiscard]] Arguments parse_arguments(const Catalogue& catalogue,
                                        const std::vector<std::string>& arguments);

}  // namespace everyway
