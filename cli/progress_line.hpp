#pragma once

#include <string>

#include "checker/search/progress.hpp"

namespace everyway {

/// One line of progress on standard error, rewritten in place; nothing if that is not a terminal.
class ProgressLine {
 public:
  ProgressLine() noexcept;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// Wipes the line out.
  ~ProgressLine();

  /// What to pass to a search; empty if nothing is to be shown. To be used while this object lives.
  [[nodiscard]] ProgressObserver observer();

 private:
  void show(const Progress& progress);

  bool on_terminal_;
  bool shown_ = false;
  Progress last_;
};

/// "1,234,567 states, 812,000/s, queue 12,345, depth 17, 34 MB, 12 s"; the rate is that since
/// `last`.
[[nodiscard]] std::string progress_text(const Progress& progress, const Progress& last);

}  // namespace everyway
