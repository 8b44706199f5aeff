#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "checker/search/ticker.hpp"
#include "checker/search/worker_pool.hpp"

namespace everyway::testing {
namespace {

TEST(WorkerPool, RunsEveryJobOnceOnEveryWorker) {
  for (const unsigned workers : {1U, 2U, 7U}) {
    WorkerPool pool(workers);
    std::vector<std::atomic<int>> runs(workers);
    for (int job = 0; job < 50; ++job) {
      pool.run([&](unsigned worker) { ++runs[worker]; });
      for (const auto& count : runs) ASSERT_EQ(count, job + 1);
    }
  }
}

// Each worker calls a meeting at another moment, and leaves at another moment; whatever the order,
// an act runs alone, and nobody waits for ever.
TEST(MeetingPoint, ActsWhileNobodyElseRuns) {
  constexpr unsigned workers = 5;
  WorkerPool pool(workers);
  for (int round = 0; round < 200; ++round) {
    MeetingPoint meeting;
    meeting.open(workers);
    std::atomic<int> running{0};
    int acts = 0;  // not atomic: that acts never overlap is the claim, and TSan's to check
    pool.run([&](unsigned worker) {
      for (unsigned i = 0; i < worker * 3; ++i) {
        ++running;
        std::this_thread::yield();
        --running;
        meeting.meet([&] {
          ASSERT_EQ(running, 0);
          ++acts;
        });
      }
      meeting.leave();
    });
    // The worker with most meetings attends them all.
    EXPECT_EQ(acts, static_cast<int>((workers - 1) * 3));
  }
}

TEST(Ticker, TicksUntilItIsDestroyedAndDoesNotDelayThat) {
  std::atomic<int> ticks{0};
  {
    const Ticker ticker(std::chrono::milliseconds(1), [&] { ++ticks; });
    while (ticks < 3) std::this_thread::yield();
  }
  const int before = ticks;
  const auto start = std::chrono::steady_clock::now();
  {
    const Ticker slow(std::chrono::hours(1), [&] { ++ticks; });
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(1));
  EXPECT_EQ(ticks, before);
}

}  // namespace
}  // namespace everyway::testing
