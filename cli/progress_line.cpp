#include "cli/progress_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "checker/model/fields.hpp"
#include "cli/quantities.hpp"

namespace everyway {

namespace {

/// A longer line would wrap, and then could not be rewritten.
std::size_t terminal_width() noexcept {
  struct winsize size {};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return 80;
  return size.ws_col;
}

constexpr const char* wipe_line = "\r\x1b[K";

/// How much was added in a second.
std::uint64_t rate_between(std::uint64_t before, std::uint64_t after, double seconds) {
  if (seconds <= 0 || after < before) return 0;
  return static_cast<std::uint64_t>(static_cast<double>(after - before) / seconds);
}

}  // namespace

ProgressLine::ProgressLine() noexcept : on_terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs(wipe_line, stderr);
}

ProgressObserver ProgressLine::observer() {
  if (!on_terminal_) return {};
  return [this, last = Progress{}](const Progress& progress) mutable {
    show(progress_text(progress, last));
    last = progress;
  };
}

SimulationObserver ProgressLine::simulation_observer() {
  if (!on_terminal_) return {};
  return [this, last = SimulationProgress{}](const SimulationProgress& progress) mutable {
    show(progress_text(progress, last));
    last = progress;
  };
}

FuzzObserver ProgressLine::fuzz_observer() {
  if (!on_terminal_) return {};
  return [this, last = FuzzProgress{}](const FuzzProgress& progress) mutable {
    show(progress_text(progress, last));
    last = progress;
  };
}

MinimiseObserver ProgressLine::minimise_observer() {
  if (!on_terminal_) return {};
  return [this](const MinimiseProgress& progress) { show(progress_text(progress)); };
}

void ProgressLine::show(const std::string& text) {
  std::fputs((wipe_line + text.substr(0, terminal_width() - 1)).c_str(), stderr);
  std::fflush(stderr);
  shown_ = true;
}

std::string progress_text(const Progress& progress, const Progress& last) {
  const std::uint64_t rate =
      rate_between(last.distinct, progress.distinct, progress.seconds - last.seconds);
  return fmt::format("{}{} states, {}/s, queue {}, depth {}, {}, {}",
                     progress.rebuilding ? "rebuilding a run: " : "", count_text(progress.distinct),
                     count_text(rate), count_text(progress.queued), progress.depth,
                     bytes_text(progress.memory_bytes), seconds_text(progress.seconds));
}

std::string progress_text(const SimulationProgress& progress, const SimulationProgress& last) {
  const std::uint64_t rate =
      rate_between(last.steps, progress.steps, progress.seconds - last.seconds);
  return fmt::format("{} walks, {} steps, {} steps/s, {}", count_text(progress.walks),
                     count_text(progress.steps), count_text(rate), seconds_text(progress.seconds));
}

std::string progress_text(const FuzzProgress& progress, const FuzzProgress& last) {
  if (!progress.doing.empty()) return progress.doing;
  const std::uint64_t rate =
      rate_between(last.executions, progress.executions, progress.seconds - last.seconds);
  return fmt::format("{} schedules, {}/s, {} abstract states, corpus {}, {}, {}, {}",
                     count_text(progress.executions), count_text(rate),
                     count_text(progress.abstract_states), count_text(progress.corpus_files),
                     counted(progress.findings, "finding"), counted(progress.workers, "worker"),
                     seconds_text(progress.seconds));
}

std::string progress_text(const MinimiseProgress& progress) {
  const std::string searched =
      progress.states == 0 ? "" : fmt::format("{} states, ", count_text(progress.states));
  return fmt::format("{}: {}, {} runs tried, {}{}", enum_name(progress.phase),
                     counted(progress.length, "action"), count_text(progress.candidates), searched,
                     seconds_text(progress.seconds));
}

}  // namespace everyway
