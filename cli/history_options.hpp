#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/arguments.hpp"

namespace everyway {

/// The options of `everyway history`.
class HistoryOptions {
 public:
  /// Adds the options to `app`.
  explicit HistoryOptions(CLI::App& app);
  HistoryOptions(const HistoryOptions&) = delete;
  HistoryOptions& operator=(const HistoryOptions&) = delete;

  /// What the options say, after they were parsed. Throws `UsageError`.
  [[nodiscard]] HistoryArguments arguments() const;

 private:
  [[nodiscard]] histories::HistoryModel model() const;
  [[nodiscard]] histories::Consistency consistency() const;

  std::string file_;
  std::string model_;
  std::string consistency_;
  std::string initial_;
  std::string max_seconds_;
  std::string json_;
  bool failed_cas_found_another_ = false;
};

/// As it is written after `--model`.
[[nodiscard]] const char* model_name(histories::HistoryModel model);

}  // namespace everyway
