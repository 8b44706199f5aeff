#include "cli/interrupt.hpp"

#include <gtest/gtest.h>

#include "checker/search/progress.hpp"

namespace everyway::testing {
namespace {

[[nodiscard]] auto handler_of(int signal) {
  struct sigaction action {};
  ::sigaction(signal, nullptr, &action);
  return action.sa_handler;
}

TEST(InterruptScope, CatchesTheFirstCtrlCAndLetsTheSecondKill) {
  for (const int signal : {SIGINT, SIGTERM}) {
    clear_interrupt();
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    const InterruptScope scope;
    EXPECT_NE(handler_of(SIGINT), SIG_DFL);
    EXPECT_NE(handler_of(SIGTERM), SIG_DFL);
    EXPECT_FALSE(interrupt_requested());
    ::raise(signal);
    EXPECT_TRUE(interrupt_requested());
    EXPECT_EQ(handler_of(SIGINT), SIG_DFL);
    EXPECT_EQ(handler_of(SIGTERM), SIG_DFL);
  }
  clear_interrupt();
}

TEST(InterruptScope, LeavesSignalsAsItFoundThem) {
  std::signal(SIGINT, SIG_IGN);
  {
    const InterruptScope scope;
    EXPECT_EQ(handler_of(SIGINT), SIG_IGN) << "as under nohup";
  }
  EXPECT_EQ(handler_of(SIGINT), SIG_IGN);
  std::signal(SIGINT, SIG_DFL);
  { const InterruptScope scope; }
  EXPECT_EQ(handler_of(SIGINT), SIG_DFL);
}

}  // namespace
}  // namespace everyway::testing
