#pragma once

#include <csignal>

namespace everyway {

/// While it lives, the first Ctrl-C (SIGINT, SIGTERM) asks the search to end with what it has, and
/// the second one kills. A signal that is ignored (as under nohup) stays ignored.
class InterruptScope {
 public:
  InterruptScope() noexcept;
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;
  ~InterruptScope();

 private:
  struct sigaction interrupt_before_ {};
  struct sigaction terminate_before_ {};
};

}  // namespace everyway
