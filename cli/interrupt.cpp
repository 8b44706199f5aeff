#include "cli/interrupt.hpp"

#include "checker/search/progress.hpp"

namespace everyway {

namespace {

extern "C" void ask_the_search_to_end(int) {
  request_interrupt();
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

void handle(int signal, struct sigaction& before) noexcept {
  struct sigaction action {};
  action.sa_handler = ask_the_search_to_end;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal, nullptr, &before);
  if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptScope::InterruptScope() noexcept {
  handle(SIGINT, interrupt_before_);
  handle(SIGTERM, terminate_before_);
}

InterruptScope::~InterruptScope() {
  sigaction(SIGINT, &interrupt_before_, nullptr);
  sigaction(SIGTERM, &terminate_before_, nullptr);
}

}  // namespace everyway
