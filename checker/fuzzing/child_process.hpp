#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace everyway {

/// A program that runs beside this one. It has a process group of its own, so that Ctrl-C reaches
/// this program alone, and dies when this one does.
class ChildProcess {
 public:
  /// Starts `arguments[0]` with the others; what it writes goes to `log`, which is emptied first.
  /// Throws `UsageError` if it cannot be started.
  ChildProcess(const std::vector<std::string>& arguments, const std::string& log);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  /// Kills it if it runs.
  ~ChildProcess();

  /// Nothing while it runs; then its exit status, or 128 and the number of the signal that killed
  /// it, as shells have it.
  [[nodiscard]] std::optional<int> exit_status();
  /// Makes it fail where it is, as an assertion does.
  void abort();
  /// Asks it to end; after `seconds`, kills it.
  void end(double seconds);

 private:
  pid_t process_ = -1;
  std::optional<int> status_;
};

}  // namespace everyway
