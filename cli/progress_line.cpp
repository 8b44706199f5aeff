#include "cli/progress_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

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

}  // namespace

ProgressLine::ProgressLine() noexcept : on_terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs(wipe_line, stderr);
}

ProgressObserver ProgressLine::observer() {
  if (!on_terminal_) return {};
  return [this](const Progress& progress) { show(progress); };
}

void ProgressLine::show(const Progress& progress) {
  const std::string line = progress_text(progress, last_).substr(0, terminal_width() - 1);
  std::fputs((wipe_line + line).c_str(), stderr);
  std::fflush(stderr);
  shown_ = true;
  last_ = progress;
}

std::string progress_text(const Progress& progress, const Progress& last) {
  const double span = progress.seconds - last.seconds;
  const double found = static_cast<double>(progress.distinct) - static_cast<double>(last.distinct);
  const auto rate = static_cast<std::uint64_t>(span > 0 ? std::max(found, 0.0) / span : 0.0);
  return fmt::format("{}{} states, {}/s, queue {}, depth {}, {}, {}",
                     progress.rebuilding ? "rebuilding a run: " : "", count_text(progress.distinct),
                     count_text(rate), count_text(progress.queued), progress.depth,
                     bytes_text(progress.memory_bytes), seconds_text(progress.seconds));
}

}  // namespace everyway
