#include "cli/standard_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "checker/model/parameter.hpp"

namespace everyway {

namespace {

/// Returns 0, or the number of the system's error.
int write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void reserve_standard_streams() noexcept {
  // Opened for reading only, so that a write to a stream that was closed still fails.
  int descriptor = 0;
  while (descriptor >= 0 && descriptor <= STDERR_FILENO) descriptor = ::open("/dev/null", O_RDONLY);
  if (descriptor >= 0) ::close(descriptor);
}

void write_standard_output(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error != 0) {
    throw UsageError(fmt::format("cannot write to standard output: {}", std::strerror(error)));
  }
}

void write_error_line(std::string_view text) noexcept {
  // One write, so that lines of several programs do not mix.
  std::string line = "everyway: ";
  for (const char character : text) line += character == '\n' ? ' ' : character;
  (void)write_all(STDERR_FILENO, line + "\n");
}

}  // namespace everyway
